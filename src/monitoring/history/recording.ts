// The recording of the past: each minute's points are added to the chunks of every level, which are then kept.
import type { MetricName } from '../../../otel/metrics.ts'
import type { KeyValueStore } from '../../kernel/key-value.ts'
import type { Point } from '../points.ts'
import { type Sample, together } from '../sampling.ts'
import {
  addTo,
  type Chunk,
  chunkStart,
  keyOf,
  type Level,
  levels,
  minute,
  pack,
  prefixOf,
  space,
  startOf,
  unpack,
} from './levels.ts'

export interface Recording {
  /** Takes a sample; a minute is whole when the next one has begun. */
  take(sample: Sample): void
  /** Keeps the minutes that are whole. What cannot be kept now is kept next time. @throws UnavailableError */
  flush(): Promise<void>
  /** Keeps everything, the minute under way included. @throws UnavailableError */
  finish(): Promise<void>
}

interface Minute {
  readonly at: number
  readonly points: Partial<Record<MetricName, Point>>
}

/** A chunk that is being filled. */
interface Filling {
  readonly start: number
  readonly chunk: Chunk
  writtenAt: number
  dirty: boolean
}

/** Minutes that wait for a store that is away; older ones are given up. */
const mostWaiting = 24 * 60
/** Chunks looked at when old ones are removed: more than come to age at once. */
const lookedAt = 10

export function openRecording(keyValue: KeyValueStore, node: string): Recording {
  const filling = new Map<Level, Filling>()
  const waiting: Minute[] = []
  let samples: Sample[] = []

  const close = (): void => {
    const [first] = samples
    if (!first) return
    const at = minuteOf(first)
    waiting.push({ at, points: together(samples, at, at + minute).points })
    if (waiting.length > mostWaiting) waiting.shift()
    samples = []
  }

  const write = async (level: Level, filled: Filling, at: number): Promise<void> => {
    await keyValue.put(space, keyOf(level, node, filled.start), pack(filled.chunk))
    filled.dirty = false
    filled.writtenAt = at
  }

  const forgetOld = async (level: Level, at: number): Promise<void> => {
    const prefix = prefixOf(level, node)
    const oldest = await keyValue.list(space, { prefix, after: prefix, limit: lookedAt })
    for (const { key } of oldest) if (startOf(key) + level.chunk < at - level.kept) await keyValue.delete(space, key)
  }

  /** The chunk that a moment belongs to: as it was kept before a restart, or a new one. */
  const chunkFor = async (level: Level, at: number): Promise<Filling> => {
    const start = chunkStart(level, at)
    const current = filling.get(level)
    if (current?.start === start) return current
    if (current?.dirty) await write(level, current, at)
    const kept = await keyValue.get(space, keyOf(level, node, start))
    const next = { start, chunk: kept ? unpack(kept.value) : {}, writtenAt: 0, dirty: false }
    filling.set(level, next)
    await forgetOld(level, at)
    return next
  }

  const keep = async ({ at, points }: Minute): Promise<void> => {
    for (const level of levels) {
      const filled = await chunkFor(level, at)
      const place = Math.floor((at - filled.start) / level.grain)
      for (const [name, point] of Object.entries(points) as [MetricName, Point][])
        addTo(filled.chunk, name, place, point)
      filled.dirty = true
    }
  }

  const flush = async (everything: boolean): Promise<void> => {
    let last = 0
    for (let next = waiting[0]; next; next = waiting[0]) {
      await keep(next)
      last = next.at
      waiting.shift()
    }
    for (const [level, filled] of filling)
      if (filled.dirty && (everything || last - filled.writtenAt >= level.writeEvery)) await write(level, filled, last)
  }

  return {
    take(sample) {
      if (samples[0] && minuteOf(samples[0]) !== minuteOf(sample)) close()
      samples.push(sample)
    },
    flush: () => flush(false),
    finish() {
      close()
      return flush(true)
    },
  }
}

const minuteOf = ({ to }: Sample): number => Math.floor((to - 1) / minute) * minute
