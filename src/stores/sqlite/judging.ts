// Judging appends inside a transaction: whether each is new, whether its streams are as it expects, and writing what is accepted.
import type { DatabaseSync } from 'node:sqlite'
import { ConflictError, DuplicateEventError } from '../../kernel/errors.ts'
import type { Ticket } from '../../kernel/event-store.ts'
import { rowsOf, single } from './database.ts'
import { keyOf, type Packed } from './log-layout.ts'
import { eventsText, type PreparedAppend, type PreparedWrite, sizeOf } from './prepared-append.ts'

/** An append that waits to be judged. */
export interface Waiting {
  readonly append: PreparedAppend
  readonly ticket: Ticket
  /** Those on whose outcome it rests. */
  readonly after: readonly Ticket[]
}

export interface Accepted {
  /** Of the last event. */
  readonly position: number
  /** The last revision of each write. */
  readonly revisions: readonly number[]
  /** Whether it was written now; false where it stood in the log already. */
  readonly fresh: boolean
}

/** What became of an append inside a transaction that is not yet committed. */
export type Verdict = Accepted | { readonly refused: unknown }

export interface Judged<W extends Waiting> {
  readonly verdicts: readonly (readonly [W, Verdict])[]
  /** The head before the group and after it. */
  readonly before: number
  readonly after: number
}

export interface Judge {
  /** Judges a group inside a transaction and writes what is accepted: each append sees the effects of those before it. */
  judge<W extends Waiting>(group: readonly W[], now: string): Judged<W>
  /** Forgets the revisions that it knows: the transaction was rolled back, or others have written. */
  forget(): void
}

/** Streams whose revision is remembered at the most. */
const mostKnown = 50_000

/** A judge over the log of a database, which nobody else of this process writes. */
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

  /** The last revision of each write once it is accepted, or why it cannot be. */
  const revisionsAfter = (writes: readonly PreparedWrite[]): readonly number[] | ConflictError => {
    const revisions: number[] = []
    for (const { stream, expected, events } of writes) {
      const revision = revisionOf(stream)
      if (!isAsExpected(expected, revision))
        return new ConflictError(stream, String(expected), revision < 0 ? undefined : BigInt(revision))
      revisions.push(revision + events.length)
    }
    return revisions
  }

  /** An append that stands in the log already succeeds again, whatever its streams have become since. */
  const repeatedOr = ({ id, writes }: PreparedAppend, refusal: unknown): Verdict => {
    // A `rowsOf` statement gives arrays, whatever its type says.
    const found = sameAppend.get(keyOf(id)) as unknown as [position: number, events: string] | undefined
    return found ? repeated(writes, ...found) : { refused: refusal }
  }

  const judge = <W extends Waiting>(group: readonly W[], now: string): Judged<W> => {
    const before = numberOf(headOf.get())
    const accepted = new Set<Ticket>()
    let head = before

    const verdictOn = ({ append, after }: Waiting): Verdict => {
      const { id, metadata, recordedAt = now, writes } = append
      for (const ticket of after)
        if (ticket.state !== 'durable' && !accepted.has(ticket)) return repeatedOr(append, onFailedAppend(writes))
      const revisions = revisionsAfter(writes)
      if (revisions instanceof ConflictError) return repeatedOr(append, revisions)

      const position = head + sizeOf(append)
      const { changes } = insertAppend.run(position, keyOf(id), recordedAt, metadata, eventsText(writes, revisions))
      if (changes === 0) return repeatedOr(append, undefined)
      head = position
      for (const [index, { stream }] of writes.entries()) {
        const revision = revisions[index] ?? 0
        insertStream.run(stream, revision, head)
        remember(stream, revision)
      }
      return { position, revisions, fresh: true }
    }

    const verdicts = group.map((waiting) => {
      const verdict = verdictOn(waiting)
      if (!('refused' in verdict)) accepted.add(waiting.ticket)
      return [waiting, verdict] as const
    })
    return { verdicts, before, after: head }
  }

  return { judge, forget: () => known.clear() }
}

const onFailedAppend = (writes: readonly PreparedWrite[]): ConflictError =>
  new ConflictError(writes[0]?.stream ?? '', 'what a failed append would have left', undefined)

function isAsExpected(expected: PreparedWrite['expected'], revision: number): boolean {
  if (expected === 'any') return true
  if (expected === 'none') return revision < 0
  if (expected === 'exists') return revision >= 0
  return expected === revision
}

/** The answer to an append whose first event is in the log already. */
function repeated(writes: readonly PreparedWrite[], position: number, text: string): Verdict {
  const known = JSON.parse(text) as Packed[]
  const asked = JSON.parse(
    eventsText(
      writes,
      writes.map(() => 0),
    ),
  ) as Packed[]
  const same =
    asked.length === known.length && asked.every(([id, stream], i) => known[i]?.[0] === id && known[i]?.[1] === stream)
  if (!same) return { refused: new DuplicateEventError(asked[0]?.[0] ?? '') }
  const revisions = new Map(known.map(([, stream, revision]) => [stream, revision]))
  return { position, revisions: writes.map(({ stream }) => revisions.get(stream) ?? 0), fresh: false }
}
