// One log copied into another, event by event in its order, with ids, times and metadata; gone on with where an earlier attempt ended.
import type { RecordedEvent } from '../kernel/event.ts'
import { type EventStore, START } from '../kernel/event-store.ts'
import { logWriter } from './log-writer.ts'

/** The store that was to be filled holds something else than the beginning of the other's log. */
export class AnotherLogError extends Error {
  readonly code = 'another-log'
  constructor(found: string) {
    super(`the target is not empty, and no beginning of a copy: ${found}; choose another prefix, database or directory`)
    this.name = 'AnotherLogError'
  }
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
  const writer = logWriter(to, (_, __, count) => {
    copied += count
    onProgress(copied)
  })
  for await (const page of from.readAll({ after: await copiedUpTo(from, to) })) await writer.add(page)
  await writer.finish()
  return copied
}
