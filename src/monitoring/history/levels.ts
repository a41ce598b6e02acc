// How the past is kept: minutes for a quarter, hours for two years, days for ten, each level in chunks that are read and written whole.
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { type MetricName, metricNames, metrics } from '../../../otel/metrics.ts'
import { overTime, type Point } from '../points.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Times in milliseconds. */
export interface Level {
  readonly name: string
  /** What one point stands for. */
  readonly grain: number
  /** How much time one chunk holds. */
  readonly chunk: number
  readonly kept: number
  /** Between two writings of the chunk that is being filled. */
  readonly writeEvery: number
}

const minutes: Level = { name: 'm', grain: minute, chunk: hour, kept: 91 * day, writeEvery: minute }
const hours: Level = { name: 'h', grain: hour, chunk: day, kept: 731 * day, writeEvery: minute }
const days: Level = { name: 'd', grain: day, chunk: 64 * day, kept: 3_660 * day, writeEvery: hour }

/** The finest first. Days are UTC. */
export const levels: readonly Level[] = [minutes, hours, days]

export { day, hour, hours, minute }

/** Where chunks lie in the key-value store. */
export const space = 'metrics'

export const chunkStart = ({ chunk }: Level, at: number): number => Math.floor(at / chunk) * chunk

export const prefixOf = ({ name }: Level, node: string): string => `${name}/${node}/`

/** Keys of one node's chunks sort as time does. */
export const keyOf = (level: Level, node: string, start: number): string =>
  prefixOf(level, node) + String(start).padStart(14, '0')

/** When the chunk of a key begins. */
export const startOf = (key: string): number => Number(key.slice(key.lastIndexOf('/') + 1))

/** The points of each metric, by their place in the chunk; null where nothing was measured. */
export type Chunk = Partial<Record<MetricName, (Point | null)[]>>

/** Adds a point to what its place already holds. */
export function addTo(chunk: Chunk, name: MetricName, at: number, point: Point): void {
  chunk[name] ??= []
  const points = chunk[name]
  while (points.length <= at) points.push(null)
  const before = points[at]
  points[at] = (before ? overTime(metrics[name], [before, point]) : point) ?? null
}

const packed = z.object({ packed: z.base64() })
const unpacked = z.record(z.string(), z.array(z.array(z.number()).nullable()))

/** Four significant digits are more than anybody reads. */
const short = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(4)))

/** A chunk as it is kept: compressed, since most of it is like what stands before it. */
export const pack = (chunk: Chunk): z.infer<typeof packed> => ({
  packed: deflateRawSync(
    JSON.stringify(chunk, (_, value: unknown) => (typeof value === 'number' ? short(value) : value)),
  ).toString('base64'),
})

/** A chunk as it was kept; metrics that this version does not know are left out. */
export function unpack(value: unknown): Chunk {
  const kept = unpacked.parse(JSON.parse(inflateRawSync(Buffer.from(packed.parse(value).packed, 'base64')).toString()))
  const chunk: Chunk = {}
  for (const name of metricNames) if (kept[name]) chunk[name] = kept[name]
  return chunk
}
