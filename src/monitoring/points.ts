// Points: what one metric was in one stretch of time, as plain numbers that add up over longer stretches and over nodes.
import type { Metric } from '../../otel/metrics.ts'
import { addUp, type Distribution } from './histogram.ts'

/**
 * counter: [sum]. gauge: [readings, their sum, the highest]. timing: [count, sum, longest, bucket, count, bucket, count, …] in microseconds.
 */
export type Point = readonly number[]

export const counterPoint = (sum: number): Point => [sum]
export const gaugePoint = (value: number): Point => [1, value, value]
export const timingPoint = ({ count, sum, most, buckets }: Distribution): Point => [count, sum, most, ...buckets.flat()]

/** What a timing's point holds. */
export function distributionOf([count = 0, sum = 0, most = 0, ...pairs]: Point): Distribution {
  const buckets: [number, number][] = []
  for (let at = 0; at + 1 < pairs.length; at += 2) buckets.push([pairs[at] ?? 0, pairs[at + 1] ?? 0])
  return { count, sum, most, buckets }
}

const total = (points: readonly Point[], at: number): number => points.reduce((sum, point) => sum + (point[at] ?? 0), 0)
const highest = (points: readonly Point[], at: number): number => Math.max(...points.map((point) => point[at] ?? 0))

/** The point of a longer time, from those of its parts on one node. Undefined when there are none. */
export function overTime({ kind }: Metric, points: readonly Point[]): Point | undefined {
  if (points.length < 2) return points[0]
  if (kind === 'counter') return [total(points, 0)]
  if (kind === 'gauge') return [total(points, 0), total(points, 1), highest(points, 2)]
  return timingPoint(addUp(points.map(distributionOf)))
}

const meanOf = ([readings = 0, sum = 0]: Point): number => (readings === 0 ? 0 : sum / readings)

/** The point of the system, from those of its nodes for the same time. */
export function overNodes(metric: Metric, points: readonly Point[]): Point | undefined {
  if (points.length < 2 || metric.kind === 'timing') return overTime(metric, points)
  if (metric.kind === 'counter') return [metric.over === 'sum' ? total(points, 0) : highest(points, 0)]
  const means = points.map(meanOf)
  return metric.over === 'sum'
    ? [1, means.reduce((sum, mean) => sum + mean, 0), total(points, 2)]
    : [1, Math.max(...means), highest(points, 2)]
}

/** The mean of a gauge's point. */
export const gaugeOf = (point: Point | undefined): number | undefined => point && meanOf(point)
