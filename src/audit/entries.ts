// The events of a log as a verifier takes them, whatever lies in the store.
import type { RecordedEvent } from '../kernel/event.ts'
import type { EventStore } from '../kernel/event-store.ts'
import { START } from '../kernel/event-store.ts'
import { leafOf } from './log-tree.ts'
import { leafHash } from './merkle.ts'
import type { Entry } from './verification.ts'

const pageSize = 128

/** An event of the raw log as an entry. */
export const entryOf = (event: RecordedEvent): Entry => {
  const { id, type, stream, revision, data } = event
  return { leaf: leafOf(event), event: { id, type, stream, revision: String(revision) }, data }
}

/** What cannot be read is no event that was ever sealed. */
export const unreadable = (text: string): Entry => ({
  leaf: leafHash(text),
  event: undefined,
  data: undefined,
})

/** The whole raw log. Where the store fails on what lies in it, that is an entry that cannot be read, and the last one. */
export async function* entriesIn(rawLog: EventStore): AsyncGenerator<Entry> {
  let position = START
  for (let size = pageSize; ; )
    try {
      for await (const page of rawLog.readAll({ after: position, pageSize: size }))
        for (const event of page) {
          yield entryOf(event)
          position = event.position
        }
      return
    } catch (error) {
      // Once more in small steps: what lies before the trouble can be read.
      if (size === 1) return yield unreadable(String(error))
      size = 1
    }
}
