// Filling a new log with events that were recorded elsewhere: as they were, with their revisions and times.
import type { RecordedEvent } from '../../kernel/event.ts'
import { openDatabase, reaching } from './database.ts'
import { createLog, keyOf, type Packed, part } from './log-layout.ts'

export interface LogImport {
  /**
   * Adds events in the order of the log. They stand at positions from 0 on, one after another: those that they had in another embedded log. What
   * was recorded at once for one cause becomes one append.
   */
  add(events: readonly RecordedEvent[]): void
  /** Makes durable what was added, and closes the file. */
  close(): void
}

/** Opens a new log at a path where there is none. */
export function openLogImport(path: string): LogImport {
  const db = openDatabase(part, { path, durability: 'full', cache: 8 })
  reaching(part, () => createLog(db))
  const insertAppend = db.prepare(
    'INSERT INTO log (position, id, recorded_at, metadata, events) VALUES (?, ?, ?, ?, ?)',
  )
  const insertStream = db.prepare('INSERT INTO streams (stream, revision, position) VALUES (?, ?, ?)')
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
    insertAppend.run(head, keyOf(first.id), first.recordedAt, JSON.stringify(first.metadata), JSON.stringify(packed))
    const revisions = new Map(append.map(({ stream, revision }) => [stream, Number(revision)]))
    for (const [stream, revision] of revisions) insertStream.run(stream, revision, head)
    append = []
  }

  return {
    add(events) {
      reaching(part, () => db.exec('BEGIN'))
      for (const event of events) {
        const itsCause = event.recordedAt + JSON.stringify(event.metadata)
        if (itsCause !== cause) flush()
        cause = itsCause
        append.push(event)
      }
      reaching(part, () => db.exec('COMMIT'))
    },
    close() {
      reaching(part, flush)
      db.close()
    },
  }
}
