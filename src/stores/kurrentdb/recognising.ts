// Recognising an append in the log by the ids of its events, when the answer to it was lost.
import { DuplicateEventError } from '../../kernel/errors.ts'
import type { RecordedEvent } from '../../kernel/event.ts'
import { type Appended, START, type StreamWrite } from '../../kernel/event-store.ts'
import type { Reading } from './reading.ts'

/** Where the first of these events stands in its stream, and those after it; or the last revision of a stream that has none of it. */
type Traces = { readonly events: readonly RecordedEvent[] } | { readonly last: bigint }

export interface Unwritten {
  /** The last revision of each stream whose expectation names none, START when there is no such stream. */
  readonly revisions: ReadonlyMap<string, bigint>
}

/**
 * The answer to an append that is in the log already; otherwise how its streams stand.
 * @throws DuplicateEventError when only part of it is there: the id is another append's
 */
export async function recognise(reading: Reading, writes: readonly StreamWrite[]): Promise<Appended | Unwritten> {
  const traces = await Promise.all(writes.map((write) => tracesOf(reading, write)))
  const revisions = new Map<string, bigint>()
  const lasts: RecordedEvent[] = []
  for (const [index, trace] of traces.entries()) {
    const write = writes[index]
    if (!write) continue
    if ('last' in trace) {
      revisions.set(write.stream, trace.last)
      continue
    }
    const last = trace.events.at(-1)
    if (!last || !write.events.every(({ id }, i) => trace.events[i]?.id === id))
      throw new DuplicateEventError(write.events[0]?.id ?? '')
    lasts.push(last)
  }
  if (lasts.length === 0) return { revisions }
  const [first] = writes
  if (lasts.length < writes.length) throw new DuplicateEventError(first?.events[0]?.id ?? '')
  return {
    // The events of one append follow one another in the log.
    position: lasts.at(-1)?.position ?? START,
    revisions: lasts.map(({ revision }) => revision),
  }
}

const tracesOf = (reading: Reading, write: StreamWrite): Promise<Traces> =>
  write.expected === 'any' || write.expected === 'exists'
    ? tracesAnywhere(reading, write)
    : tracesAfter(reading, write, write.expected === 'none' ? START : write.expected)

/** The events must follow the revision that was expected, if they are there. */
async function tracesAfter(reading: Reading, { stream, events }: StreamWrite, after: bigint): Promise<Traces> {
  const found: RecordedEvent[] = []
  for await (const page of reading.readStream(stream, { after, limit: events.length })) found.push(...page)
  return found[0]?.id === events[0]?.id ? { events: found } : { last: after }
}

/** The events may be anywhere: they are looked for from the end, where they are if they are recent. */
async function tracesAnywhere(reading: Reading, { stream, events }: StreamWrite): Promise<Traces> {
  const size = events.length
  let last: bigint | undefined
  let later: readonly RecordedEvent[] = []
  for await (const page of reading.readStream(stream, { direction: 'backwards' })) {
    last ??= page[0]?.revision
    const known = [...page.toReversed(), ...later]
    const at = known.findIndex(({ id }) => id === events[0]?.id)
    if (at >= 0) return { events: known.slice(at, at + size) }
    later = known.slice(0, size)
  }
  return { last: last ?? START }
}
