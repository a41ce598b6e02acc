// Recognising an append in the log by the ids of its events, when the answer to it was lost.
import { DuplicateEventError } from '../../kernel/errors.ts'
import type { RecordedEvent } from '../../kernel/event.ts'
import { type Appended, START, type StreamWrite } from '../../kernel/event-store.ts'
import type { Reading } from './reading.ts'

/** The first of the events in its stream, and those after it. */
interface Found {
  readonly events: readonly RecordedEvent[]
}

/** Or the last revision of a stream that has nothing of it. */
type Traces = Found | { readonly last: bigint }

export interface Unwritten {
  /** The last revision of each stream whose expectation names none, START when there is no such stream. */
  readonly revisions: ReadonlyMap<string, bigint>
}

/**
 * The answer to an append that is in the log already; otherwise how its streams stand.
 * @throws DuplicateEventError when only part of it is there: the id is another append's
 */
export async function recognise(reading: Reading, writes: readonly StreamWrite[]): Promise<Appended | Unwritten> {
  const find = (write: StreamWrite) => tracesOf(reading, write)
  let traces = await Promise.all(writes.map(find))
  const [first] = writes
  // What was still on its way may have arrived after one stream was read and before the next: then it is whole by now.
  if (traces.some(isFound) && !traces.every(isFound)) traces = await Promise.all(writes.map(find))
  if (!traces.some(isFound)) {
    const lasts = traces.map((trace) => ('last' in trace ? trace.last : START))
    return { revisions: new Map(writes.map(({ stream }, i) => [stream, lasts[i] ?? START])) }
  }
  const found = traces.map((trace, i) =>
    isFound(trace) && isWhole(trace, writes[i]) ? trace.events.at(-1) : undefined,
  )
  const lasts = found.filter((last) => last !== undefined)
  if (lasts.length < writes.length) throw new DuplicateEventError(first?.events[0]?.id ?? '')
  return {
    // The events of one append follow one another in the log.
    position: lasts.at(-1)?.position ?? START,
    revisions: lasts.map(({ revision }) => revision),
  }
}

const isFound = (traces: Traces): traces is Found => 'events' in traces

const isWhole = ({ events }: Found, write: StreamWrite | undefined): boolean =>
  write?.events.every(({ id }, i) => events[i]?.id === id) ?? false

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
