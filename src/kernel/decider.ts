// Deciders: the rules of one kind of aggregate, pure. Commands in, events or a rejection out; events in, state out.
// After Jérémie Chassaing, "Functional Event Sourcing Decider" (2021).
import type { DomainEvent, EventCatalogue, EventIn } from './event.ts'

/** A command that the rules do not allow. `code` never changes; `details` say what the reader needs to mend it. */
export interface Rejection {
  readonly rejected: true
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>
}

export const reject = (code: string, details: Record<string, unknown> = {}): Rejection => ({
  rejected: true,
  code,
  details,
})

export const isRejection = (value: unknown): value is Rejection =>
  typeof value === 'object' && value !== null && 'rejected' in value && value.rejected === true

/** Nothing to record: the command changes nothing. */
export const nothing: readonly never[] = []

/**
 * The rules of one kind of aggregate. `Commands` and `Events` are maps from a type's name to its data.
 * An event type without an entry in `evolve` does not change the state.
 */
export interface Decider<Commands, Events, State> {
  /** The events' catalogue; its category starts the names of the aggregate's streams. */
  readonly events: EventCatalogue
  readonly initial: State
  readonly decide: {
    readonly [K in keyof Commands]: (state: State, command: Commands[K]) => readonly EventIn<Events>[] | Rejection
  }
  readonly evolve: { readonly [K in keyof Events]?: (state: State, data: Events[K]) => State }
  /** Hardly anything is to be expected after this state: once it is recorded it is not kept at hand, of which there may be very many. */
  readonly isOver?: (state: State) => boolean
  /** The state follows from the last event alone, so that a long stream need not be read (a series of numbers). */
  readonly fromLastEvent?: boolean
  /** Long streams are folded from a cached snapshot of this version; raise it whenever `State` or `evolve` change. */
  readonly snapshotVersion?: number
}

/** The name of the stream of one aggregate. */
export const streamOf = (decider: { readonly events: EventCatalogue }, id: string): string =>
  `${decider.events.category}-${id}`

/** The state after one more event. */
export function evolve<State>(decider: { readonly evolve: object }, state: State, { type, data }: DomainEvent): State {
  const apply = (decider.evolve as Record<string, ((state: State, data: unknown) => State) | undefined>)[type]
  return apply ? apply(state, data) : state
}

/** The state after all of these events. */
export const fold = <State>(
  decider: { readonly initial: State; readonly evolve: object },
  events: Iterable<DomainEvent>,
): State => {
  let state = decider.initial
  for (const event of events) state = evolve(decider, state, event)
  return state
}
