// What can be wrong with the file of a log besides its events: its pages, its indexes, and what leads from a stream to its events.
import { DatabaseSync } from 'node:sqlite'
import { openDatabase, rowsOf, single } from './database.ts'
import { createLog, keyOf, type Packed, part } from './log-layout.ts'

/** Complaints of SQLite's own that are listed at the most. */
const mostComplaints = 8

/**
 * What is wrong with the file of a log, in words; nothing when it is sound. SQLite checks its pages and indexes, then each append must be found by
 * its id and each event by its stream. What the events say is not judged. The whole file is read, a row at a time, without a pause.
 */
export function* faultsOfLog(path: string): Generator<string> {
  let db: DatabaseSync | undefined
  try {
    db = openDatabase(part, { path, readOnly: true, durability: 'full', cache: 8 })
    yield* faultsOfPages(db)
    yield* faultsOfSchema(db)
    yield* faultsOfRows(db)
  } catch (error) {
    yield told(error)
  } finally {
    db?.close()
  }
}

const told = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message : String(cause)
}

function* faultsOfPages(db: DatabaseSync): Generator<string> {
  for (const row of rowsOf(db, `PRAGMA integrity_check(${mostComplaints})`).iterate())
    if (single(row) !== 'ok') yield String(single(row))
}

/** A trigger or a view would show or write something else than the log. */
function* faultsOfSchema(db: DatabaseSync): Generator<string> {
  const fresh = new DatabaseSync(':memory:')
  createLog(fresh)
  const [found, expected] = [schemaOf(db), schemaOf(fresh)]
  fresh.close()
  if (found !== expected) yield 'its tables are not those of a log'
}

function schemaOf(db: DatabaseSync): string {
  const objects = rowsOf(db, 'SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name').all()
  return JSON.stringify(objects).replaceAll(/(?:\\n|\s)+/g, ' ')
}

function* faultsOfRows(db: DatabaseSync): Generator<string> {
  const placeOf = rowsOf(db, 'SELECT position FROM streams WHERE stream = ? AND revision = ?')
  let [head, places] = [-1, 0]
  for (const row of rowsOf(db, 'SELECT position, id, events FROM log ORDER BY position').iterate()) {
    const [position, id, text] = row as unknown as readonly [number, Uint8Array | string, string]
    const events = packedIn(text)
    const [first] = events
    if (position !== head + events.length) yield `the append at position ${position} does not follow ${head}`
    if (first && !isSameKey(id, keyOf(first[0]))) yield `the append at position ${position} is not found by its id`
    const revisions = new Map(events.map(([, stream, revision]) => [stream, revision]))
    for (const [stream, revision] of revisions)
      if (single(placeOf.get(stream, revision)) !== position)
        yield `the stream ${stream} does not lead to its event at position ${position}`
    places += revisions.size
    head = position
  }
  if (single(rowsOf(db, 'SELECT count(*) FROM streams').get()) !== places)
    yield 'streams lead to events that are not in the log'
}

/** None, where they cannot be read: the next append does not follow then. */
function packedIn(text: string): readonly Packed[] {
  try {
    return JSON.parse(text)
  } catch {
    return []
  }
}

const isSameKey = (one: Uint8Array | string, other: Uint8Array | string): boolean =>
  typeof one === 'string' || typeof other === 'string' ? one === other : Buffer.compare(one, other) === 0
