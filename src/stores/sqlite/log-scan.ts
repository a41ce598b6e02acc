// Reading the log: rows are fetched a few at a time, each parsed once, and handed out as pages of events.
import type { Metadata, RecordedEvent } from '../../kernel/event.ts'
import type { Packed } from './log-layout.ts'

/** A row, and the key by which the scan goes on after it. */
export type Row = readonly [
  key: number,
  position: number,
  recordedAt: string,
  metadata: string,
  events: string,
  contents?: Contents,
]

/** What a row holds, event by event, where that is known: only what is wanted need be parsed then, and the row's own text may be empty. */
export interface Contents {
  readonly types: readonly string[]
  readonly streams: readonly string[]
  readonly texts: readonly string[]
}

export interface Source {
  /** The next rows beyond a key, in the direction of the scan. */
  fetch(key: number, count: number): readonly Row[]
  readonly from: number
  wants(event: Packed, position: number): boolean
  /** A quick look at a row: false only where none of its events is wanted. */
  mayHold(row: Row): boolean
  /** A quick look at an event. */
  mayWant(type: string, stream: string): boolean
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

  #unpack(row: Row, into: RecordedEvent[]): void {
    const [key, last, recordedAt, metadataText] = row
    this.#key = key
    const { wants, mayHold, backwards } = this.#source
    if (!mayHold(row)) {
      this.#position = last
      return
    }
    if (this.#metadata?.text !== metadataText)
      this.#metadata = { text: metadataText, value: JSON.parse(metadataText) as Metadata }
    const metadata = this.#metadata.value
    const packed = this.#parsed(row)
    const first = last - packed.length + 1
    if (backwards) packed.reverse()
    let position = backwards ? last : first
    for (const event of packed) {
      if (event && wants(event, position)) {
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
    this.#position = backwards ? first : last
  }

  /** The events of a row; undefined where a look was enough to leave one out. */
  #parsed([, , , , text, contents]: Row): (Packed | undefined)[] {
    if (!contents) return JSON.parse(text) as Packed[]
    const { types, streams, texts } = contents
    return texts.map((one, i) =>
      this.#source.mayWant(types[i] ?? '', streams[i] ?? '') ? (JSON.parse(one) as Packed) : undefined,
    )
  }
}
