// Reading the log: rows are fetched a few at a time, each parsed once, and handed out as pages of events.
import type { DatabaseSync } from 'node:sqlite'
import type { Metadata, RecordedEvent } from '../../kernel/event.ts'
import type { EventFilter } from '../../kernel/event-store.ts'
import { reaching, rowsOf } from './database.ts'
import type { Packed } from './log-layout.ts'

export const part = 'the event log'

/** A row, and the key by which the scan goes on after it. */
type Row = readonly [key: number, position: number, recordedAt: string, metadata: string, events: string]

interface Source {
  /** The next rows beyond a key, in the direction of the scan. */
  fetch(key: number, count: number): Row[]
  readonly from: number
  wants(event: Packed, position: number): boolean
  readonly backwards: boolean
}

export interface Slice {
  readonly events: readonly RecordedEvent[]
  /** Up to here the log has been seen. */
  readonly position: number
  /** Nothing lies beyond, for now. */
  readonly end: boolean
}

const fewRows = 16
const manyRows = 256
/** Rows held at once stay below about this many characters, unless a single one is larger. */
const roomForRows = 4_000_000
/** A filter that lets little through must not keep the event loop from its other work. */
const rowsInATurn = 1_000

/** One way through the log. It holds no transaction and no cursor open between slices, only what it has read ahead. */
export class Scan {
  readonly #source: Source
  #key: number
  #position: number
  #rows: readonly Row[] = []
  #next = 0
  #rest: RecordedEvent[] = []
  #count = fewRows
  #ended = false
  #metadata: { text: string; value: Metadata } | undefined

  constructor(source: Source, position: number) {
    this.#source = source
    this.#key = source.from
    this.#position = position
  }

  /** At most `size` further events. */
  slice(size: number): Slice {
    let events = this.#rest
    this.#rest = []
    // What came short in an earlier slice may be more by now.
    this.#ended = false
    let end = false
    for (let rows = 0; events.length < size && rows < rowsInATurn; rows += 1) {
      const row = this.#row()
      if (!row) {
        end = true
        break
      }
      this.#unpack(row, events)
    }
    if (events.length > size) {
      this.#rest = events.slice(size)
      events = events.slice(0, size)
    }
    const last = this.#rest.length > 0 ? events.at(-1) : undefined
    return { events, position: last ? Number(last.position) : this.#position, end }
  }

  #row(): Row | undefined {
    if (this.#next === this.#rows.length && !this.#ended) {
      this.#rows = this.#source.fetch(this.#key, this.#count)
      this.#next = 0
      this.#ended = this.#rows.length < this.#count
      const size = this.#rows.reduce((sum, [, , , , events]) => sum + events.length, 0)
      this.#count = size > roomForRows ? Math.max(1, this.#count >> 3) : Math.min(manyRows, this.#count * 4)
    }
    const row = this.#rows[this.#next]
    if (row) this.#next += 1
    return row
  }

  #unpack([key, last, recordedAt, metadataText, text]: Row, into: RecordedEvent[]): void {
    const { wants, backwards } = this.#source
    if (this.#metadata?.text !== metadataText)
      this.#metadata = { text: metadataText, value: JSON.parse(metadataText) as Metadata }
    const metadata = this.#metadata.value
    const packed = JSON.parse(text) as Packed[]
    const first = last - packed.length + 1
    if (backwards) packed.reverse()
    let position = backwards ? last : first
    for (const event of packed) {
      if (wants(event, position)) {
        const [id, stream, revision, type, schema, data] = event
        into.push({
          id,
          type,
          stream,
          revision: BigInt(revision),
          position: BigInt(position),
          recordedAt,
          data,
          metadata,
          schema,
        })
      }
      position += backwards ? -1 : 1
    }
    this.#key = key
    this.#position = backwards ? first : last
  }
}

/** The ways to read a log. */
export interface LogReader {
  head(): number
  /** The whole log, forwards beyond `after`. */
  forwards(after: number, filter?: EventFilter): Scan
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

    forwards(after, filter) {
      const wanted = filtering(filter)
      return new Scan(
        {
          from: after,
          backwards: false,
          fetch: (key, count) => fetched(() => statements.forwards.all(key, count)),
          wants: (event, position) => position > after && wanted(event),
        },
        after,
      )
    },

    backwards(before = beyondAll, filter) {
      const wanted = filtering(filter)
      return new Scan(
        {
          from: keyAbove(number(() => statements.rowOf.get(before - 1))),
          backwards: true,
          fetch: (key, count) => fetched(() => statements.backwards.all(key, count)),
          wants: (event, position) => position < before && wanted(event),
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
        },
        -1,
      ),
  }
}

function filtering(filter: EventFilter | undefined): (event: Packed) => boolean {
  const types = filter?.types && new Set(filter.types)
  const prefixes = filter?.streamPrefixes
  if (!types && !prefixes) return () => true
  return ([, stream, , type]) =>
    (!types || types.has(type)) && (!prefixes || prefixes.some((prefix) => stream.startsWith(prefix)))
}
