// The embedded event store: one SQLite file, written in groups, read in slices, and watched for what other processes write.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RecordedEvent } from '../../kernel/event.ts'
import type { EventStore, SubscribeOptions, SubscriptionMessage } from '../../kernel/event-store.ts'
import { Bell } from '../bell.ts'
import { foreignCommits, openDatabase, reaching } from './database.ts'
import { createLog, part } from './log-layout.ts'
import { logReader } from './log-reader.ts'
import type { Scan } from './log-scan.ts'
import { logTail } from './log-tail.ts'
import { type LogWriter, type LogWriterEvents, type OwnLogWriterOptions, ownLogWriter, refuse } from './log-writer.ts'
import { threadedWriter } from './threaded-writer.ts'

export interface SqliteEventStoreOptions {
  readonly path: string
  readonly clock?: () => Date
  /** Only reads and subscribes: for the thread that runs the projections. The file must exist. */
  readonly readOnly?: boolean
  /** Milliseconds to wait for another process that is writing; default 5,000. */
  readonly busyTimeout?: number
  /** Writes on a thread of its own, so that this one never waits for the disk. The clock is then the system's. */
  readonly ownThread?: boolean
}

export interface SqliteEventStore extends EventStore {
  /** Tells the subscriptions that another thread has appended, sooner than they would notice. */
  wake(): void
  /** Hears the new head after each commit of this store. The result ends it. */
  onCommit(listener: (position: bigint) => void): () => void
  /** Hears that another process may have appended: what is cached of the streams may be outdated. The result ends it. */
  onForeignCommit(listener: () => void): () => void
}

const pageOfEvents = 1_000
/** How often another process's commits are looked for, in milliseconds. */
const lookAround = 250

/** Opens the log, and creates it unless it is only to be read. @throws UnavailableError */
export function openSqliteEventStore({
  path,
  clock = () => new Date(),
  readOnly = false,
  busyTimeout = 5_000,
  ownThread = false,
}: SqliteEventStoreOptions): SqliteEventStore {
  const db = openDatabase(part, {
    path,
    readOnly,
    durability: 'full',
    // Who only reads goes through the log from one end to the other: nothing is met twice.
    cache: readOnly ? 2 : 8,
    busyTimeout,
  })
  if (!readOnly) reaching(part, () => createLog(db))
  const tail = logTail()
  const reader = logReader(db)
  const bell = new Bell()
  let closed = false
  const commitListeners = new Set<(position: bigint) => void>()
  const foreignListeners = new Set<() => void>()

  const hearOthers = () => {
    tail.forget()
    bell.ring()
    for (const listener of foreignListeners) listener()
  }
  const events: LogWriterEvents = {
    onCommit({ before, after, rows }) {
      tail.add(before, rows)
      bell.ring()
      for (const listener of commitListeners) listener(BigInt(after))
    },
    onForeignCommit: hearOthers,
  }
  // A thread that writes looks out for others itself: to this connection it is another, too.
  const writer = readOnly
    ? undefined
    : ownThread
      ? threadedWriter({ path, patience: busyTimeout, lookAround, ...events })
      : watchfulWriter({ db, patience: busyTimeout, clock, ...events })
  const watch = readOnly ? watchOthers(foreignCommits(db), hearOthers) : undefined

  async function* subscribe({ after, filter, pageSize = pageOfEvents, signal }: SubscribeOptions) {
    const scan = reader.forwards(Number(after), filter, tail)
    let told: number | undefined
    while (!signal.aborted && !closed) {
      const heard = bell.rings
      const { events, position, end } = scan.slice(pageSize)
      if (events.length > 0) yield { kind: 'events', events, position: BigInt(position) } satisfies SubscriptionMessage
      if (signal.aborted || closed) return
      if (!end) {
        await nextTurn()
        continue
      }
      if (position !== told) yield { kind: 'caught-up', position: BigInt(position) } satisfies SubscriptionMessage
      told = position
      await bell.wait(heard, signal)
    }
  }

  return {
    append(writes, metadata, options) {
      return writer ? writer.append(writes, metadata, options) : refuse(options, 'opened for reading only')
    },
    readStream: (stream, { after, direction = 'forwards', limit } = {}) =>
      pages(
        () =>
          direction === 'forwards'
            ? reader.streamForwards(stream, Number(after ?? -1))
            : reader.streamBackwards(stream, after === undefined ? undefined : Number(after)),
        pageOfEvents,
        limit,
      ),
    readAll: ({
      from,
      after = from === undefined ? undefined : from - 1n,
      direction = 'forwards',
      filter,
      limit,
      pageSize = pageOfEvents,
    } = {}) =>
      pages(
        () =>
          direction === 'forwards'
            ? reader.forwards(Number(after ?? -1), filter)
            : reader.backwards(after === undefined ? undefined : Number(after), filter),
        pageSize,
        limit,
      ),
    subscribe,
    head: async () => BigInt(reader.head()),
    wake: () => bell.ring(),
    onCommit: (listener) => listening(commitListeners, listener),
    onForeignCommit: (listener) => listening(foreignListeners, listener),

    async close() {
      if (closed) return
      watch?.stop()
      // Whoever is woken by the last commits still reads them.
      await writer?.close()
      closed = true
      db.close()
      bell.ring()
    },
  }
}

/** Looks out for what other processes write. */
function watchOthers(haveOthersWritten: () => boolean, hear: () => void) {
  const lookout = setInterval(() => {
    try {
      if (haveOthersWritten()) hear()
    } catch {
      // The next read or append meets the same trouble and has somebody to tell.
    }
  }, lookAround).unref()
  return { stop: () => clearInterval(lookout) }
}

/** Writes on this thread, and looks out for others. */
function watchfulWriter({ onForeignCommit, ...options }: Omit<OwnLogWriterOptions, 'foreignCommits'>): LogWriter {
  const haveOthersWritten = foreignCommits(options.db)
  const writer = ownLogWriter({ ...options, foreignCommits: haveOthersWritten, onForeignCommit })
  const watch = watchOthers(haveOthersWritten, () => {
    writer.forget()
    onForeignCommit()
  })
  return {
    append: writer.append,
    close() {
      watch.stop()
      return writer.close()
    },
  }
}

/** The pages of a scan; other work gets its turn between two of them. */
async function* pages(open: () => Scan, pageSize: number, limit = Infinity): AsyncGenerator<readonly RecordedEvent[]> {
  const scan = open()
  for (let left = limit; left > 0; ) {
    const { events, end } = scan.slice(Math.min(pageSize, left))
    left -= events.length
    if (events.length > 0) yield events
    if (end) return
    if (left > 0) await nextTurn()
  }
}

function listening<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
