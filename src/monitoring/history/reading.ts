// The past of one metric: a point for each step of a stretch of time, over all nodes or of one.
import { type Metric, type MetricName, metrics } from '../../../otel/metrics.ts'
import type { KeyValueStore } from '../../kernel/key-value.ts'
import { type Times, timesOf } from '../figures.ts'
import { overNodes, overTime, type Point } from '../points.ts'
import { chunkStart, hour, hours, keyOf, type Level, levels, minute, space, startOf, unpack } from './levels.ts'

/** What a metric was in one step. */
export type Told = { readonly sum: number } | { readonly mean: number; readonly highest: number } | Times

export interface Step {
  /** ISO 8601 UTC, where the step begins. */
  readonly at: string
  /** null where nothing was measured. */
  readonly value: Told | null
}

/** Milliseconds since 1970; `step` in milliseconds. */
export interface Asked {
  readonly metric: MetricName
  readonly from: number
  readonly to: number
  readonly step: number
  readonly nodes: readonly string[]
}

/** Points that one answer may have. */
export const mostSteps = 1_500

/** The shortest step, in whole minutes, hours or days, in which a stretch of time has at most `mostSteps` points. */
export const fittingStep = (from: number, to: number, steps = 180): number => {
  const wanted = (to - from) / steps
  const handy = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * minute)
  return handy.find((step) => step >= wanted) ?? Math.ceil(wanted / (24 * hour)) * 24 * hour
}

/** The coarsest level of whose points the step is made: chunks read, and so the time taken, follow from the steps, not from the age. */
const levelFor = (step: number): Level => levels.findLast(({ grain }) => step % grain === 0) ?? levels[0] ?? hours

const tell = (metric: Metric, point: Point): Told => {
  if (metric.kind === 'timing') return timesOf(point)
  const [first = 0, sum = 0, highest = 0] = point
  return metric.kind === 'counter' ? { sum: first } : { mean: first === 0 ? 0 : sum / first, highest }
}

/** The points of one node, by the step that they belong to. */
async function ofNode(keyValue: KeyValueStore, { metric, from, to, step }: Asked, node: string) {
  const level = levelFor(step)
  const keys: string[] = []
  for (let start = chunkStart(level, from); start < to; start += level.chunk) keys.push(keyOf(level, node, start))
  const starts = new Map(keys.map((key) => [key, startOf(key)]))
  const found = new Map<number, Point[]>()
  for (const { key, value } of await keyValue.getMany(space, keys)) {
    const points = unpack(value)[metric] ?? []
    for (const [place, point] of points.entries()) {
      const at = (starts.get(key) ?? 0) + place * level.grain
      if (!point || at < from || at >= to) continue
      const begins = Math.floor(at / step) * step
      found.set(begins, [...(found.get(begins) ?? []), point])
    }
  }
  return new Map([...found].map(([at, points]) => [at, overTime(metrics[metric], points)]))
}

/** Every step from `from` to `to`, those without a measurement included. `from` is taken back to a whole step. */
export async function readHistory(keyValue: KeyValueStore, asked: Asked): Promise<readonly Step[]> {
  const metric: Metric = metrics[asked.metric]
  const from = Math.floor(asked.from / asked.step) * asked.step
  const byNode = await Promise.all(asked.nodes.map((node) => ofNode(keyValue, { ...asked, from }, node)))
  const steps: Step[] = []
  for (let at = from; at < asked.to; at += asked.step) {
    const points = byNode.map((node) => node.get(at)).filter((point) => point !== undefined)
    const point = overNodes(metric, points)
    steps.push({ at: new Date(at).toISOString(), value: point ? tell(metric, point) : null })
  }
  return steps
}

/**
 * Share of the time between two moments in which some node was ready. Of several nodes, the best of each hour counts, so that the share is
 * never too high. Undefined when there is no time between them.
 */
export async function availabilityIn(
  keyValue: KeyValueStore,
  { from, to, nodes }: Pick<Asked, 'from' | 'to' | 'nodes'>,
): Promise<number | undefined> {
  if (to <= from) return undefined
  // By the minute where there are few: the first hour of a system is not a whole one.
  const step = to - from <= mostSteps * minute ? minute : hours.grain
  const steps = await readHistory(keyValue, { metric: 'caminho.available.time', from, to, step, nodes })
  const seconds = steps.reduce((sum, { value }) => sum + (value && 'sum' in value ? value.sum : 0), 0)
  return Math.min(1, (seconds * 1000) / (to - from))
}
