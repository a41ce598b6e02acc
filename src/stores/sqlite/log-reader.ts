// The ways to read the log: as a whole or by stream, forwards or backwards.
import type { DatabaseSync } from 'node:sqlite'
import type { EventFilter } from '../../kernel/event-store.ts'
import { reaching, rowsOf } from './database.ts'
import { rowFilter } from './log-filter.ts'
import { part } from './log-layout.ts'
import { type Row, Scan } from './log-scan.ts'
import type { LogTail } from './log-tail.ts'

/** The ways to read a log. */
export interface LogReader {
  head(): number
  /**
   * The whole log, forwards beyond `after`; with a tail, from that where it reaches back far enough. What others have written since is then
   * seen only once the tail has been made to forget, so it is for whoever is woken by that.
   */
  forwards(after: number, filter?: EventFilter, tail?: LogTail): Scan
  /** The whole log, backwards from before `before` (from the head without it). */
  backwards(before: number | undefined, filter?: EventFilter): Scan
  streamForwards(stream: string, after: number): Scan
  streamBackwards(stream: string, before: number | undefined): Scan
}

const wholeRow = 'l.position, l.recorded_at, l.metadata, l.events'
const beyondAll = Number.MAX_SAFE_INTEGER

/** Reads the log of a database. */
export function logReader(db: DatabaseSync): LogReader {
  const statements = reaching(part, () => ({
    head: rowsOf(db, 'SELECT max(position) FROM log'),
    forwards: rowsOf(db, `SELECT l.position, ${wholeRow} FROM log l WHERE l.position > ? ORDER BY l.position LIMIT ?`),
    backwards: rowsOf(
      db,
      `SELECT l.position, ${wholeRow} FROM log l WHERE l.position < ? ORDER BY l.position DESC LIMIT ?`,
    ),
    rowOf: rowsOf(db, 'SELECT min(position) FROM log WHERE position >= ?'),
    streamForwards: rowsOf(
      db,
      `SELECT s.revision, ${wholeRow} FROM streams s JOIN log l ON l.position = s.position
       WHERE s.stream = ? AND s.revision > ? ORDER BY s.revision LIMIT ?`,
    ),
    streamBackwards: rowsOf(
      db,
      `SELECT s.revision, ${wholeRow} FROM streams s JOIN log l ON l.position = s.position
       WHERE s.stream = ? AND s.revision < ? ORDER BY s.revision DESC LIMIT ?`,
    ),
    streamRowOf: rowsOf(db, 'SELECT min(revision) FROM streams WHERE stream = ? AND revision >= ?'),
  }))

  // The statements' own columns make the shape.
  const fetched = (fetch: () => unknown): Row[] => reaching(part, fetch) as Row[]
  const number = (ask: () => unknown): number | undefined => {
    const value = (reaching(part, ask) as unknown[])[0]
    return typeof value === 'number' ? value : undefined
  }
  const head = () => number(() => statements.head.get()) ?? -1
  /** Backwards, the first row is the one that holds the event before `before`, and it may reach beyond. */
  const keyAbove = (rowOf: number | undefined) => (rowOf === undefined ? beyondAll : rowOf + 1)

  return {
    head,

    forwards(after, filter, tail) {
      const { passes, mayHold, mayWant } = rowFilter(filter)
      return new Scan(
        {
          from: after,
          backwards: false,
          fetch: (key, count) => tail?.beyond(key, count) ?? fetched(() => statements.forwards.all(key, count)),
          wants: (event, position) => position > after && passes(event),
          mayHold,
          mayWant,
        },
        after,
      )
    },

    backwards(before = beyondAll, filter) {
      const { passes, mayHold, mayWant } = rowFilter(filter)
      return new Scan(
        {
          from: keyAbove(number(() => statements.rowOf.get(before - 1))),
          backwards: true,
          fetch: (key, count) => fetched(() => statements.backwards.all(key, count)),
          wants: (event, position) => position < before && passes(event),
          mayHold,
          mayWant,
        },
        before,
      )
    },

    streamForwards: (stream, after) =>
      new Scan(
        {
          from: after,
          backwards: false,
          fetch: (key, count) => fetched(() => statements.streamForwards.all(stream, key, count)),
          wants: ([, name, revision]) => revision > after && name === stream,
          mayHold: () => true,
          mayWant: () => true,
        },
        -1,
      ),

    streamBackwards: (stream, before = beyondAll) =>
      new Scan(
        {
          from: keyAbove(number(() => statements.streamRowOf.get(stream, before - 1))),
          backwards: true,
          fetch: (key, count) => fetched(() => statements.streamBackwards.all(stream, key, count)),
          wants: ([, name, revision]) => revision < before && name === stream,
          mayHold: () => true,
          mayWant: () => true,
        },
        -1,
      ),
  }
}
