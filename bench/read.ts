// Reading the whole log, and rebuilding all read models from it, against a bare SELECT with JSON.parse of the same rows.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { projections } from '../projections/index.ts'
import { pathsIn } from '../src/opening.ts'
import { openSqliteReadModels } from '../src/stores/sqlite/read-models.ts'
import { startProjections } from '../src/subscribers/projection-runner.ts'
import { openLog, silent } from '../test/live/audit.ts'
import { type Contender, type Figure, inTurns, perSecond } from './figure.ts'
import type { History } from './history.ts'
import { scaleOf } from './scale.ts'

/** Repeats a scan of a short log, so that each round is long enough to be measured. */
const atLeast = 200_000

/** A bare SELECT of all rows, each parsed. */
export function bareScan({ folder }: History): Contender {
  return async () => {
    const db = new DatabaseSync(pathsIn(folder).events, { readOnly: true })
    const select = db.prepare('SELECT position, recorded_at, metadata, events FROM log ORDER BY position')
    const start = performance.now()
    let events = 0
    while (events < atLeast)
      for (const row of select.iterate()) {
        JSON.parse(String(row.metadata))
        events += JSON.parse(String(row.events)).length
      }
    db.close()
    return perSecond(events, start)
  }
}

function throughTheStore({ folder }: History): Contender {
  return async () => {
    const { store, close } = await openLog(folder)
    const start = performance.now()
    let events = 0
    while (events < atLeast) for await (const page of store.readAll()) events += page.length
    await close()
    return perSecond(events, start)
  }
}

export async function reading(histories: readonly History[]): Promise<readonly Figure[]> {
  const [first] = histories
  if (!first) return []
  const [baseline = 0, ...values] = await inTurns(3, [bareScan(first), ...histories.map(throughTheStore)])
  return scaleOf(histories, values, {
    name: 'reading all',
    unit: 'events/s',
    baseline,
    against: 'bare SELECT with JSON.parse',
    bound: { ratio: 0.6 },
    limitedBy: 'JSON.parse; then an object and two bigints for each event',
  })
}

let rebuilds = 0

function rebuilding({ folder }: History): Contender {
  return async () => {
    const { store, close } = await openLog(folder)
    rebuilds += 1
    const models = openSqliteReadModels({ path: join(folder, `rebuilt-${rebuilds}.sqlite`) })
    const stopping = new AbortController()
    const start = performance.now()
    const head = await store.head()
    const runner = startProjections({ store, models, projections, signal: stopping.signal, log: silent })
    await runner.waitFor(head, 600_000)
    const rate = perSecond(Number(head) + 1, start)
    stopping.abort()
    await runner.stopped
    await Promise.all([models.close(), close()])
    return rate
  }
}

export async function rebuild(histories: readonly History[]): Promise<readonly Figure[]> {
  const last = histories.at(-1)
  if (!last) return []
  const [baseline = 0, value = 0] = await inTurns(last.events > 100_000 ? 1 : 3, [bareScan(last), rebuilding(last)])
  const limitedBy = 'an upsert with its indexed columns for each document that a batch touched'
  const against = 'bare SELECT with JSON.parse'
  const name = `rebuilding all ${projections.length} projections, ${last.events.toLocaleString('en')} events`
  // The floor is 100,000 events a second, or a share of the bare scan where the machine is slower.
  const bound = { ratio: Math.min(0.35, 100_000 / baseline) }
  return [{ name, unit: 'events/s', value, baseline, against, bound, limitedBy }]
}
