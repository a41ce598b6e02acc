// Monitoring: the meters of this node, their samples and their past, the health of its parts, and the watch over all of them.
import { setTimeout as wait } from 'node:timers/promises'
import type { Timed } from '../../otel/metering.ts'
import type { MetricName } from '../../otel/metrics.ts'
import type { Context, Desk } from '../commands/handling.ts'
import type { EventStore } from '../kernel/event-store.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import type { Tracing } from '../kernel/tracing.ts'
import type { Lease, Leases } from '../subscribers/leases.ts'
import type { Log } from '../subscribers/log.ts'
import { type Measurements, worstOf } from './alerting/evaluating.ts'
import { measure } from './alerting/measuring.ts'
import { openWatch } from './alerting/watching.ts'
import { type Figures, figuresOf, type SlowRoute, slowestRoutes, valuesOf } from './figures.ts'
import { standardChecks } from './health/checks.ts'
import { type Check, type Health, openHealth } from './health/health.ts'
import { type Asked, availabilityIn, readHistory, type Step } from './history/reading.ts'
import { openRecording } from './history/recording.ts'
import { type Lag, lagOf } from './lag.ts'
import { openOwnMeters } from './meters.ts'
import { isPresent, type KnownNode, knownNodes, tellOfNode } from './nodes.ts'
import type { AppendMeter } from './observed.ts'
import type { RequestMeter } from './requests.ts'
import { type Meter, type Sample, startSampling } from './sampling.ts'

/** What is monitored. */
export interface Monitored {
  /** Names this node. */
  readonly node: string
  readonly version: string
  readonly store: EventStore
  readonly models: ReadModels
  readonly keyValue: KeyValueStore
  readonly dataDir: string
  /** Bytes that the data directory may hold. */
  readonly diskQuota?: number | undefined
  readonly startUp: { readonly done: boolean }
  readonly tracing: Tracing
  readonly now: () => Date
  readonly log: Log
}

export interface Running {
  readonly desk: Desk
  readonly leases: Leases
  readonly context: () => Context
  readonly signal: AbortSignal
  /** Milliseconds between two readings of the meters; default 10,000. */
  readonly every?: number
}

export interface Monitoring {
  readonly requests: RequestMeter
  readonly appends: AppendMeter
  readonly health: Health
  /** Adds what other parts tell of themselves. */
  also(more: { readonly meters: readonly Meter[]; readonly checks: readonly Check[] }): void
  figures(): Promise<Figures>
  /** Since the start of the process: what a scraper reads. */
  totals(): Promise<Sample['points']>
  /** How gauges stand and what counters have come to: what is exported. */
  values(): Promise<Partial<Record<MetricName, number>>>
  /** From now on, tells of each duration. */
  listen(timed: Timed): void
  slowestRoutes(most: number): readonly SlowRoute[]
  lag(): Promise<Lag>
  nodes(): Promise<readonly (KnownNode & { readonly present: boolean })[]>
  /** The past of a metric over all nodes, or of one. */
  history(asked: Omit<Asked, 'nodes'> & { readonly node?: string | undefined }): Promise<readonly Step[]>
  /** Share of the last so many milliseconds in which the system was ready; undefined when nothing is known. */
  availability(milliseconds: number): Promise<number | undefined>
  /** Reads the meters, keeps their past and watches over them until the signal aborts; resolves when what was measured is kept. */
  run(running: Running): Promise<void>
  close(): void
}

const minute = 60_000
/** What the rules of alerts are about. */
const measuredOver = 5 * minute
/** Without these a node answers nobody: a proxy must not send it requests. Without the event store it still shows what is known. */
export const needed = ['start-up', 'read-models'] as const

/** Opens the monitoring of this node. Until `run`, meters are read only when somebody asks. */
export function openMonitoring(monitored: Monitored): Monitoring {
  const { node, version, store, models, keyValue, tracing, now, log } = monitored
  const clock = () => now().getTime()
  const startedAt = now()
  const lag = () => lagOf(store, models, now)
  const own = openOwnMeters({
    store,
    tracing,
    clock,
    lag,
    dataDir: monitored.dataDir,
    diskQuota: monitored.diskQuota,
  })
  const meters: Meter[] = [...own.meters]
  const recording = openRecording(keyValue, node)
  const sampling = startSampling({
    meters,
    now: clock,
    onSample: (sample) => recording.take(sample),
    onFailure: (meter, error) => log.warn({ err: error, meter }, 'a meter could not be read'),
  })
  const delay = () => sampling.last(minute).points['nodejs.eventloop.delay.p99']?.[2] ?? 0
  const checks: Check[] = [...standardChecks({ ...monitored, lag, delay, memory: own.memory, trend: own.trend })]
  const health = openHealth({ now, checks })
  meters.push(availabilityMeter(health, clock))

  const measureHere = async (): Promise<Measurements> => {
    await sampling.sample()
    return measure(node, sampling.last(measuredOver), await health.report())
  }
  const measureAll = async (): Promise<Measurements> => {
    const known = await knownNodes(keyValue).catch(() => [])
    const others = known.filter((other) => other.node !== node && isPresent(other, now()))
    return worstOf([await measureHere(), ...others.map(({ measured }): Measurements => measured)])
  }
  const tell = async (): Promise<void> => {
    const [measured, { status }] = await Promise.all([measureHere(), health.report()])
    const times = { startedAt: startedAt.toISOString(), seenAt: now().toISOString() }
    // Keys are names of rules.
    await tellOfNode(keyValue, { node, version, status, ...times, measured: { ...measured } as KnownNode['measured'] })
  }

  /** Does the work again and again; what fails is told once, and tried again. */
  const repeatedly = async (what: string, every: number, signal: AbortSignal, work: () => Promise<void>) => {
    let failing = false
    while (!signal.aborted) {
      await wait(every, undefined, { signal, ref: false }).catch(() => undefined)
      if (signal.aborted) return
      try {
        await work()
        failing = false
      } catch (error) {
        if (!failing) log.warn({ err: error }, `${what} is not possible at the moment`)
        failing = true
      }
    }
  }

  return {
    requests: own.requests,
    appends: own.appends,
    health,
    lag,
    also(more) {
      meters.push(...more.meters)
      checks.push(...more.checks)
    },
    async figures() {
      await sampling.sample()
      return figuresOf(sampling.last(minute))
    },
    async totals() {
      await sampling.sample()
      return sampling.totals
    },
    async values() {
      await sampling.sample()
      return valuesOf(sampling.totals)
    },
    listen(timed) {
      own.listening.timed = timed
    },
    slowestRoutes: (most) => slowestRoutes(own.requests.routes(), most),
    nodes: async () => (await knownNodes(keyValue)).map((known) => ({ ...known, present: isPresent(known, now()) })),
    async history({ node: only, ...asked }) {
      const nodes = only === undefined ? (await knownNodes(keyValue)).map((known) => known.node) : [only]
      return readHistory(keyValue, { ...asked, nodes })
    },
    async availability(milliseconds) {
      const known = await knownNodes(keyValue)
      const [first] = known.map(({ firstSeenAt }) => Date.parse(firstSeenAt)).sort((a, b) => a - b)
      if (first === undefined) return undefined
      // What was measured since the last whole minute is not kept yet.
      const to = Math.floor(clock() / minute) * minute - minute
      const from = Math.max(Math.ceil(first / minute) * minute, to - milliseconds)
      return availabilityIn(keyValue, { from, to, nodes: known.map(({ node }) => node) })
    },
    async run({ desk, leases, context, signal, every = 10_000 }) {
      const watch = openWatch({ desk, models, keyValue, context, measure: measureAll })
      const watching = ({ signal: held }: Lease) => repeatedly('watching over the system', every, held, watch.look)
      await Promise.all([
        repeatedly('reading the meters', every, signal, () => sampling.sample()),
        repeatedly('keeping the metrics', Math.min(minute, every * 6), signal, async () => {
          await recording.flush()
          await tell()
        }),
        leases.whileHeld('watch', watching, signal),
      ])
      await recording.finish().catch(() => undefined)
    },
    close: own.close,
  }
}

/** Counts the seconds in which this node was ready. */
function availabilityMeter(health: Health, clock: () => number): Meter {
  let seconds = 0
  let at = clock()
  return {
    name: 'availability',
    async read() {
      const [{ status }, { checks }] = await Promise.all([health.of(needed), health.report()])
      const elapsed = (clock() - at) / 1_000
      at += elapsed * 1_000
      if (status !== 'fail') seconds += elapsed
      const failing = Object.values(checks).filter((seen) => seen.some((one) => one.status === 'fail')).length
      return { counters: { 'caminho.available.time': seconds }, gauges: { 'caminho.health.failing': failing } }
    },
  }
}
