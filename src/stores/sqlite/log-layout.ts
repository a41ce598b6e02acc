// How the log lies in its file: one row per append, which is as fast to write as a table without any index.
import type { DatabaseSync } from 'node:sqlite'

/** What the log is called where it fails. */
export const part = 'the event log'

/**
 * `log`: an append stands at the position of its last event, so that the greatest key is the head. `id` is its first event's, and makes a
 * repeated append known.
 * `streams`: where an append stands in each of its streams: the revision of its last event there, so that the greatest is the stream's own.
 */
const layout = `
  CREATE TABLE IF NOT EXISTS log (
    position INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    recorded_at TEXT NOT NULL,
    metadata TEXT NOT NULL,
    events TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS streams (
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (stream, revision)
  ) WITHOUT ROWID;
`

export function createLog(db: DatabaseSync): void {
  db.exec(layout)
}

/** An event inside its row. */
export type Packed = readonly [
  id: string,
  stream: string,
  revision: number,
  type: string,
  schema: number,
  data: unknown,
]

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/

/** The key of an append: a UUID in 16 bytes, any other id as it is. */
export const keyOf = (id: string): Buffer | string => (uuid.test(id) ? Buffer.from(id.replaceAll('-', ''), 'hex') : id)
