// One log copied into another, event by event in its order, with ids, times and metadata; gone on with where an earlier attempt ended.
import type { RecordedEvent } from '../kernel/event.ts'
import { type EventStore, START, type StreamWrite } from '../kernel/event-store.ts'

/** The store that was to be filled holds something else than the beginning of the other's log. */
export class AnotherLogError extends Error {
  readonly code = 'another-log'
  constructor(found: string) {
    super(`the target is not empty, and no beginning of a copy: ${found}; choose another prefix, database or directory`)
    this.name = 'AnotherLogError'
  }
}

/** Events of one append at the most: servers take no messages of any size. */
const mostEvents = 500

/** What is written at once: events that were recorded together, so that a half of what belongs together never stands alone. */
interface Append {
  readonly first: RecordedEvent
  readonly writes: Map<string, RecordedEvent[]>
  count: number
}

const begin = (first: RecordedEvent): Append => ({ first, writes: new Map(), count: 0 })

/** Whether an event may follow in the same append without a change of order: appends keep a stream's events together. */
function belongsTo({ first, writes, count }: Append, event: RecordedEvent): boolean {
  if (count >= mostEvents || event.recordedAt !== first.recordedAt) return false
  if (JSON.stringify(event.metadata) !== JSON.stringify(first.metadata)) return false
  return !writes.has(event.stream) || [...writes.keys()].at(-1) === event.stream
}

function add(append: Append, event: RecordedEvent): void {
  const events = append.writes.get(event.stream)
  if (events) events.push(event)
  else append.writes.set(event.stream, [event])
  append.count += 1
}

async function write(to: EventStore, { first, writes }: Append): Promise<void> {
  const asWritten = [...writes].map(([stream, events]): StreamWrite => {
    const before = (events[0]?.revision ?? 0n) - 1n
    return {
      stream,
      expected: before === START ? 'none' : before,
      events: events.map(({ id, type, schema, data }) => ({ id, type, schema, data })),
    }
  })
  await to.append(asWritten, first.metadata, { recordedAt: first.recordedAt })
}

async function lastOf(store: EventStore): Promise<RecordedEvent | undefined> {
  for await (const [event] of store.readAll({ direction: 'backwards', limit: 1 })) return event
  return undefined
}

/** The same event in another store: by its stream and revision, which a copy keeps. */
export async function twinOf(event: RecordedEvent, store: EventStore): Promise<RecordedEvent | undefined> {
  for await (const [twin] of store.readStream(event.stream, { after: event.revision - 1n, limit: 1 }))
    return twin?.id === event.id ? twin : undefined
  return undefined
}

/** Where in the source the copy ends so far. @throws AnotherLogError */
async function copiedUpTo(from: EventStore, to: EventStore): Promise<bigint> {
  const last = await lastOf(to)
  if (!last) return START
  const original = await twinOf(last, from)
  if (!original) throw new AnotherLogError(`its last event is ${last.type} ${last.id} in ${last.stream}`)
  return original.position
}

/**
 * Copies what the target does not have yet, up to the present end of the source; nobody else may write to the target. Both are raw logs, as
 * stored. How many events that were. @throws AnotherLogError, UnavailableError
 */
export async function copyLog(
  from: EventStore,
  to: EventStore,
  onProgress: (copied: number) => void = () => undefined,
): Promise<number> {
  let copied = 0
  let append: Append | undefined
  const finish = async (): Promise<void> => {
    if (!append) return
    await write(to, append)
    copied += append.count
    append = undefined
    onProgress(copied)
  }
  for await (const page of from.readAll({ after: await copiedUpTo(from, to) }))
    for (const event of page) {
      if (append && !belongsTo(append, event)) await finish()
      append ??= begin(event)
      add(append, event)
    }
  await finish()
  return copied
}
