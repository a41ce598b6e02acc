// The log that a restore fills: a new file, or an empty log on a server.
import { GrowingTree, leafOf } from '../audit/index.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import { type EventStore, START } from '../kernel/event-store.ts'
import { logWriter } from '../moving/log-writer.ts'
import { openEventStore, pathsIn, type Whereabouts } from '../opening.ts'
import { digestOfLog, openLogImport } from '../stores/sqlite/log-import.ts'
import { ArchiveError } from './archive-error.ts'
import { Renumbering } from './renumbering.ts'

export interface NewLog {
  /** Takes events in the order of the archived log. @throws UnavailableError */
  add(events: readonly RecordedEvent[]): Promise<void>
  /** All that was taken is durable, and numbered. */
  finish(): Promise<void>
  /** Reads the finished log again: whether it holds what it was given, whose root this is (hexadecimal). */
  holds(root: string): Promise<boolean>
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
    // It was given the very events that gave the root: SQLite need only have kept them, byte for byte.
    holds: async () => digestOfLog(path) === log.digest(),
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
  const holds = async (root: string) => (await rootOf(store)) === root
  return { numbering, add, finish, holds, close: () => store.close() }
}

/** The root of the tree over a log that is read anew. */
async function rootOf(store: EventStore): Promise<string> {
  const tree = new GrowingTree()
  for await (const page of store.readAll()) for (const event of page) tree.append(leafOf(event))
  return tree.root().toString('hex')
}
