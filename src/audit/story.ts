// The story of one sale, product, person or customer: the facts of all streams that are about it, in the order of the log.
import { locations } from '../../projections/locations.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import { collect, type EventStore } from '../kernel/event-store.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import { correlationOf } from './causes.ts'
import type { LogTree } from './log-tree.ts'

export const storyKinds = ['sale', 'product', 'person', 'customer', 'order'] as const
export type StoryKind = (typeof storyKinds)[number]

/** What the streams of each kind begin with. */
const categories: Readonly<Record<StoryKind, string>> = {
  sale: 'sale',
  product: 'product',
  person: 'person',
  customer: 'customer',
  order: 'purchase-order',
}

/** The latest facts of a long story. */
const longest = 200

interface Sources {
  readonly rawLog: EventStore
  readonly tree: LogTree
  readonly models: ReadModels
}

/** The streams that are about something. */
async function streamsOf({ models }: Sources, kind: StoryKind, id: string): Promise<readonly string[]> {
  const own = `${categories[kind]}-${id}`
  if (kind !== 'product') return [own]
  const places = await models.find(locations, { limit: 1_000 })
  return [own, ...places.items.map(({ document }) => `stock-${id}@${document.locationId}`)]
}

const latest = (rawLog: EventStore, stream: string): Promise<RecordedEvent[]> =>
  collect(rawLog.readStream(stream, { direction: 'backwards', limit: longest }))

/** The facts, oldest first; of a sale also what each of its requests recorded elsewhere and caused. None: there is no such thing. */
export async function storyOf(sources: Sources, kind: StoryKind, id: string): Promise<readonly RecordedEvent[]> {
  const streams = await streamsOf(sources, kind, id)
  const own = (await Promise.all(streams.map((stream) => latest(sources.rawLog, stream)))).flat()
  const events = new Map(own.map((event) => [event.id, event]))
  const requests = new Map(own.map((event) => [event.metadata.correlationId, event]))
  if (kind === 'sale')
    for (const [correlationId, event] of requests) {
      const { events: related } = await correlationOf(sources, correlationId, event)
      for (const one of related) events.set(one.id, one)
    }
  return [...events.values()].sort((a, b) => (a.position < b.position ? -1 : 1)).slice(-longest)
}
