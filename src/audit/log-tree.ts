// The tree over the whole log: its leaves are the log's events, read when they are needed; everything above 256 of them is in tiles.
import type { RecordedEvent } from '../kernel/event.ts'
import type { EventStore } from '../kernel/event-store.ts'
import { canonicalText } from './canonical.ts'
import { GrowingTree, type Hash, leafHash, type Subtrees } from './merkle.ts'
import { type Chunk, chunkSize, type Tiles } from './tiles.ts'

/** The leaf of an event of the raw log. */
export const leafOf = (event: RecordedEvent): Hash => leafHash(canonicalText(event))

export const typeMark = (type: string): string => `type ${type}`
export const actorMark = (actor: string): string => `actor ${actor}`

/** By what a chunk that holds the event is found. */
const marksOf = ({ type, metadata }: RecordedEvent): readonly string[] => [typeMark(type), actorMark(metadata.actor)]

const chunkLevel = Math.log2(chunkSize)
/** Events read in a turn of the event loop, so that others have theirs. */
const pageSize = 128
/** A proof needs the leaves of two chunks: its own, and the one at the right edge. */
const chunksRemembered = 4

/** A tree that grows by events and remembers which chunks they completed. */
export class ChunkedTree {
  readonly first: number
  #whole: GrowingTree
  #chunk = new GrowingTree()
  #start: Pick<Chunk, 'after' | 'at'> | undefined
  #marks = new Set<string>()
  #completed: Chunk[] = []
  #position: bigint
  #end: bigint

  /** Goes on from so many complete chunks, the last of which ends at the position. */
  constructor(first: number, whole: GrowingTree, position: bigint) {
    this.first = first
    this.#whole = whole
    this.#position = position
    this.#end = position
  }

  get size(): number {
    return this.#whole.size + this.#chunk.size
  }

  /** The chunks that were completed since the beginning, from number `first` on, and the position of their last event. */
  get completed(): { readonly chunks: readonly Chunk[]; readonly end: bigint } {
    return { chunks: this.#completed, end: this.#end }
  }

  append(event: RecordedEvent, leaf: Hash): void {
    const { position, recordedAt } = event
    this.#start ??= { after: this.#position, at: recordedAt }
    for (const mark of marksOf(event)) this.#marks.add(mark)
    this.#chunk.append(leaf)
    this.#position = position
    if (this.#chunk.size < chunkSize) return
    const hash = this.#chunk.root()
    this.#completed.push({ ...this.#start, hash, marks: [...this.#marks] })
    this.#whole.appendSubtree(hash, chunkSize)
    this.#chunk = new GrowingTree()
    this.#start = undefined
    this.#marks = new Set()
    this.#end = position
  }

  get peaks(): readonly Hash[] {
    return [...this.#whole.peaks, ...this.#chunk.peaks]
  }

  root(): Hash {
    return new GrowingTree(this.size, this.peaks).root()
  }
}

export interface LogTree {
  /** A tree to go on with from the last complete chunk at or before `size`, and the position from which to read on. */
  resume(size: number): Promise<{ readonly tree: ChunkedTree; readonly after: bigint }>
  /** The tree of all events before a position, and the position of the last of them. */
  before(position: bigint): Promise<{ readonly size: number; readonly peaks: readonly Hash[]; readonly after: bigint }>
  /** Subtrees for one proof or more; what it has read it remembers. */
  subtrees(): Subtrees
  /** The complete chunks that have at least one mark of each list, the last first: each as the position before it. */
  chunksWith(wanted: readonly (readonly string[])[], before?: bigint): AsyncGenerator<bigint>
  /** The position of the last event in a complete chunk. */
  tip(): Promise<bigint>
  /** The event at an index; undefined beyond the end. */
  eventAt(index: number): Promise<RecordedEvent | undefined>
  /** The index of the event at a position; undefined where there is none. */
  indexOf(position: bigint): Promise<number | undefined>
  /** The position of the last event that was recorded at or before a time; START when there is none. */
  positionAt(time: Date): Promise<bigint>
}

/** The tree over a raw log. */
export function openLogTree(rawLog: EventStore, tiles: Tiles): LogTree {
  const startOf = async (chunk: number) => {
    const start = await tiles.startOf(chunk)
    if (!start) throw new RangeError(`the tree does not reach event ${chunk * chunkSize} yet`)
    return start
  }

  const eventsOf = async (chunk: number): Promise<readonly RecordedEvent[]> => {
    const events: RecordedEvent[] = []
    const { after } = await startOf(chunk)
    for await (const page of rawLog.readAll({ after, limit: chunkSize, pageSize })) events.push(...page)
    return events
  }

  const peaksAt = async (chunks: number): Promise<GrowingTree> => {
    const peaks: Hash[] = []
    for (let width = 2 ** 40, from = 0; width >= 1; width /= 2)
      if (Math.floor(chunks / width) % 2 === 1) {
        peaks.push(await tiles.subtree(chunkLevel + Math.log2(width), from / width))
        from += width
      }
    return new GrowingTree(chunks * chunkSize, peaks)
  }

  /** The last chunk whose beginning satisfies the condition, which holds for all before it. */
  const lastChunk = async (isBefore: (start: Pick<Chunk, 'after' | 'at'>) => boolean): Promise<number> => {
    let [low, high] = [0, (await tiles.tip()).chunks]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (isBefore(await startOf(middle))) low = middle
      else high = middle - 1
    }
    return low
  }

  return {
    async resume(size) {
      const first = Math.min(Math.floor(size / chunkSize), (await tiles.tip()).chunks)
      const { after } = await startOf(first)
      return { tree: new ChunkedTree(first, await peaksAt(first), after), after }
    },

    async before(position) {
      const chunk = await lastChunk(({ after }) => after < position)
      let { after } = await startOf(chunk)
      const tree = new ChunkedTree(chunk, await peaksAt(chunk), after)
      for await (const page of rawLog.readAll({ after, pageSize }))
        for (const event of page) {
          if (event.position >= position) return { size: tree.size, peaks: tree.peaks, after }
          tree.append(event, leafOf(event))
          after = event.position
        }
      return { size: tree.size, peaks: tree.peaks, after }
    },

    subtrees() {
      const chunks = new Map<number, Promise<readonly Hash[]>>()
      const leavesOf = (chunk: number) => {
        const known = chunks.get(chunk) ?? eventsOf(chunk).then((events) => events.map(leafOf))
        chunks.delete(chunk)
        chunks.set(chunk, known)
        const [oldest] = chunks.keys()
        if (chunks.size > chunksRemembered && oldest !== undefined) chunks.delete(oldest)
        return known
      }
      return async (level, index) => {
        if (level >= chunkLevel) return tiles.subtree(level, index)
        const width = 2 ** level
        const leaves = await leavesOf(Math.floor((index * width) / chunkSize))
        const from = (index * width) % chunkSize
        if (from + width > leaves.length) throw new RangeError(`the log does not reach event ${index * width + width}`)
        const tree = new GrowingTree()
        for (const leaf of leaves.slice(from, from + width)) tree.append(leaf)
        return tree.root()
      }
    },

    async *chunksWith(wanted, before) {
      const { chunks } = await tiles.tip()
      const end = before === undefined ? chunks : Math.min(chunks, 1 + (await lastChunk(({ after }) => after < before)))
      for await (const chunk of tiles.marked(end, wanted)) yield (await startOf(chunk)).after
    },

    tip: async () => (await tiles.tip()).position,

    async eventAt(index) {
      const { chunks } = await tiles.tip()
      const chunk = Math.min(Math.floor(index / chunkSize), chunks)
      const { after } = await startOf(chunk)
      let skip = index - chunk * chunkSize
      for await (const page of rawLog.readAll({ after, limit: skip + 1, pageSize })) {
        const event = page[skip]
        if (event) return event
        skip -= page.length
      }
      return undefined
    },

    async indexOf(position) {
      const chunk = await lastChunk(({ after }) => after < position)
      const { after } = await startOf(chunk)
      let index = chunk * chunkSize
      for await (const page of rawLog.readAll({ after, pageSize }))
        for (const event of page) {
          if (event.position === position) return index
          if (event.position > position) return undefined
          index += 1
        }
      return undefined
    },

    async positionAt(time) {
      const until = time.toISOString()
      // The beginning of what has no complete chunk yet has no time: it lies after all others.
      const chunk = await lastChunk(({ at }) => at !== '' && at <= until)
      let { after: last } = await startOf(chunk)
      for await (const page of rawLog.readAll({ after: last, pageSize }))
        for (const { position, recordedAt } of page) {
          if (recordedAt > until) return last
          last = position
        }
      return last
    },
  }
}
