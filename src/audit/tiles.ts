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
}

/** How far the tiles reach: so many complete chunks, the last of which ends at the position. */
export interface Tip {
  readonly chunks: number
  readonly position: bigint
}

const space = 'log-tree'
const storedTip = z.object({ chunks: z.int(), position: z.string() })
/** `starts`: for the chunks of the lowest tiles, the position before each and the time of its first event. */
const storedTile = z.object({ hashes: z.string(), starts: z.array(z.tuple([z.string(), z.string()])) })
type Tile = z.infer<typeof storedTile>

const keyOf = (height: number, number: number): string => `${height}/${String(number).padStart(12, '0')}`

/** The root over consecutive hashes of a tile. */
function rootOver(hashes: Buffer, from: number, count: number): Hash {
  const tree = new GrowingTree()
  for (let at = from; at < from + count; at += 1) tree.append(hashes.subarray(at * hashBytes, (at + 1) * hashBytes))
  return tree.root()
}

export interface Tiles {
  tip(): Promise<Tip>
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
      : { tile: { hashes: '', starts: [] }, version: 0 }
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
      const starts = height > 1 ? [] : [...tile.starts, ...missing.map(({ after, at }) => [String(after), at])]
      const value = { hashes: hashes.toString('base64'), starts }
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
