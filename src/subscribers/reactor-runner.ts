// The reactor runner: hands each reactor its events at least once and in order, tries again, and parks what does not work.
import { attributes, spans } from '../../otel/spans.ts'
import { delayAfter } from '../kernel/backoff.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import { type EventStore, START } from '../kernel/event-store.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import { noTracing, type Tracing, traceIds } from '../kernel/tracing.ts'
import { persistently } from './backoff.ts'
import { type Checkpoint, takeCheckpoint } from './checkpoint.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Lease, type Leases, leasesOfOneNode } from './leases.ts'
import type { Log } from './log.ts'
import { type ParkedEvent, parkedEvents, recall } from './parked-events.ts'
import { effectsOf, type Reactor } from './reactor.ts'

export interface ReactorPosition {
  readonly name: string
  /** All events up to here are reacted to, or parked; undefined while another node has been the one to react. */
  readonly position: bigint | undefined
}

export interface ReactorRunner {
  positions(): readonly ReactorPosition[]
  parked(): Promise<readonly ParkedEvent[]>
  /** Tries a parked event once more: 'done' (it is no longer parked), 'failed' (it is, with the new error), or 'unknown'. */
  replay(reactor: string, eventId: string): Promise<'done' | 'failed' | 'unknown'>
  /** Gives a parked event up for good; whether it was parked. */
  discard(reactor: string, eventId: string): Promise<boolean>
  /** Resolves once the signal has aborted, the reactions under way have ended and the checkpoints are saved. */
  readonly stopped: Promise<void>
}

export interface ReactorRunnerOptions {
  readonly store: EventStore
  readonly keyValue: KeyValueStore
  readonly reactors: readonly Reactor[]
  /** Each reactor runs under one of its own; default: this is the only node. */
  readonly leases?: Leases
  readonly signal: AbortSignal
  readonly log: Log
  readonly tracing?: Tracing
  readonly onParked?: (parked: ParkedEvent) => void
  readonly clock?: Clock
  readonly random?: () => number
  /** How often an event is tried before it is parked. */
  readonly tries?: number
  /** Milliseconds before the second try; doubled for each later one, up to `longestDelay`. */
  readonly firstDelay?: number
  readonly longestDelay?: number
  /** Milliseconds between two writes of a checkpoint: what happened in between is reacted to again after a crash. */
  readonly checkpointEvery?: number
}

/** Starts the reactors, until the signal aborts. Returns at once. */
export function startReactors({
  store,
  keyValue,
  reactors,
  leases = leasesOfOneNode(),
  signal,
  log,
  tracing = noTracing,
  onParked = () => undefined,
  clock = systemClock,
  random = Math.random,
  tries = 5,
  firstDelay = 500,
  longestDelay = 30_000,
  checkpointEvery = 1_000,
}: ReactorRunnerOptions): ReactorRunner {
  const parked = parkedEvents(keyValue)
  const pace = { random, first: firstDelay, longest: longestDelay }
  const standings = reactors.map((reactor) => ({ reactor, checkpoint: undefined as Checkpoint | undefined }))
  type Standing = (typeof standings)[number]

  const park = async (
    reactor: Reactor,
    event: RecordedEvent,
    error: unknown,
    attempts: number,
  ): Promise<ParkedEvent> => {
    const entry: ParkedEvent = {
      reactor: reactor.name,
      eventId: event.id,
      type: event.type,
      stream: event.stream,
      revision: String(event.revision),
      position: String(event.position),
      error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      attempts,
      parkedAt: new Date(clock.now()).toISOString(),
    }
    await parked.park(entry)
    return entry
  }

  const traced = (reactor: Reactor, event: RecordedEvent, attempt: number, reaction: () => Promise<void>) => {
    if (!tracing.on) return reaction()
    const about = {
      [attributes.reactor]: reactor.name,
      [attributes.eventTypes]: event.type,
      [attributes.attempt]: attempt,
    }
    const { traceparent } = event.metadata
    return tracing.span(spans.react, { kind: 'consumer', links: [traceparent], attributes: about }, reaction)
  }

  /** Reacts to one event, or parks it. False when the signal aborted before either. */
  const react = async (reactor: Reactor, event: RecordedEvent, ending: AbortSignal): Promise<boolean> => {
    const reaction = reactor.on[event.type]
    if (!reaction) return true
    for (let attempt = 1; ; attempt++)
      try {
        await traced(reactor, event, attempt, () => reaction(event, effectsOf(reactor, event, attempt, ending)))
        return true
      } catch (error) {
        if (ending.aborted) return false
        if (attempt >= tries) {
          const entry = await park(reactor, event, error, attempt)
          log.error(
            { ...entry, err: error, ...traceIds(event.metadata.traceparent) },
            `reactor ${reactor.name} parked an event`,
          )
          onParked(entry)
          return true
        }
        await clock.sleep(delayAfter(attempt, pace), ending)
        if (ending.aborted) return false
      }
  }

  const follow = async (standing: Standing, lease: Lease, progress: () => void): Promise<void> => {
    const { reactor } = standing
    const start = async () => (reactor.from === 'start' ? START : store.head())
    const checkpoint = await takeCheckpoint(keyValue, reactor.name, lease, start)
    standing.checkpoint = checkpoint
    const filter = { types: Object.keys(reactor.on) }
    for await (const message of store.subscribe({ after: checkpoint.position, filter, signal: lease.signal })) {
      for (const event of message.kind === 'events' ? message.events : []) {
        if (!(await react(reactor, event, lease.signal))) return
        checkpoint.position = event.position
        if (lease.signal.aborted) return
      }
      checkpoint.position = message.position
      progress()
    }
  }

  const followUnderLease = async (standing: Standing, progress: () => void): Promise<void> => {
    const work = async (lease: Lease): Promise<void> => {
      try {
        await follow(standing, lease, progress)
      } finally {
        // While the lease is still held: whoever has it next starts from here. What cannot be kept is only repeated.
        await standing.checkpoint?.keep().catch(() => undefined)
      }
    }
    await leases.whileHeld(`reactor/${standing.reactor.name}`, work, signal)
  }

  const keepCheckpoints = async (): Promise<void> => {
    while (!signal.aborted) {
      await clock.sleep(checkpointEvery, signal)
      // What cannot be kept now can be kept later; nothing is lost but a repetition.
      await Promise.allSettled(standings.map(({ checkpoint }) => checkpoint?.keep()))
    }
  }

  const run = async (): Promise<void> => {
    const keeping = keepCheckpoints()
    const retrying = { clock, random, first: 100, longest: 15_000, signal, log }
    await Promise.all(
      standings.map((standing) =>
        persistently((progress) => followUnderLease(standing, progress), {
          ...retrying,
          what: `the reactor ${standing.reactor.name}`,
        }),
      ),
    )
    await keeping
  }

  return {
    positions: () =>
      standings.map(({ reactor, checkpoint }) => ({ name: reactor.name, position: checkpoint?.position })),
    parked: () => parked.all(),
    discard: (reactor, eventId) => parked.remove(reactor, eventId),

    async replay(name, eventId) {
      const reactor = reactors.find((one) => one.name === name)
      const entry = await parked.find(name, eventId)
      const event = entry && (await recall(store, entry))
      if (!reactor || !event) return 'unknown'
      const attempt = entry.attempts + 1
      try {
        await reactor.on[event.type]?.(event, effectsOf(reactor, event, attempt, signal))
      } catch (error) {
        await park(reactor, event, error, attempt)
        return 'failed'
      }
      await parked.remove(name, eventId)
      return 'done'
    },

    stopped: run(),
  }
}
