// Parked events: those that a reactor could not react to. They wait for an administrator, who replays or discards them.
import { z } from 'zod'
import type { RecordedEvent } from '../kernel/event.ts'
import type { EventStore } from '../kernel/event-store.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'

const space = 'parked'

export const parkedEvent = z.object({
  reactor: z.string(),
  eventId: z.string(),
  type: z.string(),
  stream: z.string(),
  revision: z.string(),
  position: z.string(),
  error: z.string(),
  attempts: z.int(),
  /** ISO 8601 UTC. */
  parkedAt: z.string(),
})

/** An event that waits, and why. Revision and position are decimal strings. */
export type ParkedEvent = z.infer<typeof parkedEvent>

export interface ParkedEvents {
  park(parked: ParkedEvent): Promise<void>
  find(reactor: string, eventId: string): Promise<ParkedEvent | undefined>
  /** Whether it was there. */
  remove(reactor: string, eventId: string): Promise<boolean>
  /** In order of reactor and event id. */
  all(): Promise<readonly ParkedEvent[]>
}

const keyOf = (reactor: string, eventId: string): string => `${reactor}/${eventId}`

export function parkedEvents(keyValue: KeyValueStore): ParkedEvents {
  return {
    async park(parked) {
      await keyValue.put(space, keyOf(parked.reactor, parked.eventId), parked)
    },
    async find(reactor, eventId) {
      const entry = await keyValue.get(space, keyOf(reactor, eventId))
      return entry && parkedEvent.parse(entry.value)
    },
    remove: (reactor, eventId) => keyValue.delete(space, keyOf(reactor, eventId)),
    async all() {
      const found: ParkedEvent[] = []
      for (let after: string | undefined; ; ) {
        const page = await keyValue.list(space, { limit: 500, ...(after !== undefined && { after }) })
        found.push(...page.map(({ value }) => parkedEvent.parse(value)))
        after = page.at(-1)?.key
        if (after === undefined) return found
      }
    },
  }
}

/** The parked event as the log holds it. */
export async function recall(store: EventStore, { stream, revision }: ParkedEvent): Promise<RecordedEvent | undefined> {
  for await (const [event] of store.readStream(stream, { after: BigInt(revision) - 1n, limit: 1 })) return event
  return undefined
}
