// Reading the whole log, and rebuilding all read models from it, against a bare SELECT with JSON.parse of the same rows.
import { DatabaseSync } from 'node:sqlite'
import { projections } from '../projections/index.ts'
import { pathsIn } from '../src/opening.ts'
import { foldingOf, rebuildAnew } from '../src/rebuilding.ts'
import { openLog } from '../test/live/audit.ts'
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

/** As `npx caminho rebuild all` does it: from the first event to the moment at which all of them are served, on the disk. */
function rebuilding({ config }: History): Contender {
  return async () => {
    const { store, close } = await openLog(config.dataDir)
    const events = Number(await store.head()) + 1
    await close()
    const names = projections.map(({ name }) => name)
    const start = performance.now()
    const failures = await rebuildAnew(foldingOf(config), names)
    if (failures.length > 0) throw new Error(failures.join())
    return perSecond(events, start)
  }
}

export async function rebuild(histories: readonly History[]): Promise<readonly Figure[]> {
  const [first] = histories
  if (!first) return []
  const [baseline = 0, ...values] = await inTurns(3, [bareScan(first), ...histories.map(rebuilding)])
  return scaleOf(histories, values, {
    name: `rebuilding all ${projections.length} projections`,
    unit: 'events/s',
    baseline,
    against: 'bare SELECT with JSON.parse',
    // The floor is 100,000 events a second, or a share of the bare scan where the machine is slower.
    bound: { ratio: Math.min(0.35, Number((100_000 / baseline).toFixed(2))) },
    limitedBy: 'about one document written, with its indexes, for each event; two threads that each read the log',
  })
}
