// Judging appends inside a transaction: whether each is new, whether its streams are as it expects, and writing what is accepted.
import type { DatabaseSync } from 'node:sqlite'
import { ConflictError, DuplicateEventError } from '../../kernel/errors.ts'
import type { Metadata } from '../../kernel/event.ts'
import type { Appended, ExpectedRevision, StreamWrite, Ticket } from '../../kernel/event-store.ts'
import { rowsOf, single } from './database.ts'
import { keyOf, type Packed } from './log-layout.ts'
import type { Row } from './log-scan.ts'

export interface Asked {
  readonly writes: readonly StreamWrite[]
  readonly metadata: Metadata
  readonly ticket: Ticket
  readonly after: readonly Ticket[]
  readonly recordedAt: string | undefined
}

/** What became of an append inside a transaction that is not yet committed. */
/** `row`: how it was written; absent where it stood in the log already. */
type Verdict = { readonly appended: Appended; readonly row?: Row } | { readonly refused: unknown }

export interface Judged<A extends Asked> {
  readonly verdicts: readonly (readonly [A, Verdict])[]
  /** The head before the group and after it. */
  readonly before: number
  readonly after: number
}

export interface Judge {
  /** Judges a group inside a transaction and writes what is accepted: each append sees the effects of those before it. */
  judge<A extends Asked>(group: readonly A[], now: string): Judged<A>
  /** Forgets the revisions that it knows: the transaction was rolled back, or others have written. */
  forget(): void
}

/** Streams whose revision is remembered at the most. */
const mostKnown = 50_000

export function judging(db: DatabaseSync): Judge {
  const headOf = rowsOf(db, 'SELECT max(position) FROM log')
  const revisionIn = rowsOf(db, 'SELECT max(revision) FROM streams WHERE stream = ?')
  const sameAppend = rowsOf(db, 'SELECT position, events FROM log WHERE id = ?')
  const insertAppend = db.prepare(
    'INSERT INTO log (position, id, recorded_at, metadata, events) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  )
  const insertStream = db.prepare('INSERT INTO streams (stream, revision, position) VALUES (?, ?, ?)')
  const numberOf = (row: unknown): number => {
    const value = single(row)
    return typeof value === 'number' ? value : -1
  }

  // Most appends go to streams that have just been written.
  const known = new Map<string, number>()
  const remember = (stream: string, revision: number): void => {
    if (known.size >= mostKnown) known.clear()
    known.set(stream, revision)
  }
  const revisionOf = (stream: string): number => known.get(stream) ?? numberOf(revisionIn.get(stream))

  /** The streams' revisions after the writes and the events as they are stored, or why they cannot be accepted. */
  const prepare = (writes: readonly StreamWrite[]) => {
    const packed: Packed[] = []
    const revisions: number[] = []
    for (const { stream, expected, events } of writes) {
      let revision = revisionOf(stream)
      if (!isAsExpected(expected, revision))
        return new ConflictError(stream, String(expected), revision < 0 ? undefined : BigInt(revision))
      for (const { id, type, schema, data } of events) {
        revision += 1
        packed.push([id, stream, revision, type, schema, data])
      }
      revisions.push(revision)
    }
    return { packed, revisions }
  }

  /** An append that stands in the log already succeeds again, whatever its streams have become since. */
  const repeatedOr = (key: Buffer | string, writes: readonly StreamWrite[], refusal: unknown): Verdict => {
    // A `rowsOf` statement gives arrays, whatever its type says.
    const found = sameAppend.get(key) as unknown as [position: number, events: string] | undefined
    return found ? repeated(writes, ...found) : { refused: refusal }
  }

  const judge = <A extends Asked>(group: readonly A[], now: string): Judged<A> => {
    const before = numberOf(headOf.get())
    const accepted = new Set<Ticket>()
    let head = before

    const verdictOn = ({ writes, metadata, after, recordedAt = now }: Asked): Verdict => {
      const key = keyOf(writes[0]?.events[0]?.id ?? '')
      for (const ticket of after)
        if (ticket.state !== 'durable' && !accepted.has(ticket)) return repeatedOr(key, writes, onFailedAppend(writes))
      const prepared = prepare(writes)
      if (prepared instanceof ConflictError) return repeatedOr(key, writes, prepared)
      const { packed, revisions } = prepared
      let texts: [string, string]
      try {
        texts = [JSON.stringify(metadata), JSON.stringify(packed)]
      } catch (notJson) {
        return { refused: notJson }
      }

      const position = head + packed.length
      if (insertAppend.run(position, key, recordedAt, ...texts).changes === 0) return repeatedOr(key, writes, undefined)
      head = position
      for (const [index, { stream }] of writes.entries()) {
        const revision = revisions[index] ?? 0
        insertStream.run(stream, revision, head)
        remember(stream, revision)
      }
      const contents = { types: packed.map(([, , , type]) => type), streams: writes.map(({ stream }) => stream) }
      return {
        appended: { position: BigInt(head), revisions: revisions.map(BigInt) },
        row: [head, head, recordedAt, ...texts, contents],
      }
    }

    const verdicts = group.map((pending) => {
      const verdict = verdictOn(pending)
      if ('appended' in verdict) accepted.add(pending.ticket)
      return [pending, verdict] as const
    })
    return { verdicts, before, after: head }
  }

  return { judge, forget: () => known.clear() }
}

const onFailedAppend = (writes: readonly StreamWrite[]): ConflictError =>
  new ConflictError(writes[0]?.stream ?? '', 'what a failed append would have left', undefined)

function isAsExpected(expected: ExpectedRevision, revision: number): boolean {
  if (expected === 'any') return true
  if (expected === 'none') return revision < 0
  if (expected === 'exists') return revision >= 0
  return expected === BigInt(revision)
}

/** The answer to an append whose first event is in the log already. */
function repeated(writes: readonly StreamWrite[], position: number, text: string): Verdict {
  const known = JSON.parse(text) as Packed[]
  const asked = writes.flatMap(({ stream, events }) => events.map(({ id }) => [id, stream] as const))
  const same =
    asked.length === known.length && asked.every(([id, stream], i) => known[i]?.[0] === id && known[i]?.[1] === stream)
  if (!same) return { refused: new DuplicateEventError(asked[0]?.[0] ?? '') }
  const revisions = new Map(known.map(([, stream, revision]) => [stream, revision]))
  return {
    appended: {
      position: BigInt(position),
      revisions: writes.map(({ stream }) => BigInt(revisions.get(stream) ?? 0)),
    },
  }
}
