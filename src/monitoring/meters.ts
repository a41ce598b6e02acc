// The meters that every node has: requests, appends, the process, the disk, the lag of the projections.
import type { EventStore } from '../kernel/event-store.ts'
import type { Tracing } from '../kernel/tracing.ts'
import { meterHeap, type Trend } from './heap.ts'
import type { Lag } from './lag.ts'
import { type AppendMeter, observeAppends } from './observed.ts'
import { meterProcess, type ProcessMeter } from './process.ts'
import { type Listening, meterRequests, type RequestMeter } from './requests.ts'
import { roomIn } from './room.ts'
import type { Meter, Readings } from './sampling.ts'

/** Milliseconds: whoever has asked for anything within this time is active. */
const activeWithin = 15 * 60_000

export interface OwnMeters {
  readonly requests: RequestMeter
  readonly appends: AppendMeter
  readonly listening: Listening
  readonly memory: ProcessMeter['memory']
  readonly trend: () => Trend
  readonly meters: readonly Meter[]
  close(): void
}

export function openOwnMeters(given: {
  readonly store: EventStore
  readonly tracing: Tracing
  readonly clock: () => number
  readonly lag: () => Promise<Lag>
  readonly dataDir: string
  readonly diskQuota: number | undefined
}): OwnMeters {
  const { store, tracing, clock, lag, dataDir, diskQuota } = given
  const listening: Listening = {}
  const requests = meterRequests(clock, listening)
  const appends = observeAppends(store, tracing, listening)
  const ofProcess = meterProcess()
  const heap = meterHeap(clock)

  const readProcess = (): Readings => {
    const { resident, heapUsed } = ofProcess.memory()
    const { perHour, certainty } = heap.trend()
    return {
      gauges: {
        'process.cpu.utilization': ofProcess.cpu(),
        'process.memory.usage': resident,
        'v8js.memory.heap.used': heapUsed,
        'nodejs.eventloop.delay.p99': ofProcess.delay().p99,
        // What sways is no leak.
        'caminho.memory.trend': certainty >= 0.7 ? Math.max(0, perHour) : 0,
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
  const readDisk = async (): Promise<Readings> => {
    return { gauges: { 'caminho.disk.used': 1 - (await roomIn(dataDir, diskQuota)).share } }
  }

  return {
    requests,
    appends,
    listening,
    memory: ofProcess.memory,
    trend: heap.trend,
    meters: [
      { name: 'process', read: readProcess },
      { name: 'requests', read: readRequests },
      { name: 'appends', read: readAppends },
      { name: 'lag', read: readLag },
      { name: 'disk', read: readDisk },
    ],
    close() {
      ofProcess.close()
      heap.close()
    },
  }
}
