// The durable part of the tree: hashes of complete subtrees in tiles of 256, and where each 256 events begin. It can be made again from the log.
import { z } from 'zod'
import { START } from '../kernel/event-store.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import { GrowingTree, type Hash } from './merkle.ts'

/** Events in a chunk, and hashes in a tile: the tree is kept in steps of 8 levels, without its leaves, which are the log itself. */
export const chunkSize = 256
const levelsATile = 8
const hashBytes = 32

/** 256 events that lie one after another. */
export interface Chunk {
  readonly hash: Hash
  /** The position before its first event. */
  readonly after: bigint
  /** When its first event was recorded. */
  readonly at: string
  /** What its events are, each once, by which they are looked for. */
  readonly marks: readonly string[]
}

/** How far the tiles reach: so many complete chunks, the last of which ends at the position. */
export interface Tip {
  readonly chunks: number
  readonly position: bigint
}

const space = 'log-tree'
const storedTip = z.object({ chunks: z.int(), position: z.string() })
/**
 * `starts`: for the chunks of the lowest tiles, the position before each and the time of its first event. `marks`: for each of them, which of
 * the tile's `names` it has.
 */
const storedTile = z.object({
  hashes: z.string(),
  starts: z.array(z.tuple([z.string(), z.string()])),
  names: z.array(z.string()),
  marks: z.array(z.array(z.int())),
})
type Tile = z.infer<typeof storedTile>

const keyOf = (height: number, number: number): string => `${height}/${String(number).padStart(12, '0')}`

/** The root over consecutive hashes of a tile. */
function rootOver(hashes: Buffer, from: number, count: number): Hash {
  const tree = new GrowingTree()
  for (let at = from; at < from + count; at += 1) tree.append(hashes.subarray(at * hashBytes, (at + 1) * hashBytes))
  return tree.root()
}

/** What the lowest tiles hold beside the hashes. */
const nothingBelow: Omit<Tile, 'hashes'> = { starts: [], names: [], marks: [] }

function described(tile: Tile, added: readonly Chunk[]): Omit<Tile, 'hashes'> {
  const names = [...new Set([...tile.names, ...added.flatMap(({ marks }) => marks)])]
  const numbers = new Map(names.map((name, number) => [name, number]))
  return {
    starts: [...tile.starts, ...added.map(({ after, at }): [string, string] => [String(after), at])],
    names,
    marks: [...tile.marks, ...added.map(({ marks }) => marks.flatMap((mark) => numbers.get(mark) ?? []))],
  }
}

export interface Tiles {
  tip(): Promise<Tip>
  /** The numbers of the chunks before `before` that have at least one mark of each list, the last first. */
  marked(before: number, wanted: readonly (readonly string[])[]): AsyncGenerator<number>
  /** Where a chunk begins; undefined beyond the tip. */
  startOf(chunk: number): Promise<Pick<Chunk, 'after' | 'at'> | undefined>
  /** The root of a complete subtree of 2^level leaves, level at least 8. @throws RangeError beyond the tip */
  subtree(level: number, index: number): Promise<Hash>
  /** Keeps chunks from the number `first` on; those that are known already change nothing. `end`: the position of the last one's last event. */
  keep(first: number, chunks: readonly Chunk[], end: bigint): Promise<void>
}

/** The tiles in a key-value store. Two nodes may keep the same chunks at once. */
export function openTiles(keyValue: KeyValueStore): Tiles {
  const read = async (height: number, number: number): Promise<{ tile: Tile; version: number }> => {
    const entry = await keyValue.get(space, keyOf(height, number))
    return entry
      ? { tile: storedTile.parse(entry.value), version: entry.version }
      : { tile: { hashes: '', starts: [], names: [], marks: [] }, version: 0 }
  }

  /** Adds to a tile what it lacks of `hashes`, which stand from `offset` on; gives all that it holds. */
  const extendTile = async (height: number, number: number, offset: number, added: readonly Chunk[]) => {
    for (;;) {
      const { tile, version } = await read(height, number)
      const held = Buffer.from(tile.hashes, 'base64')
      const missing = added.slice(Math.max(0, held.length / hashBytes - offset))
      if (held.length / hashBytes < offset) throw new RangeError(`tile ${keyOf(height, number)} has a gap`)
      if (missing.length === 0) return held
      const hashes = Buffer.concat([held, ...missing.map(({ hash }) => hash)])
      const value = { hashes: hashes.toString('base64'), ...(height > 1 ? nothingBelow : described(tile, missing)) }
      const kept = await keyValue.put(space, keyOf(height, number), value, { expected: version })
      if (kept !== undefined) return hashes
    }
  }

  const extend = async (height: number, first: number, chunks: readonly Chunk[]): Promise<void> => {
    for (let done = 0; done < chunks.length; ) {
      const number = Math.floor((first + done) / chunkSize)
      const offset = (first + done) % chunkSize
      const part = chunks.slice(done, done + chunkSize - offset)
      const hashes = await extendTile(height, number, offset, part)
      const [start] = part
      if (start && hashes.length === chunkSize * hashBytes)
        await extend(height + 1, number, [{ ...start, hash: rootOver(hashes, 0, chunkSize) }])
      done += part.length
    }
  }

  const tip = async (): Promise<Tip & { readonly version: number }> => {
    const entry = await keyValue.get(space, 'tip')
    if (!entry) return { chunks: 0, position: START, version: 0 }
    const { chunks, position } = storedTip.parse(entry.value)
    return { chunks, position: BigInt(position), version: entry.version }
  }

  return {
    tip,

    async startOf(chunk) {
      const { chunks, position } = await tip()
      if (chunk > chunks) return undefined
      const { tile } = await read(1, Math.floor(chunk / chunkSize))
      const start = tile.starts[chunk % chunkSize]
      if (start) return { after: BigInt(start[0]), at: start[1] }
      return chunk === chunks ? { after: position, at: '' } : undefined
    },

    async *marked(before, wanted) {
      for (let number = Math.ceil(before / chunkSize) - 1; number >= 0; number -= 1) {
        const { tile } = await read(1, number)
        const lists = wanted.map((names) => new Set(names.map((name) => tile.names.indexOf(name))))
        for (let at = Math.min(tile.marks.length, before - number * chunkSize) - 1; at >= 0; at -= 1)
          if (lists.every((list) => tile.marks[at]?.some((mark) => list.has(mark)))) yield number * chunkSize + at
      }
    },

    async subtree(level, index) {
      const height = Math.floor(level / levelsATile)
      const count = 2 ** (level % levelsATile)
      const number = Math.floor((index * count) / chunkSize)
      const from = (index * count) % chunkSize
      const hashes = Buffer.from((await read(height, number)).tile.hashes, 'base64')
      if (height < 1 || hashes.length < (from + count) * hashBytes)
        throw new RangeError(`the tree does not reach subtree ${index} of level ${level} yet`)
      return rootOver(hashes, from, count)
    },

    async keep(first, chunks, end) {
      if (chunks.length === 0) return
      await extend(1, first, chunks)
      for (;;) {
        const { chunks: known, version } = await tip()
        if (known >= first + chunks.length) return
        const value = { chunks: first + chunks.length, position: String(end) }
        if ((await keyValue.put(space, 'tip', value, { expected: version })) !== undefined) return
      }
    },
  }
}
