// The metrics as Prometheus reads them: text exposition format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats).
import { type Metric, type MetricName, metricNames, metrics } from '../../otel/metrics.ts'
import { lowerEnd } from './histogram.ts'
import { distributionOf, gaugeOf, type Point } from './points.ts'

const suffixes: Readonly<Record<string, string>> = { ms: '_seconds', s: '_seconds', By: '_bytes', '1': '_ratio' }

/** `http.server.request.duration` in milliseconds becomes `http_server_request_duration_seconds`. */
export const prometheusName = (name: string, { unit, kind }: Metric): string =>
  name.replaceAll('.', '_') + (suffixes[unit] ?? '') + (kind === 'counter' ? '_total' : '')

const scaled = (value: number, unit: string): number => (unit === 'ms' ? value / 1000 : value)

/** Seconds: the boundaries that OpenTelemetry's conventions give for HTTP. Always the same, so that rates can be taken of them. */
const boundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] as const

function histogramLines(name: string, point: Point): string[] {
  const { count, sum, buckets } = distributionOf(point)
  const within = (seconds: number): number =>
    buckets.reduce((all, [bucket, inIt]) => (lowerEnd(bucket + 1) <= seconds * 1e6 ? all + inIt : all), 0)
  const lines = boundaries.map((seconds) => `${name}_bucket{le="${seconds}"} ${within(seconds)}`)
  return [...lines, `${name}_bucket{le="+Inf"} ${count}`, `${name}_sum ${sum / 1e6}`, `${name}_count ${count}`]
}

function linesOf(name: MetricName, point: Point): string[] {
  const metric: Metric = metrics[name]
  const told = prometheusName(name, metric)
  const type = metric.kind === 'timing' ? 'histogram' : metric.kind
  const values =
    metric.kind === 'timing'
      ? histogramLines(told, point)
      : [`${told} ${metric.kind === 'gauge' ? scaled(gaugeOf(point) ?? 0, metric.unit) : (point[0] ?? 0)}`]
  return [`# TYPE ${told} ${type}`, ...values]
}

/** The text of these points, which for counters and timings are sums since the start of the process. */
export const prometheusText = (points: Partial<Record<MetricName, Point>>): string =>
  metricNames
    .flatMap((name) => (points[name] ? linesOf(name, points[name]) : []))
    .map((line) => `${line}\n`)
    .join('')
