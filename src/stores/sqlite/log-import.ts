// Filling a new log with events that were recorded elsewhere: as they were, with their revisions and times.
import { createHash, type Hash } from 'node:crypto'
import { closeSync, fsyncSync, openSync } from 'node:fs'
import type { RecordedEvent } from '../../kernel/event.ts'
import { openDatabase, reaching, rowsOf } from './database.ts'
import { createLog, keyOf, type Packed, part } from './log-layout.ts'

export interface LogImport {
  /**
   * Adds events in the order of the log. They stand at positions from 0 on, one after another: those that they had in another embedded log. What
   * was recorded at once for one cause becomes one append.
   */
  add(events: readonly RecordedEvent[]): void
  /** Makes durable what was added, and closes the file. */
  close(): void
  /** Of all that was added, once it is closed: what `digestOfLog` gives if the file holds it. SHA-256 in hexadecimal. */
  digest(): string
}

/** Opens a new log at a path where there is none. Until it is closed, a crash leaves a file that is to be thrown away. */
export function openLogImport(path: string): LogImport {
  const db = openDatabase(part, { path, durability: 'full', cache: 8 })
  reaching(part, () => createLog(db))
  // Nobody else reads a log that is not whole yet: each page is written once, and one fsync at the end is enough.
  db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN')
  const insertAppend = db.prepare(
    'INSERT INTO log (position, id, recorded_at, metadata, events) VALUES (?, ?, ?, ?, ?)',
  )
  const insertStream = db.prepare('INSERT INTO streams (stream, revision, position) VALUES (?, ?, ?)')
  const hash = createHash('sha256')
  let head = -1
  let append: RecordedEvent[] = []
  let cause = ''

  const flush = () => {
    const [first] = append
    if (!first) return
    head += append.length
    const packed = append.map(
      ({ id, stream, revision, type, schema, data }): Packed => [id, stream, Number(revision), type, schema, data],
    )
    const row = [
      head,
      keyOf(first.id),
      first.recordedAt,
      JSON.stringify(first.metadata),
      JSON.stringify(packed),
    ] as const
    insertAppend.run(...row)
    addRow(hash, row)
    const revisions = new Map(append.map(({ stream, revision }) => [stream, Number(revision)]))
    for (const [stream, revision] of revisions) insertStream.run(stream, revision, head)
    append = []
  }

  return {
    add: (events) =>
      reaching(part, () => {
        for (const event of events) {
          const itsCause = event.recordedAt + JSON.stringify(event.metadata)
          if (itsCause !== cause) flush()
          cause = itsCause
          append.push(event)
        }
      }),
    close() {
      reaching(part, () => {
        flush()
        db.exec('COMMIT; PRAGMA journal_mode = WAL')
      })
      db.close()
      const file = openSync(path, 'r')
      fsyncSync(file)
      closeSync(file)
    },
    digest: () => hash.digest('hex'),
  }
}

type AppendRow = readonly [
  position: number,
  key: Uint8Array | string,
  recordedAt: string,
  metadata: string,
  events: string,
]

function addRow(hash: Hash, [position, key, recordedAt, metadata, events]: AppendRow): void {
  hash.update(`${position} ${recordedAt} ${metadata} ${events} `).update(key)
}

/** The digest of what the file of a log holds, append by append. */
export function digestOfLog(path: string): string {
  const db = openDatabase(part, { path, readOnly: true, durability: 'full', cache: 2 })
  const hash = createHash('sha256')
  const rows = rowsOf(db, 'SELECT position, id, recorded_at, metadata, events FROM log ORDER BY position')
  // The statement's own columns make the shape.
  reaching(part, () => {
    for (const row of rows.iterate()) addRow(hash, row as unknown as AppendRow)
  })
  db.close()
  return hash.digest('hex')
}
