// Writing recorded events into another log as they were: ids, times and metadata kept, and what belongs together appended together.
import type { RecordedEvent } from '../kernel/event.ts'
import { type EventStore, START, type StreamWrite } from '../kernel/event-store.ts'

export interface LogWriter {
  /** Takes events in the order of their log; what is complete is written. @throws UnavailableError, ConflictError where others write too */
  add(events: readonly RecordedEvent[]): Promise<void>
  /** Writes what is left. */
  finish(): Promise<void>
}

/** Events of one append at the most: servers take no messages of any size. */
const mostEvents = 500

/** What is written at once: events that were recorded together, so that a half of what belongs together never stands alone. */
interface Append {
  readonly first: RecordedEvent
  readonly writes: Map<string, RecordedEvent[]>
  count: number
  last: RecordedEvent
}

const begin = (first: RecordedEvent): Append => ({ first, writes: new Map(), count: 0, last: first })

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
  append.last = event
}

async function write(to: EventStore, { first, writes }: Append): Promise<bigint> {
  const asWritten = [...writes].map(([stream, events]): StreamWrite => {
    const before = (events[0]?.revision ?? 0n) - 1n
    return {
      stream,
      expected: before === START ? 'none' : before,
      events: events.map(({ id, type, schema, data }) => ({ id, type, schema, data })),
    }
  })
  const { position } = await to.append(asWritten, first.metadata, { recordedAt: first.recordedAt })
  return position
}

/** Told after each append: its last event as it was recorded, where that stands now, and how many events the append had. */
export type OnWritten = (last: RecordedEvent, position: bigint, count: number) => void

/** A writer into a raw log that nobody else writes. */
export function logWriter(to: EventStore, onWritten: OnWritten): LogWriter {
  let append: Append | undefined
  const finish = async (): Promise<void> => {
    if (!append) return
    const { last, count } = append
    const position = await write(to, append)
    append = undefined
    onWritten(last, position, count)
  }
  return {
    finish,
    async add(events) {
      for (const event of events) {
        if (append && !belongsTo(append, event)) await finish()
        append ??= begin(event)
        add(append, event)
      }
    },
  }
}
