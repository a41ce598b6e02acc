// The metrics over OTLP: gauges and counters are read from what monitoring keeps anyway, when they are to be exported; durations are told one by one.
import type { Attributes, Histogram, Meter } from '@opentelemetry/api'
import { type Metric, type MetricName, metricNames, metrics } from './metrics.ts'

/** What monitoring knows now: how gauges stand, and what counters have come to since the start. */
export type ReadMetrics = () => Promise<Partial<Record<MetricName, number>>>

/** A duration in milliseconds. */
export type Timed = (name: MetricName, milliseconds: number, attributes: Attributes) => void

/** As OpenTelemetry wants them: seconds. */
const exported = ({ unit }: Metric): { readonly unit: string; readonly scale: number } =>
  unit === 'ms' ? { unit: 's', scale: 0.001 } : { unit, scale: 1 }

/** Seconds: the boundaries that the conventions give for HTTP. */
const boundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

/** Registers every metric with the meter; gives what is to be told of each duration. */
export function meterWith(meter: Meter, read: ReadMetrics): Timed {
  const histograms = new Map<string, Histogram>()
  const observed = metricNames.flatMap((name) => {
    const metric: Metric = metrics[name]
    const { unit, scale } = exported(metric)
    if (metric.kind === 'timing') {
      histograms.set(name, meter.createHistogram(name, { unit, advice: { explicitBucketBoundaries: boundaries } }))
      return []
    }
    const instrument =
      metric.kind === 'counter'
        ? meter.createObservableCounter(name, { unit })
        : meter.createObservableGauge(name, { unit })
    return [{ name, instrument, scale }]
  })

  meter.addBatchObservableCallback(
    async (result) => {
      const values = await read()
      for (const { name, instrument, scale } of observed) {
        const value = values[name]
        if (value !== undefined) result.observe(instrument, value * scale)
      }
    },
    observed.map(({ instrument }) => instrument),
  )
  return (name, milliseconds, attributes) => histograms.get(name)?.record(milliseconds / 1000, attributes)
}
