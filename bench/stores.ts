// The event store on KurrentDB against its bare client, on the same server in the same run: the one at EVENT_STORE_URL, or a double in a
// process of its own.
import { excludeSystemEvents, jsonEvent, KurrentDBClient, NO_STREAM } from '@kurrent/kurrentdb-client'
import { growingIds } from '../src/ids.ts'
import type { EventStore } from '../src/kernel/event-store.ts'
import { openKurrentEventStore } from '../src/stores/kurrentdb/event-store.ts'
import { startKurrentProcess } from '../test/doubles/kurrentdb/own-process.ts'
import { type Contender, type Figure, inTurns, perSecond } from './figure.ts'

const callers = 64
const milliseconds = 1_000
/** Enough for a round of reading to be measured. */
const eventsRead = 20_000
const newId = growingIds()
const metadata = { actor: 'person:bench', correlationId: 'bench' }
const sold = { productId: newId(), locationId: newId(), saleId: newId(), quantity: 1, cost: 700, onHand: 5 }
const bareMetadata = { ...metadata, schema: '1', recordedAt: new Date().toISOString() }
/** Of this run, so that a server may hold other things as well. */
const prefix = `bench-${newId()}-`

async function server(): Promise<{ url: string; name: string; stop(): Promise<void> }> {
  const url = process.env.EVENT_STORE_URL
  if (url) return { url, name: 'KurrentDB', stop: async () => undefined }
  return { ...(await startKurrentProcess()), name: 'a double of KurrentDB' }
}

/** Lets the callers append for a while, each again when its append is durable. */
const calling = (append: () => Promise<unknown>): Contender =>
  async function measure() {
    const start = performance.now()
    let appends = 0
    const caller = async () => {
      while (performance.now() - start < milliseconds) {
        await append()
        appends += 1
      }
    }
    await Promise.all(Array.from({ length: callers }, caller))
    return perSecond(appends, start)
  }

const reading = (read: () => AsyncIterable<number>): Contender =>
  async function measure() {
    const start = performance.now()
    let events = 0
    for await (const count of read()) {
      events += count
      if (events >= eventsRead) break
    }
    return perSecond(events, start)
  }

/** The streams of one append. */
const names = (count: number) => Array.from({ length: count }, () => `${prefix}${newId()}`)

const ours = (store: EventStore, streams: number): Contender =>
  calling(() => {
    const events = () => [{ id: newId(), type: 'StockSold', schema: 1, data: sold }]
    const writes = names(streams).map((stream) => ({ stream, expected: 'none' as const, events: events() }))
    return store.append(writes, metadata)
  })

const bare = (client: KurrentDBClient, streams: number): Contender =>
  calling(() => {
    const events = () => [jsonEvent({ id: newId(), type: 'StockSold', data: sold, metadata: bareMetadata })]
    const [first = '', ...others] = names(streams)
    if (others.length === 0) return client.appendToStream(first, events(), { streamState: NO_STREAM })
    return client.multiStreamAppend(
      [first, ...others].map((streamName) => ({ streamName, expectedState: NO_STREAM, events: events() })),
    )
  })

/** Appends and reads as shares of what the bare client does. */
export async function stores(): Promise<readonly Figure[]> {
  const { url, name, stop } = await server()
  const client = KurrentDBClient.connectionString(url)
  const store = openKurrentEventStore({ url })
  const against = `the bare client, on ${name}`
  const bound = { ratio: 0.8 }

  const figure = async (title: string, unit: string, limitedBy: string, contenders: readonly Contender[]) => {
    const [baseline = 0, value = 0] = await inTurns(3, contenders)
    return { name: title, unit, value, baseline, against, bound, limitedBy } satisfies Figure
  }

  async function* bareRead() {
    for await (const { event } of client.readAll({ filter: excludeSystemEvents() })) if (event) yield 1
  }
  async function* ourRead() {
    for await (const page of store.readAll()) yield page.length
  }

  const figures = [
    await figure(
      `appends to one stream each, ${callers} callers`,
      '/s',
      'the client’s serialising; a timer and a hash an append',
      [bare(client, 1), ours(store, 1)],
    ),
    await figure(`appends to two streams at once, ${callers} callers`, '/s', 'a gRPC call an append', [
      bare(client, 2),
      ours(store, 2),
    ]),
    await figure('reading all', 'events/s', 'the client’s JSON.parse of data and metadata, an event at a time', [
      reading(bareRead),
      reading(ourRead),
    ]),
  ]
  await store.close()
  await client.dispose()
  await stop()
  return figures
}
