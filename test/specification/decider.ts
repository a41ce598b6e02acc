// Specifications of deciders: given these events, when this command, then these events, or this rejection.
import assert from 'node:assert/strict'
import { type Decider, fold, isRejection, type Rejection } from '../../src/kernel/decider.ts'
import type { DomainEvent, EventIn } from '../../src/kernel/event.ts'
import { frozen } from './frozen.ts'

interface Verdict<Events> {
  /** Exactly these events are decided, in this order. */
  then(expected: readonly EventIn<Events>[]): void
  /** The command is refused with this code and, when they are given, exactly these details. */
  thenRejected(code: string, details?: Record<string, unknown>): void
  /** The command is accepted but changes nothing. */
  thenNothing(): void
}

interface Situation<Commands, Events, State> {
  readonly state: State
  /** The command. What it decides must follow the events' schemas, and neither it nor the state may be changed. */
  when<K extends keyof Commands & string>(type: K, data: Commands[K]): Verdict<Events>
}

/** The situation after the given events. */
export function given<Commands, Events, State>(
  decider: Decider<Commands, Events, State>,
  events: readonly EventIn<NoInfer<Events>>[] = [],
): Situation<Commands, Events, State> {
  const state = frozen(fold(decider, frozen(events as readonly DomainEvent[])))
  return {
    state,
    when(type, data) {
      const outcome = decider.decide[type](state, frozen(data))
      if (!isRejection(outcome)) for (const event of outcome) assertFollowsSchema(decider, event)
      return verdict<Events>(outcome, type)
    },
  }
}

function verdict<Events>(outcome: readonly EventIn<Events>[] | Rejection, command: string): Verdict<Events> {
  return {
    // biome-ignore lint/suspicious/noThenProperty: the third word of given, when, then; nobody awaits a verdict
    then: (expected) => assert.deepEqual(outcome, expected),
    thenRejected(code, details) {
      assert.ok(isRejection(outcome), `${command} was accepted: ${JSON.stringify(outcome)}`)
      assert.equal(outcome.code, code)
      if (details) assert.deepEqual(outcome.details, details)
    },
    thenNothing: () => assert.deepEqual(outcome, []),
  }
}

function assertFollowsSchema(decider: Pick<Decider<unknown, unknown, unknown>, 'events'>, event: DomainEvent): void {
  const schema = decider.events.types[event.type]
  assert.ok(schema, `${event.type} is not an event of ${decider.events.category}`)
  const parsed = schema.schema.safeParse(event.data)
  assert.ok(parsed.success, `${event.type} does not follow its schema: ${parsed.error?.message}`)
}
