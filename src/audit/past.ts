// The past: read models as they were at a position or moment, folded anew from the log by the same projections.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { addDays, startOfDay } from '../domain/calendar.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import { type EventStore, START } from '../kernel/event-store.ts'
import type { Projection } from '../kernel/projection.ts'
import { openSqliteReadModels } from '../stores/sqlite/read-models.ts'
import { foldInto } from '../subscribers/fold.ts'
import type { LogTree } from './log-tree.ts'
import { scratchFold } from './scratch-fold.ts'

/** Events folded in a turn of the event loop. */
const pageSize = 250

/** The pages of the decoded log that a projection wants, up to and including a position. */
export async function* pagesUpTo(
  store: EventStore,
  types: readonly string[],
  to: bigint,
  from: bigint = START,
): AsyncGenerator<readonly RecordedEvent[]> {
  for await (const page of store.readAll({ after: from, filter: { types }, pageSize })) {
    const wanted = page.filter(({ position }) => position <= to)
    if (wanted.length > 0) yield wanted
    if (wanted.length < page.length) return
    await nextTurn()
  }
}

/** The documents of one projection as they were at a position, by id. */
export async function documentsAt(store: EventStore, projection: Projection, to: bigint): Promise<Map<string, object>> {
  const documents = new Map<string, object>()
  for await (const page of pagesUpTo(store, Object.keys(projection.on), to)) foldInto(projection, page, documents)
  return documents
}

/** Folds read models as they were at a position into a new file, where they are ready to be queried. */
export async function foldPast(
  store: EventStore,
  projections: readonly Projection[],
  { to, path, onProgress }: { to: bigint; path: string; onProgress?: (events: number) => void },
): Promise<void> {
  const models = openSqliteReadModels({ path })
  try {
    const fold = await scratchFold(models, projections)
    const types = [...new Set(projections.flatMap(({ on }) => Object.keys(on)))]
    let events = 0
    for await (const page of pagesUpTo(store, types, to)) {
      await fold.advance(page)
      events += page.length
      onProgress?.(events)
    }
    await fold.finish()
  } finally {
    await models.close()
  }
}

/** What is meant by a moment: a position, an instant (ISO 8601), or a day, which means its end in the company's time zone. */
export async function momentOf(tree: LogTree, text: string, timeZone: string): Promise<bigint | undefined> {
  if (/^\d{1,18}$/.test(text)) return BigInt(text)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const time = isDay ? endOfDay(text, timeZone) : Date.parse(text)
  return Number.isNaN(time) ? undefined : tree.positionAt(new Date(time))
}

/** The last millisecond of a local day; NaN when there is no such day. */
function endOfDay(day: string, timeZone: string): number {
  if (Number.isNaN(Date.parse(day))) return Number.NaN
  return Date.parse(startOfDay(addDays(day, 1), timeZone)) - 1
}
