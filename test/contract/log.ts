// How the event-store contract writes to a log that others may use too, and how it follows one.
import { v7 as newId } from 'uuid'
import type { Metadata, NewEvent, RecordedEvent } from '../../src/kernel/event.ts'
import type { EventFilter, EventStore, StreamWrite, SubscriptionMessage } from '../../src/kernel/event-store.ts'
import { soon } from './opened.ts'

export const metadata: Metadata = { actor: 'system:contract', correlationId: 'contract' }

/** A prefix that no other test's streams have. */
export const newPrefix = (): string => `contract${newId().replaceAll('-', '')}`

export const sold = (quantity: number, type = 'StockSold'): NewEvent => ({
  id: newId(),
  type,
  schema: 1,
  data: { quantity },
})

export const someSold = (count: number): NewEvent[] => Array.from({ length: count }, (_, i) => sold(i))

export const write = (stream: string, expected: StreamWrite['expected'], ...events: NewEvent[]): StreamWrite => ({
  stream,
  expected,
  events,
})

export const ids = (events: readonly { readonly id: string }[]): string[] => events.map(({ id }) => id)

export interface Follower {
  readonly messages: readonly SubscriptionMessage[]
  readonly events: readonly RecordedEvent[]
  /** Resolves when what was seen so far satisfies the condition. */
  until(condition: () => boolean, what: string): Promise<void>
  /** Aborts, and resolves when the iteration has ended. */
  stop(): Promise<void>
}

/** Subscribes, and keeps all that comes. */
export function follow(
  store: EventStore,
  after: bigint,
  options: { filter?: EventFilter; pageSize?: number } = {},
): Follower {
  const messages: SubscriptionMessage[] = []
  const events: RecordedEvent[] = []
  const abort = new AbortController()
  let told = () => {}
  const running = (async () => {
    for await (const message of store.subscribe({ after, signal: abort.signal, ...options })) {
      messages.push(message)
      if (message.kind === 'events') events.push(...message.events)
      told()
    }
  })()
  // A failure shows where somebody waits for the follower.
  running.catch(() => undefined)
  return {
    messages,
    events,
    until: (condition, what) =>
      soon(
        Promise.race([
          new Promise<void>((resolve) => {
            told = () => condition() && resolve()
            told()
          }),
          running.then(() => {
            if (!condition()) throw new Error(`the subscription ended before: ${what}`)
          }),
        ]),
        what,
      ),
    stop: async () => {
      abort.abort()
      await soon(running, 'the end of a subscription')
    },
  }
}
