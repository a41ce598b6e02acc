// The event-store port: an append-only log of streams. Adapters are in src/stores; test/contract/event-store.ts is their contract.
import type { Metadata, NewEvent, RecordedEvent } from './event.ts'

/** Before the first event: the position of an empty log, and the revision of a stream that does not exist. */
export const START = -1n

/** What a stream must look like for a write to be accepted: at a revision, absent, present, or whatever it is. */
export type ExpectedRevision = bigint | 'none' | 'exists' | 'any'

export interface StreamWrite {
  readonly stream: string
  readonly expected: ExpectedRevision
  /** At least one. */
  readonly events: readonly NewEvent[]
}

export interface Appended {
  /** Position of the last event of the append. */
  readonly position: bigint
  /** The last revision of each written stream, in the order of the writes. */
  readonly revisions: readonly bigint[]
}

/** The fate of an append that later ones build upon before it is durable. The store sets it. */
export interface Ticket {
  state: 'pending' | 'durable' | 'failed'
}

export interface AppendOptions {
  /** Set by the store to durable or failed. */
  readonly ticket?: Ticket
  /**
   * Earlier appends of this process on whose outcome the decision rests. If one of them fails, this one fails with a ConflictError, even
   * where the revisions would fit by chance. A store that cannot judge in order waits for them.
   */
  readonly after?: readonly Ticket[]
  /** When another log accepted it, for an append that is moved from there; without it, now. */
  readonly recordedAt?: string
}

export interface EventFilter {
  /** Only events of these types. */
  readonly types?: readonly string[]
  /** Only events of streams whose name starts with one of these. */
  readonly streamPrefixes?: readonly string[]
}

export interface ReadStreamOptions {
  /** Start beyond this revision, in the direction of reading. */
  readonly after?: bigint
  readonly direction?: 'forwards' | 'backwards'
  /** At most so many events in all. */
  readonly limit?: number
}

/** Positions are those that the log has given: on a server there is nothing between them, and asking from there is an error. */
export interface ReadAllOptions {
  /** Start beyond this position, in the direction of reading. */
  readonly after?: bigint
  /** Instead of `after`: start forwards with the event at this position. */
  readonly from?: bigint
  readonly direction?: 'forwards' | 'backwards'
  readonly filter?: EventFilter
  readonly limit?: number
  /** Events a page at the most; default 1,000. */
  readonly pageSize?: number
}

export interface SubscribeOptions {
  /** Start beyond this position; START for all of history. */
  readonly after: bigint
  readonly filter?: EventFilter
  readonly pageSize?: number
  readonly signal: AbortSignal
}

/**
 * `events`: a page of events, and the position up to which the log has been seen with it.
 * `caught-up`: all events up to `position` have been handed over (also those that the filter left out); said at the end of history and
 * after each later pause.
 */
export type SubscriptionMessage =
  | { readonly kind: 'events'; readonly events: readonly RecordedEvent[]; readonly position: bigint }
  | { readonly kind: 'caught-up'; readonly position: bigint }

export interface EventStore {
  /**
   * Writes to several streams atomically, each stream named once, and resolves once that is durable.
   * The same event ids in the same streams again are the same append: they succeed with the same answer and write nothing.
   * @throws ConflictError when a stream is not as expected (nothing is written), DuplicateEventError, UnavailableError.
   */
  append(writes: readonly StreamWrite[], metadata: Metadata, options?: AppendOptions): Promise<Appended>
  /** Pages of a stream's events; none when there is no such stream. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<readonly RecordedEvent[]>
  /** Pages of the whole log in order of position. */
  readAll(options?: ReadAllOptions): AsyncIterable<readonly RecordedEvent[]>
  /** History, then what happens, without gap or repetition, until the signal aborts (then the iteration just ends). */
  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionMessage>
  /** The position of the last event; START when there is none. */
  head(): Promise<bigint>
  close(): Promise<void>
}

/** Reads all pages of an iteration into one list. For streams that are known to be short, and for tests. */
export async function collect(pages: AsyncIterable<readonly RecordedEvent[]>): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = []
  for await (const page of pages) all.push(...page)
  return all
}

/** Whether an event passes a filter. */
export function passes(filter: EventFilter | undefined, event: { type: string; stream: string }): boolean {
  if (filter?.types && !filter.types.includes(event.type)) return false
  return !filter?.streamPrefixes || filter.streamPrefixes.some((prefix) => event.stream.startsWith(prefix))
}

/** What the caller of an append has done wrong, as opposed to what others have done meanwhile. */
export function mistakeIn(writes: readonly StreamWrite[]): string | undefined {
  if (writes.length === 0) return 'an append needs at least one write'
  if (new Set(writes.map(({ stream }) => stream)).size < writes.length) return 'an append names each stream once'
  for (const { stream, events } of writes) {
    if (events.length === 0) return `the write to ${stream} has no events`
    if (stream === '' || !stream.isWellFormed()) return 'the name of a stream is a non-empty, well-formed string'
  }
  return undefined
}
