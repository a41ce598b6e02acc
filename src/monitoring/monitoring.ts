// Monitoring: the meters of this node, their samples, and the health of its parts, for whoever asks.
import type { Timed } from '../../otel/metering.ts'
import type { MetricName } from '../../otel/metrics.ts'
import type { EventStore } from '../kernel/event-store.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import type { Tracing } from '../kernel/tracing.ts'
import { type Figures, figuresOf, type SlowRoute, slowestRoutes, valuesOf } from './figures.ts'
import {
  diskCheck,
  eventLoopCheck,
  eventStoreCheck,
  memoryCheck,
  projectionsCheck,
  readModelsCheck,
  startUpCheck,
} from './health/checks.ts'
import { type Health, openHealth } from './health/health.ts'
import { type Lag, lagOf } from './lag.ts'
import { type AppendMeter, observeAppends } from './observed.ts'
import { meterProcess } from './process.ts'
import { type Listening, meterRequests, type RequestMeter } from './requests.ts'
import { type Meter, type Readings, type Sample, startSampling } from './sampling.ts'

/** What is monitored. */
export interface Monitored {
  readonly store: EventStore
  readonly models: ReadModels
  readonly dataDir: string
  readonly startUp: { readonly done: boolean }
  readonly tracing: Tracing
  readonly now: () => Date
  readonly onFailure: (meter: string, error: unknown) => void
}

export interface Monitoring {
  readonly requests: RequestMeter
  readonly appends: AppendMeter
  readonly health: Health
  /** The last minute up to now. */
  lastMinute(): Promise<Sample>
  figures(): Promise<Figures>
  /** Since the start of the process: what a scraper reads. */
  totals(): Promise<Sample['points']>
  /** How gauges stand and what counters have come to: what is exported. */
  values(): Promise<Partial<Record<MetricName, number>>>
  /** From now on, tells of each duration. */
  listen(timed: Timed): void
  slowestRoutes(most: number): readonly SlowRoute[]
  lag(): Promise<Lag>
  /** Reads the meters regularly until the signal aborts. */
  run(signal: AbortSignal): void
  close(): void
}

/** Milliseconds between two readings of the meters. */
const sampleEvery = 10_000
const minute = 60_000
/** Whoever has asked for anything within this time is active. */
const activeWithin = 15 * minute

/** Opens the monitoring of this node. Until `run`, meters are read only when somebody asks. */
export function openMonitoring({ store, models, dataDir, startUp, tracing, now, onFailure }: Monitored): Monitoring {
  const clock = () => now().getTime()
  const listening: Listening = {}
  const requests = meterRequests(clock, listening)
  const appends = observeAppends(store, tracing, listening)
  const processMeter = meterProcess()
  const lag = () => lagOf(store, models, now)

  const readProcess = (): Readings => {
    const { resident, heapUsed } = processMeter.memory()
    return {
      gauges: {
        'process.cpu.utilization': processMeter.cpu(),
        'process.memory.usage': resident,
        'v8js.memory.heap.used': heapUsed,
        'nodejs.eventloop.delay.p99': processMeter.delay().p99,
      },
    }
  }
  const readRequests = (): Readings => ({
    gauges: {
      'http.server.active_requests': requests.active,
      'caminho.users.active': requests.activePeople(activeWithin),
    },
    counters: { 'caminho.http.errors': requests.errors },
    timings: { 'http.server.request.duration': requests.take() },
  })
  const readAppends = (): Readings => ({
    counters: {
      'caminho.appends': appends.appends,
      'caminho.events': appends.events,
      'caminho.conflicts': appends.conflicts,
    },
    timings: { 'caminho.append.duration': appends.take() },
  })
  const readLag = async (): Promise<Readings> => {
    const { behind, milliseconds } = await lag()
    return { gauges: { 'caminho.projection.lag.events': Number(behind), 'caminho.projection.lag.time': milliseconds } }
  }
  const meters: readonly Meter[] = [
    { name: 'process', read: readProcess },
    { name: 'requests', read: readRequests },
    { name: 'appends', read: readAppends },
    { name: 'lag', read: readLag },
  ]
  const sampling = startSampling({ meters, now: clock, onFailure })

  const health = openHealth({
    now,
    checks: [
      startUpCheck(startUp),
      eventStoreCheck(store),
      readModelsCheck(models),
      projectionsCheck(lag),
      diskCheck(dataDir),
      memoryCheck(processMeter.memory),
      eventLoopCheck(() => sampling.last(minute).points['nodejs.eventloop.delay.p99']?.[2] ?? 0),
    ],
  })

  const lastMinute = async (): Promise<Sample> => {
    await sampling.sample()
    return sampling.last(minute)
  }

  return {
    requests,
    appends,
    health,
    lag,
    lastMinute,
    figures: async () => figuresOf(await lastMinute()),
    async totals() {
      await sampling.sample()
      return sampling.totals
    },
    async values() {
      await sampling.sample()
      return valuesOf(sampling.totals)
    },
    listen(timed) {
      listening.timed = timed
    },
    slowestRoutes: (most) => slowestRoutes(requests.routes(), most),
    run(signal) {
      const timer = setInterval(() => void sampling.sample(), sampleEvery).unref()
      signal.addEventListener('abort', () => clearInterval(timer), { once: true })
    },
    close: () => processMeter.close(),
  }
}
