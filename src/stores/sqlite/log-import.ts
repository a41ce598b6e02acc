// Filling a new log with events that were recorded elsewhere: as they were, with their positions and times.
import type { RecordedEvent } from '../../kernel/event.ts'
import { openDatabase, reaching } from './database.ts'
import { createLog, keyOf, type Packed, part } from './log-layout.ts'

export interface LogImport {
  /**
   * Adds events in the order of the log, the first at position 0 and each at the next. What was recorded at once for one cause becomes one append.
   * @throws RangeError when a position does not follow the one before
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
  let head = -1n
  let append: RecordedEvent[] = []
  let cause = ''

  const flush = () => {
    const [first, last] = [append[0], append.at(-1)]
    if (!first || !last) return
    const position = Number(last.position)
    const packed = append.map(
      ({ id, stream, revision, type, schema, data }): Packed => [id, stream, Number(revision), type, schema, data],
    )
    insertAppend.run(
      position,
      keyOf(first.id),
      first.recordedAt,
      JSON.stringify(first.metadata),
      JSON.stringify(packed),
    )
    const revisions = new Map(append.map(({ stream, revision }) => [stream, Number(revision)]))
    for (const [stream, revision] of revisions) insertStream.run(stream, revision, position)
    append = []
  }

  return {
    add(events) {
      reaching(part, () => db.exec('BEGIN'))
      for (const event of events) {
        if (event.position !== head + 1n) throw new RangeError(`event ${event.position} does not follow ${head}`)
        head = event.position
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
