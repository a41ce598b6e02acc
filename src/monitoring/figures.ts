// The figures of the system as programs and pages read them: rates, percentiles and gauges from a sample.
import { type MetricName, metrics } from '../../otel/metrics.ts'
import { meanOf, quantile } from './histogram.ts'
import { distributionOf, gaugeOf, type Point } from './points.ts'
import type { RouteTimes } from './requests.ts'
import type { Sample } from './sampling.ts'

/** Times in milliseconds. */
export interface Times {
  readonly count: number
  readonly mean: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly longest: number
}

const thousandths = (value: number): number => Math.round(value * 1000) / 1000
const milliseconds = (microseconds: number): number => thousandths(microseconds / 1000)

export function timesOf(point: Point | undefined): Times {
  const distribution = distributionOf(point ?? [])
  const at = (q: number) => milliseconds(quantile(distribution, q))
  const { count, most } = distribution
  return {
    count,
    mean: milliseconds(meanOf(distribution)),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    longest: milliseconds(most),
  }
}

export interface RequestFigures extends Times {
  readonly perMinute: number
  /** Share of answers with a status of 500 or more. */
  readonly errorRate: number
  readonly active: number
}

export interface Figures {
  readonly requests: RequestFigures
  /** How each gauge stood on the mean, those that were read. */
  readonly gauges: Partial<Record<MetricName, number>>
  /** How much each counter grew. */
  readonly counters: Partial<Record<MetricName, number>>
}

/** What a sample says. */
export function figuresOf({ from, to, points }: Sample): Figures {
  const times = timesOf(points['http.server.request.duration'])
  const errors = points['caminho.http.errors']?.[0] ?? 0
  const minutes = Math.max(60_000, to - from) / 60_000
  const gauges: Partial<Record<MetricName, number>> = {}
  const counters: Partial<Record<MetricName, number>> = {}
  for (const [name, point] of Object.entries(points) as [MetricName, Point][]) {
    if (metrics[name].kind === 'gauge') gauges[name] = thousandths(gaugeOf(point) ?? 0)
    if (metrics[name].kind === 'counter') counters[name] = point[0] ?? 0
  }
  return {
    requests: {
      ...times,
      perMinute: thousandths(times.count / minutes),
      errorRate: times.count === 0 ? 0 : thousandths(errors / times.count),
      active: gauges['http.server.active_requests'] ?? 0,
    },
    gauges,
    counters,
  }
}

/** One number for each gauge and counter. */
export function valuesOf(points: Sample['points']): Partial<Record<MetricName, number>> {
  const values: Partial<Record<MetricName, number>> = {}
  for (const [name, point] of Object.entries(points) as [MetricName, Point][]) {
    const { kind } = metrics[name]
    if (kind !== 'timing') values[name] = (kind === 'gauge' ? gaugeOf(point) : point[0]) ?? 0
  }
  return values
}

export interface SlowRoute extends Times {
  readonly method: string
  readonly route: string
  readonly errors: number
}

/** The routes whose answers took the longest at the 95th percentile, the slowest first. */
export const slowestRoutes = (routes: readonly RouteTimes[], most: number): readonly SlowRoute[] =>
  routes
    .filter(({ times }) => times.count > 0)
    .map(({ method, route, errors, times }) => ({
      method,
      route,
      errors,
      count: times.count,
      mean: milliseconds(meanOf(times)),
      p50: milliseconds(quantile(times, 0.5)),
      p95: milliseconds(quantile(times, 0.95)),
      p99: milliseconds(quantile(times, 0.99)),
      longest: milliseconds(times.most),
    }))
    .sort((a, b) => b.p95 - a.p95)
    .slice(0, most)
