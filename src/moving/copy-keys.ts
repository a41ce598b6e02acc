// What is kept beside the log, copied to another key-value store; positions of the log become those of its copy.
import type { RecordedEvent } from '../kernel/event.ts'
import { type EventStore, START } from '../kernel/event-store.ts'
import type { Entry, KeyValueStore } from '../kernel/key-value.ts'
import { moveCheckpoints } from '../subscribers/checkpoint.ts'
import { twinOf } from './copy-log.ts'
import { numberingSpace } from './numbering.ts'

/** What is made again where it is missing, or says only what nodes do at the moment. */
const passing = new Set([
  'snapshot',
  'lease',
  'progress',
  'reactor',
  'nodes',
  'presence',
  'log-tree',
  'product-imports',
  'log-verifications',
  'projection-holds',
  numberingSpace,
])
const entriesAtOnce = 500

async function* entriesOf(store: KeyValueStore, space: string): AsyncGenerator<readonly Entry[], undefined> {
  for (let after = ''; ; ) {
    const page = await store.list(space, { after, limit: entriesAtOnce })
    const last = page.at(-1)
    if (!last) return
    yield page
    after = last.key
  }
}

async function copySpace(from: KeyValueStore, to: KeyValueStore, space: string): Promise<number> {
  let entries = 0
  for await (const page of entriesOf(from, space)) {
    const there = await to.getMany(
      space,
      page.map(({ key }) => key),
    )
    const known = new Map(there.map(({ key, value }) => [key, JSON.stringify(value)]))
    for (const { key, value } of page) if (known.get(key) !== JSON.stringify(value)) await to.put(space, key, value)
    entries += page.length
  }
  // What was removed since an earlier attempt, such as the key of somebody who was erased, must not live on.
  for await (const page of entriesOf(to, space)) {
    const kept = await from.getMany(
      space,
      page.map(({ key }) => key),
    )
    const keys = new Set(kept.map(({ key }) => key))
    for (const { key } of page) if (!keys.has(key)) await to.delete(space, key)
  }
  return entries
}

/** The position in a copy of a log up to which it holds what the original holds up to a position. */
async function positionInCopy(position: bigint, from: EventStore, to: EventStore): Promise<bigint> {
  let next: RecordedEvent | undefined
  for await (const [event] of from.readAll({ after: position, limit: 1 })) next = event
  const twin = next && (await twinOf(next, to))
  if (!twin) return to.head()
  for await (const [before] of to.readAll({ direction: 'backwards', after: twin.position, limit: 1 }))
    if (before) return before.position
  return START
}

export interface Side {
  /** The raw log. */
  readonly eventStore: EventStore
  readonly keyValue: KeyValueStore
}

/** Copies what is kept beside the log, once the log itself is copied; how many entries that are. Again, it copies what has changed. */
export async function copyKeys(from: Side, to: Side): Promise<number> {
  let entries = 0
  const spaces = new Set([...(await from.keyValue.spaces()), ...(await to.keyValue.spaces())])
  for (const space of spaces) if (!passing.has(space)) entries += await copySpace(from.keyValue, to.keyValue, space)
  entries += await moveCheckpoints(from.keyValue, to.keyValue, (position) =>
    positionInCopy(position, from.eventStore, to.eventStore),
  )
  return entries
}
