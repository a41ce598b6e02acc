// A unit of decisions: what one command reads and stages over several aggregates, to be recorded in one append or not at all.
import { type Decider, evolve, isRejection, type Rejection, reject, streamOf } from '../kernel/decider.ts'
import type { DomainEvent, EventIn } from '../kernel/event.ts'
import type { Folded } from './state-cache.ts'

// biome-ignore lint/suspicious/noExplicitAny: a decider of whatever commands, events and state
export type AnyDecider = Decider<any, any, any>

/** What a decision sees and stages. */
export interface Unit {
  /** The aggregate's state, including what this unit has staged. */
  state<C, E, S>(decider: Decider<C, E, S>, id: string): S
  /** Decides on an aggregate and stages the events. A rejection ends the whole unit with it. */
  decide<C, E, S, K extends keyof C & string>(
    decider: Decider<C, E, S>,
    id: string,
    type: K,
    command: C[K],
  ): readonly EventIn<E>[]
  /** Like `decide`, but gives the rejection back (then nothing is staged by it). */
  attempt<C, E, S, K extends keyof C & string>(
    decider: Decider<C, E, S>,
    id: string,
    type: K,
    command: C[K],
  ): readonly EventIn<E>[] | Rejection
  /** Decides on an aggregate whose id was made for this command: it is not looked up, and must not exist yet. */
  create<C, E, S, K extends keyof C & string>(
    decider: Decider<C, E, S>,
    id: string,
    type: K,
    command: C[K],
  ): readonly EventIn<E>[]
}

/** Thrown to leave a unit with a rejection. */
export class Left extends Error {
  readonly rejection: Rejection
  constructor(rejection: Rejection) {
    super(rejection.code)
    this.name = 'Left'
    this.rejection = rejection
  }
}

/** Leaves the unit with a rejection, from however deep. */
export function refuse(code: string, details: Record<string, unknown> = {}): never {
  throw new Left(reject(code, details))
}

/** The data of the fact of a type among those that were decided. @throws TypeError when the rules decided no such fact. */
export function factIn<Event extends DomainEvent, Type extends Event['type']>(events: readonly Event[], type: Type) {
  const fact = events.find((event): event is Extract<Event, { type: Type }> => event.type === type)
  if (!fact) throw new TypeError(`the rules decided no ${type}`)
  return fact.data as Extract<Event, { type: Type }>['data']
}

/** Thrown when a unit asks for an aggregate that is not at hand: load it and run the unit again. */
export class Missing extends Error {
  readonly decider: AnyDecider
  readonly stream: string
  constructor(decider: AnyDecider, stream: string) {
    super(stream)
    this.name = 'Missing'
    this.decider = decider
    this.stream = stream
  }
}

interface Staged {
  readonly decider: AnyDecider
  /** What the stream was folded to before; undefined for a stream that must not exist. */
  readonly base: Folded | undefined
  state: unknown
  readonly events: DomainEvent[]
}

/** One run of a unit: what it has read and staged so far. */
export class Draft implements Unit {
  readonly read = new Map<string, Folded>()
  readonly staged = new Map<string, Staged>()
  readonly #peek: (stream: string) => Folded | undefined

  constructor(peek: (stream: string) => Folded | undefined) {
    this.#peek = peek
  }

  state<C, E, S>(decider: Decider<C, E, S>, id: string): S {
    return this.#stateOf(decider, streamOf(decider, id))
  }

  attempt<C, E, S, K extends keyof C & string>(decider: Decider<C, E, S>, id: string, type: K, command: C[K]) {
    const stream = streamOf(decider, id)
    const result = decider.decide[type](this.#stateOf(decider, stream), command)
    if (!isRejection(result)) this.#stage(decider, stream, result)
    return result
  }

  decide<C, E, S, K extends keyof C & string>(decider: Decider<C, E, S>, id: string, type: K, command: C[K]) {
    const result = this.attempt(decider, id, type, command)
    if (isRejection(result)) throw new Left(result)
    return result
  }

  create<C, E, S, K extends keyof C & string>(decider: Decider<C, E, S>, id: string, type: K, command: C[K]) {
    const result = decider.decide[type](decider.initial, command)
    if (isRejection(result)) throw new Left(result)
    this.#stage(decider, streamOf(decider, id), result)
    return result
  }

  #stateOf<C, E, S>(decider: Decider<C, E, S>, stream: string): S {
    const staged = this.staged.get(stream)
    // The stream's name carries the aggregate's category, so its state is this decider's.
    return (staged ? staged.state : this.#folded(decider, stream).state) as S
  }

  #folded(decider: AnyDecider, stream: string): Folded {
    const folded = this.read.get(stream) ?? this.#peek(stream)
    if (!folded) throw new Missing(decider, stream)
    this.read.set(stream, folded)
    return folded
  }

  #stage(decider: AnyDecider, stream: string, events: readonly DomainEvent[]): void {
    if (events.length === 0) return
    let staged = this.staged.get(stream)
    if (!staged) {
      const base = this.read.get(stream)
      staged = { decider, base, state: base ? base.state : decider.initial, events: [] }
      this.staged.set(stream, staged)
    }
    for (const event of events) {
      staged.state = evolve(decider, staged.state, event)
      staged.events.push(event)
    }
  }
}
