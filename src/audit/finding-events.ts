// Finding an event by its id, without an index of all ids: an id says when it was made, and the tree knows where that is in the log.
import type { RecordedEvent } from '../kernel/event.ts'
import { type EventStore, START } from '../kernel/event-store.ts'
import type { LogTree } from './log-tree.ts'

const version7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/
/** Clocks of several nodes differ, and an append may have waited. Milliseconds. */
const before = 5_000
const after = 120_000
const pageSize = 128

/** When a UUID v7 was made (RFC 9562, 5.7); undefined for another id. */
export const timeOf = (id: string): number | undefined =>
  version7.test(id) ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : undefined

/** The event of the raw log with the id; undefined when there is none. An id that tells no time is looked for in the whole log. */
export async function eventById(rawLog: EventStore, tree: LogTree, id: string): Promise<RecordedEvent | undefined> {
  const time = timeOf(id)
  const start = time === undefined ? START : await tree.positionAt(new Date(time - before))
  const until = time === undefined ? undefined : new Date(time + after).toISOString()
  for await (const page of rawLog.readAll({ ...(start !== START && { after: start }), pageSize }))
    for (const event of page) {
      if (event.id === id) return event
      if (until !== undefined && event.recordedAt > until) return undefined
    }
  return undefined
}
