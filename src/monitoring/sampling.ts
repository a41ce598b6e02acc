// Sampling: every few seconds each meter is read into a sample; the last five minutes of samples say how it is now.
import { type MetricName, metricNames, metrics } from '../../otel/metrics.ts'
import type { Distribution } from './histogram.ts'
import { counterPoint, gaugePoint, overTime, type Point, timingPoint } from './points.ts'

/** What the meters say at one moment. What cannot be read is left out. */
export interface Readings {
  /** How it stands. */
  readonly gauges?: Partial<Record<MetricName, number>>
  /** How much there has been since the start of the process. */
  readonly counters?: Partial<Record<MetricName, number>>
  /** What was timed since the last reading. */
  readonly timings?: Partial<Record<MetricName, Distribution>>
}

export interface Meter {
  /** Names the meter in the log when it cannot be read. */
  readonly name: string
  read(): Readings | Promise<Readings>
}

/** The metrics of one stretch of time. */
export interface Sample {
  /** Milliseconds since 1970. */
  readonly from: number
  readonly to: number
  readonly points: Partial<Record<MetricName, Point>>
}

export interface Sampling {
  /** Reads the meters now, unless they were read within the last second, or are being read. */
  sample(): Promise<void>
  /** All of the last so many milliseconds as one sample. */
  last(milliseconds: number): Sample
  /** Counters and timings since the start of the process, gauges as they were read last. */
  readonly totals: Sample['points']
}

export interface SamplingOptions {
  readonly meters: readonly Meter[]
  readonly now: () => number
  readonly onSample?: (sample: Sample) => void
  readonly onFailure: (meter: string, error: unknown) => void
}

const kept = 5 * 60_000
const leastApart = 1_000

/** All samples as one. */
export function together(samples: readonly Sample[], from: number, to: number): Sample {
  const points: Partial<Record<MetricName, Point>> = {}
  for (const name of metricNames) {
    const point = overTime(
      metrics[name],
      samples.flatMap((sample) => (sample.points[name] ? [sample.points[name]] : [])),
    )
    if (point) points[name] = point
  }
  return { from, to, points }
}

export function startSampling({ meters, now, onSample, onFailure }: SamplingOptions): Sampling {
  const samples: Sample[] = []
  const counted = new Map<string, number>()
  const totals: Partial<Record<MetricName, Point>> = {}
  let from = now()
  let reading: Promise<void> | undefined

  const pointsOf = ({ gauges = {}, counters = {}, timings = {} }: Readings): Sample['points'] => {
    const points: Partial<Record<MetricName, Point>> = {}
    for (const name of metricNames) {
      const [gauge, counter, timing] = [gauges[name], counters[name], timings[name]]
      if (gauge !== undefined) points[name] = gaugePoint(gauge)
      if (timing !== undefined && timing.count > 0) points[name] = timingPoint(timing)
      if (counter === undefined) continue
      points[name] = counterPoint(counter - (counted.get(name) ?? 0))
      counted.set(name, counter)
    }
    return points
  }

  const addToTotals = (points: Sample['points']): void => {
    for (const name of metricNames) {
      const [before, point] = [totals[name], points[name]]
      if (!point) continue
      const whole = before && metrics[name].kind !== 'gauge' ? overTime(metrics[name], [before, point]) : point
      if (whole) totals[name] = whole
    }
  }

  const readAll = async (): Promise<void> => {
    const told = await Promise.all(
      meters.map(async (meter) => {
        try {
          return pointsOf(await meter.read())
        } catch (error) {
          onFailure(meter.name, error)
          return {}
        }
      }),
    )
    const to = now()
    const sample: Sample = { from, to, points: Object.assign({}, ...told) }
    from = to
    addToTotals(sample.points)
    samples.push(sample)
    while (samples[0] && samples[0].to < to - kept) samples.shift()
    onSample?.(sample)
  }

  return {
    totals,
    sample() {
      if (!reading && now() - from < leastApart && samples.length > 0) return Promise.resolve()
      reading ??= readAll().finally(() => {
        reading = undefined
      })
      return reading
    },
    last(milliseconds) {
      const to = samples.at(-1)?.to ?? now()
      const within = samples.filter((sample) => sample.to > to - milliseconds)
      return together(within, within[0]?.from ?? to, to)
    },
  }
}
