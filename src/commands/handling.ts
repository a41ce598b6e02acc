// Command handling: fold the streams, decide, append everything in one atomic append, and decide anew on a conflict.
import { isRejection, type Rejection } from '../kernel/decider.ts'
import { ConflictError, UnavailableError } from '../kernel/errors.ts'
import type { Metadata, NewEvent } from '../kernel/event.ts'
import { type Appended, type EventStore, START, type StreamWrite, type Ticket } from '../kernel/event-store.ts'
import { type RepeatableRequest, requestLog } from './idempotency.ts'
import { type Folded, type StateCache, stateCache } from './state-cache.ts'
import { Draft, Left, Missing, type Unit } from './unit.ts'

/** Who asks, and what for: becomes the metadata of what is recorded. */
export interface Context extends Metadata {
  /** Makes the command safe to repeat: the same request again gets the recorded answer. */
  readonly request?: RepeatableRequest
}

export interface Done<Answer> {
  readonly rejected: false
  readonly value: Answer
  /** Of the last event of the append (of the log, when there was nothing to record): read models at this position show the effect. */
  readonly position: bigint
}

export type Outcome<Answer> = Done<Answer> | Rejection

export interface CommandHandling {
  /**
   * Runs `decide` over the current states and appends what it staged. `decide` must be pure: it runs again after a conflict, and whenever it
   * asks for an aggregate that is not loaded yet. What it returns is the answer (JSON, when the request is repeatable), or a rejection.
   * @throws ConflictError when others win too often, KeyReusedError, UnavailableError when the store does not answer.
   */
  execute<Answer>(context: Context, decide: (unit: Unit) => Answer | Rejection): Promise<Outcome<Answer>>
  /** Forgets cached states, because another process may have written. */
  forget(): void
  /** A stream is known to have reached a revision, whoever wrote it: an older state of it is forgotten. */
  heard(stream: string, revision: bigint): void
}

/** What the commands of the business need: their functions take it first, then the input, then the context. */
export interface Desk {
  readonly commands: CommandHandling
  /** Gives UUIDs v7. */
  readonly newId: () => string
  readonly now: () => Date
}

/** Who gives the command: the person's id, or the part of the system. */
export const personIn = ({ actor }: Context): string => actor.replace(/^person:/, '')

/** A unit is run again for each aggregate that it asks for first; more often than this it is not getting anywhere. */
const mostRounds = 20_000

export interface CommandHandlingOptions {
  readonly store: EventStore
  /** Gives UUIDs v7. */
  readonly newId: () => string
  readonly cache?: StateCache
  /** How often a command is decided anew when others were quicker. */
  readonly attempts?: number
}

/**
 * Command handling over a store. States are cached and pipelined: a command decides on what those before it have staged, while that is still
 * on its way to the disk, so that many commands on one hot stream share one fsync. If an earlier one fails, those that build on it fail with
 * it and are decided anew.
 */
export function commandHandling({
  store,
  newId,
  cache = stateCache({ store }),
  attempts = 20,
}: CommandHandlingOptions): CommandHandling {
  const requests = requestLog(store)

  /** One run over the states at hand; the missing aggregate when one is not. */
  const run = <Answer>(decide: (unit: Unit) => Answer | Rejection) => {
    const draft = new Draft(cache.peek)
    try {
      return { draft, answer: decide(draft) }
    } catch (error) {
      if (error instanceof Left) return { draft, answer: error.rejection }
      if (error instanceof Missing) return error
      throw error
    }
  }

  const append = async (draft: Draft, context: Context, answer: unknown): Promise<Appended> => {
    const ticket: Ticket = { state: 'pending' }
    const writes: StreamWrite[] = []
    // Also what was only read: if that never becomes durable, nothing may be recorded on the strength of it.
    const after = ticketsUnder([...draft.read.values()])
    for (const [stream, { decider, base, events }] of draft.staged) {
      const named = events.map(
        ({ type, data }): NewEvent => ({ id: newId(), type, schema: decider.events.types[type]?.version ?? 1, data }),
      )
      writes.push({ stream, expected: base && base.revision > START ? base.revision : 'none', events: named })
    }
    if (context.request) writes.push(requests.write(context.request, answer, newId()))
    const settled = store.append(writes, metadataOf(context), { ticket, after })
    const undo: (() => void)[] = []
    for (const [stream, { decider, base, state, events }] of draft.staged)
      if (base)
        undo.push(
          cache.advance(decider, stream, { state, revision: base.revision + BigInt(events.length), ticket, settled }),
        )
    try {
      return await settled
    } catch (error) {
      for (const forget of undo) forget()
      throw error
    }
  }

  const attempt = async <Answer>(
    context: Context,
    decide: (unit: Unit) => Answer | Rejection,
  ): Promise<Outcome<Answer> | 'again'> => {
    // Nothing may come between the decision and its append: the next decision builds on it.
    const ran = run(decide)
    if (ran instanceof Missing) {
      await cache.load(ran.decider, ran.stream)
      return 'again'
    }
    const { draft, answer } = ran
    if (isRejection(answer)) return (await holds(draft)) ? answer : 'again'
    if (draft.staged.size > 0) {
      const { position } = await append(draft, context, answer)
      return { rejected: false, value: answer, position }
    }
    return (await holds(draft)) ? { rejected: false, value: answer, position: await store.head() } : 'again'
  }

  /**
   * Whether all that was read was the truth at some moment of this request: what was on its way to the disk has arrived, and of the rest the
   * store knows no more. That others go on writing meanwhile does not matter, or a refusal on a hot stream would never be told.
   */
  const holds = async ({ read }: Draft): Promise<boolean> => {
    const folded = [...read.values()]
    const under = ticketsUnder(folded)
    const settled = Promise.allSettled(folded.map((each) => each.settled))
    // Asked in the turn of the decision, while the cache still holds what was read.
    const durable = [...read].filter(([, { ticket }]) => ticket?.state !== 'pending').map(([stream]) => stream)
    const states = await Promise.all(durable.map((stream) => cache.refresh(stream)))
    await settled
    return !states.includes('changed') && under.every(({ state }) => state === 'durable')
  }

  const untilAppended = async <Answer>(context: Context, decide: (unit: Unit) => Answer | Rejection) => {
    for (let conflicts = 0, rounds = 1; ; rounds += 1) {
      try {
        const outcome = await attempt(context, decide)
        if (outcome !== 'again') return outcome
        if (rounds >= mostRounds) throw new UnavailableError('the cache of states')
      } catch (error) {
        if (!(error instanceof ConflictError) || ++conflicts >= attempts) throw error
        const recorded = context.request && (await requests.find<Answer>(context.request))
        if (recorded) return recorded
      }
    }
  }

  return {
    execute: (context, decide) =>
      context.request
        ? requests.once(context.request, () => untilAppended(context, decide))
        : untilAppended(context, decide),
    forget: () => cache.clear(),
    heard: (stream, revision) => cache.heard(stream, revision),
  }
}

const ticketsUnder = (states: readonly Folded[]): Ticket[] => [
  ...new Set(states.flatMap(({ ticket }) => (ticket?.state === 'pending' ? [ticket] : []))),
]

const metadataOf = ({ actor, correlationId, causationId, traceparent }: Context): Metadata => ({
  actor,
  correlationId,
  ...(causationId && { causationId }),
  ...(traceparent && { traceparent }),
})
