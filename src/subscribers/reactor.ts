// Reactors: what is to be done when something has happened (mail, webhook, alert), as a value. A projection never does anything; a reactor may.
import { v5 } from 'uuid'
import type { RecordedEvent } from '../kernel/event.ts'

/** What a reaction needs to be safe to repeat: it is run at least once, so perhaps again after it worked. */
export interface Effects {
  /** The same at each attempt and replay: a UUID v5 of the reactor's name and the event's id. Serves as a command's or a mail's id. */
  readonly key: string
  /** A key of its own for each of several effects of one event. */
  readonly keyOf: (effect: string) => string
  /** From 1. */
  readonly attempt: number
  /** Aborts when the process is about to stop. */
  readonly signal: AbortSignal
}

type Reaction<Event> = (event: Event, effects: Effects) => Promise<void>

export interface Reactor {
  /** Never changes: checkpoints and keys are made from it. */
  readonly name: string
  /** Where a reactor without a checkpoint begins; a new one must not repeat years of mails. */
  readonly from: 'head' | 'start'
  readonly on: Readonly<Record<string, Reaction<RecordedEvent> | undefined>>
}

export interface ReactorDefinition<Events> {
  readonly from?: 'head' | 'start'
  readonly on: { readonly [K in keyof Events & string]?: Reaction<RecordedEvent<K, Events[K]>> }
}

/** Declares a reactor over the events of the map `Events`. */
export const defineReactor = <Events>(name: string, { from = 'head', on }: ReactorDefinition<Events>): Reactor => ({
  name,
  from,
  // Reactions are contravariant in their event; each gets only events of its own type.
  on: on as unknown as Reactor['on'],
})

const namespace = '6f1c8f5e-3d0b-5a57-9d6b-0c5a3f0e7a11'

export function effectsOf(reactor: Reactor, event: RecordedEvent, attempt: number, signal: AbortSignal): Effects {
  const cause = `${reactor.name}/${event.id}`
  return {
    get key() {
      return v5(cause, namespace)
    },
    keyOf: (effect) => v5(`${cause}/${effect}`, namespace),
    attempt,
    signal,
  }
}
