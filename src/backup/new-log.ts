// The log that a restore fills: a new file, or an empty log on a server.
import type { RecordedEvent } from '../kernel/event.ts'
import { START } from '../kernel/event-store.ts'
import { logWriter } from '../moving/log-writer.ts'
import { openEventStore, pathsIn, type Whereabouts } from '../opening.ts'
import { openLogImport } from '../stores/sqlite/log-import.ts'
import { ArchiveError } from './archive-error.ts'
import { Renumbering } from './renumbering.ts'

export interface NewLog {
  /** Takes events in the order of the archived log. @throws UnavailableError */
  add(events: readonly RecordedEvent[]): Promise<void>
  /** All that was taken is durable, and numbered. */
  finish(): Promise<void>
  readonly numbering: Renumbering
  close(): Promise<void>
}

/** Opens the log of a destination. @throws ArchiveError where it is not empty, UnavailableError */
export const openNewLog = (into: Whereabouts): Promise<NewLog> =>
  into.eventStoreUrl === undefined ? newFile(pathsIn(into.dataDir).events) : emptyLog(into)

async function newFile(path: string): Promise<NewLog> {
  const numbering = new Renumbering()
  const log = openLogImport(path)
  let size = 0n
  let closed = false
  const close = async () => {
    if (!closed) log.close()
    closed = true
  }
  return {
    numbering,
    async add(events) {
      log.add(events)
      for (const { position } of events) numbering.note(position, size++)
    },
    finish: close,
    close,
  }
}

async function emptyLog(into: Whereabouts): Promise<NewLog> {
  const numbering = new Renumbering()
  const store = await openEventStore(into)
  if ((await store.head()) !== START) {
    await store.close()
    throw new ArchiveError('target-not-empty', into.eventStorePrefix)
  }
  const { add, finish } = logWriter(store, ({ position }, now) => numbering.note(position, now))
  return { numbering, add, finish, close: () => store.close() }
}
