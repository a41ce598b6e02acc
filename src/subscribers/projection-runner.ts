// The projection runner: keeps all read models current from one reading of the log, and builds new versions and rebuilds beside the live ones.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RecordedEvent } from '../kernel/event.ts'
import { type EventStore, START } from '../kernel/event-store.ts'
import type { Projection } from '../kernel/projection.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import { persistently } from './backoff.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Failure } from './fold-batch.ts'
import { generationsOf, type Underway } from './generations.ts'
import { type Lane, type LaneOptions, openLane, reasonOf, type Touched } from './lane.ts'
import type { Log } from './log.ts'
import { positionWaiters } from './position-waiters.ts'
import { turnTaking } from './turn-taking.ts'

/** A projection that stopped at an event that it cannot fold; it never skips one. */
export interface StoppedProjection {
  readonly projection: string
  readonly version: number
  /** The event, where it stands in the log, and the error. */
  readonly reason: string
  readonly event?: RecordedEvent
  readonly error: unknown
}

export interface ProjectionPosition {
  readonly name: string
  readonly version: number
  readonly generation: number
  readonly position: bigint
  readonly live: boolean
  readonly state: 'current' | 'catching-up' | 'stopped'
  /** Why it stopped. */
  readonly failure?: string
}

export interface ProjectionPositions {
  /** All events up to here are in all live read models, except those of projections that stopped or are catching up. */
  readonly position: bigint
  /** The lowest of all that are live, stopped ones included. */
  readonly lowest: bigint
  readonly projections: readonly ProjectionPosition[]
}

/** How a rebuild ended: the new documents are served, or the projection (or the runner) stopped on the way. */
export type Rebuilt = 'rebuilt' | 'stopped'

export interface ProjectionRunner {
  positions(): ProjectionPositions
  /** Whether the read models have reached the position: true as soon as they have, false after the time. */
  waitFor(position: bigint, milliseconds: number): Promise<boolean>
  /**
   * Builds projections anew beside the live ones, which are served meanwhile; several named together share one reading of the log. Rebuilding
   * again what is being rebuilt waits for that. Says how it ended. @throws TypeError for a name that is not a projection's.
   */
  rebuild(...names: string[]): Promise<Rebuilt>
  /** Tries a stopped projection again from where it stopped; whether there was one to try. */
  resume(name: string): Promise<boolean>
  /** Resolves once the signal has aborted and the batch under way is saved. */
  readonly stopped: Promise<void>
}

export interface ProjectionRunnerOptions {
  readonly store: EventStore
  readonly models: ReadModels
  readonly projections: readonly Projection[]
  readonly signal: AbortSignal
  readonly log: Log
  /** After each batch: the position that the live read models have reached, and which documents changed. */
  readonly onProgress?: (position: bigint, touched: Touched) => void
  readonly onFailure?: (stopped: StoppedProjection) => void
  readonly clock?: Clock
  readonly random?: () => number
  /** Events folded together at the most; small batches come by themselves when little happens. */
  readonly batchSize?: number
  /** Milliseconds between two writes of the checkpoints. */
  readonly checkpointEvery?: number
}

/** Starts to keep the read models of the projections current, until the signal aborts. Returns at once. */
export function startProjections({
  store,
  models,
  projections,
  signal,
  log,
  onProgress = () => undefined,
  onFailure = () => undefined,
  clock = systemClock,
  random = Math.random,
  batchSize = 4_000,
  checkpointEvery = 250,
}: ProjectionRunnerOptions): ProjectionRunner {
  const generations = generationsOf(projections, models)
  const rebuilding = new Map<string, Promise<Rebuilt>>()
  const catchingUp = new Set<Promise<void>>()
  const waiters = positionWaiters()
  // The main lane's batches and the last steps of those who join it take turns, so that nobody joins in the middle of a batch.
  const inTurn = turnTaking()
  const retrying = { clock, random, first: 100, longest: 15_000, signal, log }

  const announce = (position: bigint, touched: Touched): void => {
    waiters.reached(position)
    onProgress(position, touched)
  }
  // What is built beside the live documents is nobody's business until it takes over.
  const announceLive = (_: bigint, touched: Touched, members: ReadonlySet<Underway>): void => {
    const names = new Set([...members].filter(({ live }) => live).map(({ projection }) => projection.name))
    const live = [...touched].filter(([name]) => names.has(name))
    if (live.length > 0) onProgress(main.position, new Map(live))
  }

  const stop = (underway: Underway, failure: Failure, position: bigint): void => {
    const reason = reasonOf(failure)
    const { name, version } = underway.projection
    Object.assign(underway, { lane: undefined, position, failure: reason })
    log.error({ projection: name, version, reason, err: failure.error }, `projection ${name} stopped`)
    onFailure({ projection: name, version, reason, ...failure })
  }

  const laneOf = (
    position: bigint,
    members: readonly Underway[],
    onAdvance: LaneOptions<Underway>['onAdvance'],
  ): Lane<Underway> => {
    const lane = openLane<Underway>({ models, clock, position, members, checkpointEvery, onAdvance, onFailure: stop })
    for (const underway of members) underway.lane = lane
    return lane
  }
  let main = laneOf(START, [], announce)

  /** Reads on to the present end of the log; how many events that were. */
  const readOn = async (lane: Lane<Underway>, progress: () => void): Promise<number> => {
    let count = 0
    for await (const page of store.readAll({ after: lane.position, pageSize: batchSize })) {
      const last = page.at(-1)
      if (!last || signal.aborted || lane.members.size === 0) break
      await lane.advance(page, last.position)
      progress()
      count += page.length
      await nextTurn()
    }
    return count
  }

  /** Brings projections that are behind to where the main lane is, and lets them join it. */
  const catchUp = (position: bigint, members: readonly Underway[]): Promise<void> => {
    const lane = laneOf(position, members, announceLive)
    const names = members.map(({ projection }) => projection.name).join(', ')
    const join = async (progress: () => void): Promise<void> => {
      await readOn(lane, progress)
      await lane.keepCheckpoints()
      if (signal.aborted) return
      await generations.activate(lane.members)
      for (const underway of lane.members) underway.lane = main
      main.admit(lane.members)
    }
    const whole = persistently(
      async (progress) => {
        await placeMissing()
        let read = batchSize
        while (read >= batchSize) read = await readOn(lane, progress)
        await inTurn(() => join(progress))
      },
      { ...retrying, what: `catching up of ${names}` },
    ).finally(() => catchingUp.delete(whole))
    catchingUp.add(whole)
    return whole
  }

  const missingByPosition = async () => [...Map.groupBy(await generations.missing(), ({ position }) => position)]

  /** Takes up what another process has left or begun. What it has made live must be current before anything newer is announced. */
  const placeMissing = async (): Promise<void> => {
    const placed = (await missingByPosition()).map(([position, members]) => {
      const joined = catchUp(position, members)
      return members.some(({ live }) => live) ? joined : undefined
    })
    await Promise.all(placed)
  }

  /** The most advanced of the live projections lead; the others catch up with them. */
  const placeAll = async (): Promise<void> => {
    const groups = (await missingByPosition()).sort(([a], [b]) => (a < b ? 1 : -1))
    const leading = groups.find(([, members]) => members.some(({ live }) => live)) ?? groups[0]
    if (leading) main = laneOf(...leading, announce)
    announce(main.position, new Map())
    for (const group of groups) if (group !== leading) void catchUp(...group)
  }

  const reachEnd = async (position: bigint): Promise<void> => {
    await generations.activate(main.members)
    if (position > main.position) await main.advance([], position)
  }

  const follow = async (progress: () => void): Promise<void> => {
    await placeMissing()
    for await (const message of store.subscribe({ after: main.position, pageSize: batchSize, signal })) {
      await inTurn(() =>
        message.kind === 'events' ? main.advance(message.events, message.position) : reachEnd(message.position),
      )
      progress()
      if (signal.aborted) return
      // While much is to be read, others on this thread want their turn too.
      if (message.kind === 'events' && message.events.length >= batchSize) await nextTurn()
    }
  }

  /** Checkpoints follow the documents also when nothing comes after them. */
  const keepCheckpoints = async (): Promise<void> => {
    while (!signal.aborted) {
      await clock.sleep(checkpointEvery, signal)
      // A store that is away is the business of whoever reads or saves next.
      await inTurn(() => main.keepCheckpoints()).catch(() => undefined)
    }
  }

  const started = persistently(placeAll, { ...retrying, what: 'the start of the projections' })

  const run = async (): Promise<void> => {
    await started
    const keeping = keepCheckpoints()
    await persistently(follow, { ...retrying, what: 'the projections' })
    await Promise.all([keeping, ...catchingUp])
    waiters.giveUp()
  }

  const build = async (names: readonly string[]): Promise<Rebuilt> => {
    await started
    if (signal.aborted) return 'stopped'
    const members = await generations.next(names)
    await catchUp(START, members)
    return members.every(({ live }) => live) ? 'rebuilt' : 'stopped'
  }

  const positionOf = (underway: Underway): ProjectionPosition => ({
    name: underway.projection.name,
    version: underway.projection.version,
    generation: underway.generation.number,
    position: underway.lane?.position ?? underway.position,
    live: underway.live,
    state: underway.lane === main ? 'current' : underway.lane ? 'catching-up' : 'stopped',
    ...(underway.failure !== undefined && { failure: underway.failure }),
  })

  return {
    positions() {
      const all = [...generations.all].map(positionOf)
      const lowest = all.reduce((low, { live, position }) => (live && position < low ? position : low), main.position)
      return { position: main.position, lowest, projections: all }
    },

    waitFor: (position, milliseconds) => waiters.waitFor(position, milliseconds),

    async rebuild(...names) {
      const unknown = names.find((name) => !projections.some((projection) => projection.name === name))
      if (unknown !== undefined) throw new TypeError(`no projection is named ${unknown}`)
      const idle = names.filter((name) => !rebuilding.has(name))
      if (idle.length > 0) {
        const whole = build(idle).finally(() => {
          for (const name of idle) rebuilding.delete(name)
        })
        for (const name of idle) rebuilding.set(name, whole)
      }
      const ends = await Promise.all(names.map((name) => rebuilding.get(name)))
      return ends.includes('stopped') ? 'stopped' : 'rebuilt'
    },

    async resume(name) {
      await started
      const stopped = [...generations.all].filter(({ projection, lane }) => projection.name === name && !lane)
      for (const underway of stopped) {
        await models.fail(underway.generation, null)
        underway.failure = undefined
        void catchUp(underway.position, [underway])
      }
      return stopped.length > 0
    },

    stopped: run(),
  }
}
