// One installation's streams on a server that others use too: their names begin with its prefix there, and nobody inside can tell.
import { ConflictError } from '../kernel/errors.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import { type EventFilter, type EventStore, START, type SubscriptionMessage } from '../kernel/event-store.ts'

/** A store of the streams that begin with the prefix in another. Its head is that of its own streams. */
export function prefixed(store: EventStore, prefix: string): EventStore {
  const inside = (event: RecordedEvent): RecordedEvent => ({ ...event, stream: event.stream.slice(prefix.length) })
  const outside = ({ streamPrefixes = [''], ...rest }: EventFilter = {}): EventFilter => ({
    ...rest,
    streamPrefixes: streamPrefixes.map((each) => prefix + each),
  })

  async function* renamed(pages: AsyncIterable<readonly RecordedEvent[]>) {
    for await (const page of pages) yield page.map(inside)
  }

  const prefixedStore: EventStore = {
    async append(writes, metadata, options) {
      const named = writes.map((write) => ({ ...write, stream: write.stream && prefix + write.stream }))
      try {
        return await store.append(named, metadata, options)
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error
        throw new ConflictError(error.stream.slice(prefix.length), error.expected, error.actual)
      }
    },
    readStream: (stream, options) => renamed(store.readStream(prefix + stream, options)),
    readAll: (options) => renamed(store.readAll({ ...options, filter: outside(options?.filter) })),
    async *subscribe(options) {
      for await (const message of store.subscribe({ ...options, filter: outside(options.filter) }))
        yield message.kind === 'events'
          ? ({ ...message, events: message.events.map(inside) } satisfies SubscriptionMessage)
          : message
    },
    async head() {
      for await (const [last] of prefixedStore.readAll({ direction: 'backwards', limit: 1 }))
        if (last) return last.position
      return START
    },
    close: () => store.close(),
  }
  return prefixedStore
}
