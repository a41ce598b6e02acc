// Monitoring: the meters of this node, their samples, and the health of its parts, for whoever asks.
import type { EventStore } from '../kernel/event-store.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import { type Figures, figuresOf, type SlowRoute, slowestRoutes } from './figures.ts'
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
import { meterProcess } from './process.ts'
import { meterRequests, type RequestMeter } from './requests.ts'
import { type Meter, type Readings, type Sample, startSampling } from './sampling.ts'

/** What is monitored. */
export interface Monitored {
  readonly store: EventStore
  readonly models: ReadModels
  readonly dataDir: string
  readonly startUp: { readonly done: boolean }
  readonly now: () => Date
  readonly onFailure: (meter: string, error: unknown) => void
}

export interface Monitoring {
  readonly requests: RequestMeter
  readonly health: Health
  /** The last minute up to now. */
  lastMinute(): Promise<Sample>
  figures(): Promise<Figures>
  /** Since the start of the process: what a scraper reads. */
  totals(): Promise<Sample['points']>
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
export function openMonitoring({ store, models, dataDir, startUp, now, onFailure }: Monitored): Monitoring {
  const clock = () => now().getTime()
  const requests = meterRequests(clock)
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
  const readLag = async (): Promise<Readings> => {
    const { behind, milliseconds } = await lag()
    return { gauges: { 'caminho.projection.lag.events': Number(behind), 'caminho.projection.lag.time': milliseconds } }
  }
  const meters: readonly Meter[] = [
    { name: 'process', read: readProcess },
    { name: 'requests', read: readRequests },
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
    health,
    lag,
    lastMinute,
    figures: async () => figuresOf(await lastMinute()),
    async totals() {
      await sampling.sample()
      return sampling.totals
    },
    slowestRoutes: (most) => slowestRoutes(requests.routes(), most),
    run(signal) {
      const timer = setInterval(() => void sampling.sample(), sampleEvery).unref()
      signal.addEventListener('abort', () => clearInterval(timer), { once: true })
    },
    close: () => processMeter.close(),
  }
}
