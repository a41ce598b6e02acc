// The projection runner: keeps all read models current from one reading of the log, and builds new versions and rebuilds beside the live ones.
import type { RecordedEvent } from '../kernel/event.ts'
import { type EventStore, START } from '../kernel/event-store.ts'
import type { Projection } from '../kernel/projection.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import { noTracing, type Tracing } from '../kernel/tracing.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Failure } from './fold-batch.ts'
import { followLog } from './following.ts'
import { generationsOf, type Underway } from './generations.ts'
import { held } from './holds.ts'
import { reasonOf, type Touched } from './lane.ts'
import type { Log } from './log.ts'
import { positionWaiters } from './position-waiters.ts'

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
  /** Stops a projection where it stands, until it is resumed; whether there was one to stop. */
  hold(name: string): Promise<boolean>
  /** Resolves once all have reached the end of the log for the first time (or stopped), and what was put off until then is done. */
  readonly caughtUp: Promise<void>
  /** Resolves once the signal has aborted and the batch under way is saved. */
  readonly stopped: Promise<void>
}

export interface ProjectionRunnerOptions {
  readonly store: EventStore
  readonly models: ReadModels
  readonly projections: readonly Projection[]
  readonly signal: AbortSignal
  readonly log: Log
  readonly tracing?: Tracing
  /** After each batch: the position that the live read models have reached, and which documents changed. */
  readonly onProgress?: (position: bigint, touched: Touched) => void
  readonly onFailure?: (stopped: StoppedProjection) => void
  readonly clock?: Clock
  readonly random?: () => number
  /** Whether other nodes may run newer versions of the projections at the same time: those are then left to them. */
  readonly yielding?: boolean
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
  tracing = noTracing,
  onProgress = () => undefined,
  onFailure = () => undefined,
  clock = systemClock,
  random = Math.random,
  yielding = false,
  batchSize = 4_000,
  checkpointEvery = 250,
}: ProjectionRunnerOptions): ProjectionRunner {
  const generations = generationsOf(projections, models, { yielding })
  const rebuilding = new Map<string, Promise<Rebuilt>>()
  const waiters = positionWaiters()
  const filter = { types: [...new Set(projections.flatMap(({ on }) => Object.keys(on)))] }

  const stopAt = (underway: Underway, failure: Failure, position: bigint): void => {
    const reason = reasonOf(failure)
    const { name, version } = underway.projection
    Object.assign(underway, { lane: undefined, position, failure: reason })
    log.error({ projection: name, version, reason, err: failure.error }, `projection ${name} stopped`)
    onFailure({ projection: name, version, reason, ...failure })
  }

  const following = followLog({
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
    onFailure: stopAt,
    onProgress(position, touched) {
      waiters.reached(position)
      onProgress(position, touched)
    },
  })

  const build = async (names: readonly string[]): Promise<Rebuilt> => {
    await following.started
    if (signal.aborted) return 'stopped'
    const members = await generations.next(names)
    await following.catchUp(START, members)
    return members.every(({ live }) => live) ? 'rebuilt' : 'stopped'
  }

  const positionOf = (underway: Underway): ProjectionPosition => ({
    name: underway.projection.name,
    version: underway.projection.version,
    generation: underway.generation.number,
    position: underway.lane?.position ?? underway.position,
    live: underway.live,
    state: underway.lane === following.main ? 'current' : underway.lane ? 'catching-up' : 'stopped',
    ...(underway.failure !== undefined && { failure: underway.failure }),
  })

  return {
    positions() {
      const all = [...generations.all].map(positionOf)
      const { position } = following.main
      const lowest = all.reduce((low, one) => (one.live && one.position < low ? one.position : low), position)
      return { position, lowest, projections: all }
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
      await following.started
      return following.inTurn(async () => {
        const stopped = [...generations.all].filter(({ projection, lane }) => projection.name === name && !lane)
        for (const underway of stopped) {
          await models.fail(underway.generation, null)
          underway.failure = undefined
          void following.catchUp(underway.position, [underway])
        }
        return stopped.length > 0
      })
    },

    async hold(name) {
      await following.started
      return following.inTurn(async () => {
        const running = [...generations.all].filter(({ projection, lane }) => projection.name === name && lane)
        for (const underway of running) {
          underway.position = underway.lane?.position ?? underway.position
          underway.lane?.dismiss(underway)
          Object.assign(underway, { lane: undefined, failure: held })
          const { generation, position } = underway
          await models.save({ saves: [], checkpoints: [{ generation, position }] })
          await models.fail(generation, held)
        }
        return running.length > 0
      })
    },

    caughtUp: following.caughtUp,
    stopped: following.stopped.then(() => waiters.giveUp()),
  }
}
