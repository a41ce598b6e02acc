// Appends made ready for the log before their transaction begins: text that lacks only the revisions. It may go to another thread.
import type { Metadata } from '../../kernel/event.ts'
import type { ExpectedRevision, StreamWrite } from '../../kernel/event-store.ts'

/** The text of an event in its row, before and after its revision (see Packed in log-layout.ts). */
export type PreparedEvent = readonly [before: string, after: string]

export interface PreparedWrite {
  readonly stream: string
  readonly expected: Exclude<ExpectedRevision, bigint> | number
  readonly events: readonly PreparedEvent[]
}

export interface PreparedAppend {
  /** Of its first event: the append's own. */
  readonly id: string
  readonly metadata: string
  /** When it was first recorded, if that was elsewhere. */
  readonly recordedAt: string | undefined
  readonly writes: readonly PreparedWrite[]
}

/** @throws TypeError for what is not JSON */
export function prepareAppend(
  writes: readonly StreamWrite[],
  metadata: Metadata,
  recordedAt: string | undefined,
): PreparedAppend {
  return {
    id: writes[0]?.events[0]?.id ?? '',
    metadata: JSON.stringify(metadata),
    recordedAt,
    writes: writes.map(({ stream, expected, events }) => {
      const name = JSON.stringify(stream)
      return {
        stream,
        expected: typeof expected === 'bigint' ? Number(expected) : expected,
        events: events.map(
          ({ id, type, schema, data }): PreparedEvent => [
            `[${JSON.stringify(id)},${name},`,
            `,${JSON.stringify(type)},${schema},${JSON.stringify(data) ?? 'null'}]`,
          ],
        ),
      }
    }),
  }
}

/** The events of an append as their row holds them, given the last revision of each write. */
export const eventsText = (writes: readonly PreparedWrite[], revisions: readonly number[]): string =>
  `[${eventTexts(writes, revisions).join(',')}]`

/** The same, each by itself. */
export function eventTexts(writes: readonly PreparedWrite[], revisions: readonly number[]): readonly string[] {
  const texts: string[] = []
  for (const [index, { events }] of writes.entries()) {
    let revision = (revisions[index] ?? 0) - events.length
    for (const [before, after] of events) {
      revision += 1
      texts.push(before + revision + after)
    }
  }
  return texts
}

/** How many events an append has. */
export const sizeOf = ({ writes }: PreparedAppend): number => writes.reduce((sum, { events }) => sum + events.length, 0)
