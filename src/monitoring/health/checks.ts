// The checks of the parts that every installation has. Each is asked for real: a store for its head, a disk for its room.
import type { EventStore } from '../../kernel/event-store.ts'
import type { ReadModels } from '../../kernel/read-models.ts'
import { held } from '../../subscribers/holds.ts'
import type { Trend } from '../heap.ts'
import type { Lag } from '../lag.ts'
import { roomIn } from '../room.ts'
import type { Check, Observation, Status } from './health.ts'

/** warn and fail at these values or beyond. */
interface Limits {
  readonly warn: number
  readonly fail: number
}

const above = (value: number, { warn, fail }: Limits): Status =>
  value >= fail ? 'fail' : value >= warn ? 'warn' : 'pass'
const below = (value: number, { warn, fail }: Limits): Status =>
  value <= fail ? 'fail' : value <= warn ? 'warn' : 'pass'

/** How long the work takes, in milliseconds: the latency to a server, where there is one. */
async function latencyOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return Math.round((performance.now() - start) * 100) / 100
}

const slowStore: Limits = { warn: 500, fail: Number.POSITIVE_INFINITY }

const answering = (milliseconds: number): Observation => ({
  status: above(milliseconds, slowStore),
  observedValue: milliseconds,
  observedUnit: 'ms',
  ...(milliseconds >= slowStore.warn && { output: 'it answers slowly' }),
})

const startUpCheck = (startUp: { readonly done: boolean }): Check => ({
  name: 'start-up',
  componentType: 'component',
  observe: async () => [
    startUp.done
      ? { status: 'pass', observedValue: 'done', observedUnit: '' }
      : { status: 'fail', observedValue: 'under way', observedUnit: '', output: 'still starting' },
  ],
})

const eventStoreCheck = (store: EventStore): Check => ({
  name: 'event-store',
  componentType: 'datastore',
  observe: async () => [answering(await latencyOf(() => store.head()))],
})

const readModelsCheck = (models: ReadModels): Check => ({
  name: 'read-models',
  componentType: 'datastore',
  observe: async () => [answering(await latencyOf(() => models.checkpoints()))],
})

/** Milliseconds of lag. */
const lagging: Limits = { warn: 10_000, fail: 120_000 }

/** The lag of all, and each one that has stopped. */
const projectionsCheck = (lag: () => Promise<Lag>): Check => ({
  name: 'projections',
  componentType: 'component',
  async observe() {
    const { projections, milliseconds, behind } = await lag()
    const status = above(milliseconds, lagging)
    const output = `${behind} positions behind, for ${Math.round(milliseconds / 1000)} s`
    const stopped = projections.filter(({ live, failure }) => live && failure !== undefined)
    return [
      { status, observedValue: milliseconds, observedUnit: 'ms', ...(status !== 'pass' && { output }) },
      ...stopped.map(
        ({ name, position, failure = '' }): Observation => ({
          status: failure === held ? 'warn' : 'fail',
          componentId: name,
          observedValue: String(position),
          observedUnit: 'position',
          output: failure,
        }),
      ),
    ]
  },
})

/** Share of the disk that is free. */
const roomLeft: Limits = { warn: 0.1, fail: 0.03 }

const diskCheck = (folder: string, quota: number | undefined): Check => ({
  name: 'disk',
  componentType: 'system',
  async observe() {
    const { free, share } = await roomIn(folder, quota)
    const status = below(share, roomLeft)
    const output = `${Math.round(free / 2 ** 20)} MB are free, ${(share * 100).toFixed(1)} %`
    return [
      {
        status,
        observedValue: Math.round(share * 10_000) / 10_000,
        observedUnit: '1',
        ...(status !== 'pass' && { output }),
      },
    ]
  },
})

/** Share of the heap's limit that is used. */
const fullHeap: Limits = { warn: 0.8, fail: 0.95 }

/** A heap that will be full within so many hours, when it has grown so steadily for so long: what a start takes is no leak. */
const leaking = { hours: 24, certainty: 0.7, over: 30 * 60_000 }

interface Memory {
  readonly resident: number
  readonly heapUsed: number
  readonly heapLimit: number
}

function leakIn({ heapUsed, heapLimit }: Memory, { perHour, certainty, over }: Trend): readonly Observation[] {
  const hours = (heapLimit - heapUsed) / perHour
  if (perHour <= 0 || certainty < leaking.certainty || over < leaking.over || hours > leaking.hours) return []
  const output = `the heap grows by ${Math.round(perHour / 2 ** 20)} MB an hour, and is full in ${Math.round(hours)} hours`
  return [{ status: 'warn', componentId: 'trend', observedValue: Math.round(perHour), observedUnit: 'By/h', output }]
}

const memoryCheck = (memory: () => Memory, trend: () => Trend): Check => ({
  name: 'memory',
  componentType: 'system',
  async observe() {
    const now = memory()
    const { resident, heapUsed, heapLimit } = now
    const status = above(heapUsed / heapLimit, fullHeap)
    const output = `the heap holds ${Math.round(heapUsed / 2 ** 20)} of at most ${Math.round(heapLimit / 2 ** 20)} MB`
    return [
      { status, observedValue: resident, observedUnit: 'By', ...(status !== 'pass' && { output }) },
      ...leakIn(now, trend()),
    ]
  },
})

/** Milliseconds by which the event loop was late, at the 99th percentile of the last minute. */
const lateLoop: Limits = { warn: 100, fail: 1_000 }

const eventLoopCheck = (delay: () => number): Check => ({
  name: 'event-loop',
  componentType: 'system',
  async observe() {
    const milliseconds = Math.round(delay() * 10) / 10
    const status = above(milliseconds, lateLoop)
    const output = 'something keeps this process from answering; see the slowest routes'
    return [{ status, observedValue: milliseconds, observedUnit: 'ms', ...(status !== 'pass' && { output }) }]
  },
})

/** The checks that every installation has. */
export const standardChecks = (given: {
  readonly startUp: { readonly done: boolean }
  readonly store: EventStore
  readonly models: ReadModels
  readonly dataDir: string
  readonly diskQuota?: number | undefined
  readonly lag: () => Promise<Lag>
  readonly memory: () => Memory
  readonly trend: () => Trend
  readonly delay: () => number
}): readonly Check[] => [
  startUpCheck(given.startUp),
  eventStoreCheck(given.store),
  readModelsCheck(given.models),
  projectionsCheck(given.lag),
  diskCheck(given.dataDir, given.diskQuota),
  memoryCheck(given.memory, given.trend),
  eventLoopCheck(given.delay),
]
