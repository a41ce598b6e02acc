// The reading of the log: one lane leads and follows what happens; those behind catch up in lanes of their own, and then join it.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type EventFilter, type EventStore, START } from '../kernel/event-store.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import type { Tracing } from '../kernel/tracing.ts'
import { persistently } from './backoff.ts'
import type { Clock } from './clock.ts'
import type { Failure } from './fold-batch.ts'
import type { Generations, Underway } from './generations.ts'
import { type Lane, type LaneOptions, openLane, type Touched } from './lane.ts'
import type { Log } from './log.ts'
import { turnTaking } from './turn-taking.ts'

export interface Following {
  /** The lane that leads. */
  readonly main: Lane<Underway>
  /** Brings projections that are behind to where the main lane is, and lets them join it; resolves when they have, or stopped. */
  catchUp(position: bigint, members: readonly Underway[]): Promise<void>
  /** Runs work between two batches of the main lane. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>
  /** Resolves once every generation has its lane (or the signal has aborted). */
  readonly started: Promise<void>
  /** Resolves once every generation has reached the end of the log, or stopped, and answers the queries. */
  readonly caughtUp: Promise<void>
  /** Resolves once the signal has aborted and what was under way is saved. */
  readonly stopped: Promise<void>
}

export interface FollowingOptions {
  readonly store: EventStore
  readonly models: ReadModels
  readonly generations: Generations
  /** The events that any of them wants. */
  readonly filter: EventFilter
  readonly signal: AbortSignal
  readonly log: Log
  readonly tracing: Tracing
  readonly clock: Clock
  readonly random: () => number
  readonly batchSize: number
  readonly checkpointEvery: number
  /** The position of the main lane, and which live documents changed. */
  readonly onProgress: (position: bigint, touched: Touched) => void
  /** A projection could not fold an event; it stands at the position now. */
  readonly onFailure: (underway: Underway, failure: Failure, position: bigint) => void
}

/** Follows the log for all generations, until the signal aborts. */
export function followLog({
  store,
  models,
  generations,
  filter,
  signal,
  log,
  tracing,
  clock,
  random,
  batchSize,
  checkpointEvery,
  onProgress,
  onFailure,
}: FollowingOptions): Following {
  const catchingUp = new Set<Promise<void>>()
  // The main lane's batches and the last steps of those who join it take turns, so that nobody joins in the middle of a batch.
  const inTurn = turnTaking()
  const retrying = { clock, random, first: 100, longest: 15_000, signal, log }

  // What is built beside the live documents is nobody's business until it takes over.
  const announceLive = (_: bigint, touched: Touched, members: ReadonlySet<Underway>): void => {
    const names = new Set([...members].filter(({ live }) => live).map(({ projection }) => projection.name))
    const live = [...touched].filter(([name]) => names.has(name))
    if (live.length > 0) onProgress(main.position, new Map(live))
  }

  const laneOf = (
    position: bigint,
    members: readonly Underway[],
    onAdvance: LaneOptions<Underway>['onAdvance'],
  ): Lane<Underway> => {
    const lane = openLane<Underway>({
      models,
      tracing,
      clock,
      position,
      members,
      checkpointEvery,
      onAdvance,
      onFailure,
    })
    for (const underway of members) underway.lane = lane
    return lane
  }
  let main = laneOf(START, [], onProgress)

  /** Reads on to the present end of the log; how many events that were. */
  const readOn = async (lane: Lane<Underway>, progress: () => void): Promise<number> => {
    let count = 0
    for await (const page of store.readAll({ after: lane.position, filter, pageSize: batchSize })) {
      const last = page.at(-1)
      if (!last || signal.aborted || lane.members.size === 0) break
      await lane.advance(page, last.position)
      progress()
      count += page.length
      await nextTurn()
    }
    return count
  }

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
    if (leading) main = laneOf(...leading, onProgress)
    onProgress(main.position, new Map())
    for (const group of groups) if (group !== leading) void catchUp(...group)
  }

  const mainCaughtUp = Promise.withResolvers<void>()
  const reachEnd = async (position: bigint): Promise<void> => {
    await generations.activate(main.members)
    if (position > main.position) await main.advance([], position)
    mainCaughtUp.resolve()
  }

  const follow = async (progress: () => void): Promise<void> => {
    await placeMissing()
    for await (const message of store.subscribe({ after: main.position, filter, pageSize: batchSize, signal })) {
      await inTurn(() =>
        message.kind === 'events' ? main.advance(message.events, message.position) : reachEnd(message.position),
      )
      progress()
      if (signal.aborted) return
      // While much is to be read, others on this thread want their turn too.
      if (message.kind === 'events' && message.events.length >= batchSize) await nextTurn()
    }
  }

  // A store that is away is the business of whoever reads or saves next.
  const keepCheckpoints = () => inTurn(() => main.keepCheckpoints()).catch(() => undefined)

  /** Checkpoints follow the documents also when nothing comes after them. */
  const keepKeeping = async (): Promise<void> => {
    while (!signal.aborted) {
      await clock.sleep(checkpointEvery, signal)
      await keepCheckpoints()
    }
  }

  const run = async (): Promise<void> => {
    await started
    const keeping = keepKeeping()
    await persistently(follow, { ...retrying, what: 'the projections' })
    await Promise.all([keeping, ...catchingUp])
    await keepCheckpoints()
  }

  const started = persistently(placeAll, { ...retrying, what: 'the start of the projections' })
  const stopped = run()
  return {
    get main() {
      return main
    },
    catchUp,
    inTurn,
    started,
    caughtUp: mainCaughtUp.promise.then(async () => void (await Promise.all(catchingUp))),
    stopped,
  }
}
