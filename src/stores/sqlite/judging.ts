// Judging appends inside a transaction: whether each is new, whether its streams are as it expects, and writing what is accepted.
import type { DatabaseSync } from 'node:sqlite'
import { ConflictError, DuplicateEventError } from '../../kernel/errors.ts'
import type { Metadata } from '../../kernel/event.ts'
import type { Appended, ExpectedRevision, StreamWrite, Ticket } from '../../kernel/event-store.ts'
import { rowsOf, single } from './database.ts'
import { keyOf, type Packed } from './log-layout.ts'

export interface Asked {
  readonly writes: readonly StreamWrite[]
  readonly metadata: Metadata
  readonly ticket: Ticket
  readonly after: readonly Ticket[]
  readonly recordedAt: string | undefined
}

/** What became of an append inside a transaction that is not yet committed. */
type Verdict = { readonly appended: Appended } | { readonly refused: unknown }

export interface Judged<A extends Asked> {
  readonly verdicts: readonly (readonly [A, Verdict])[]
  /** The head before the group and after it. */
  readonly before: number
  readonly after: number
}

/** Judges a group inside a transaction and writes what is accepted: each append sees the effects of those before it. */
export function judging(db: DatabaseSync) {
  const headOf = rowsOf(db, 'SELECT max(position) FROM log')
  const revisionOf = rowsOf(db, 'SELECT max(revision) FROM streams WHERE stream = ?')
  const sameAppend = rowsOf(db, 'SELECT position, events FROM log WHERE id = ?')
  const insertAppend = db.prepare(
    'INSERT INTO log (position, id, recorded_at, metadata, events) VALUES (?, ?, ?, ?, ?)',
  )
  const insertStream = db.prepare('INSERT INTO streams (stream, revision, position) VALUES (?, ?, ?)')
  const numberOf = (row: unknown): number => {
    const value = single(row)
    return typeof value === 'number' ? value : -1
  }

  return <A extends Asked>(group: readonly A[], now: string): Judged<A> => {
    const before = numberOf(headOf.get())
    const accepted = new Set<Ticket>()
    let head = before

    const verdictOn = ({ writes, metadata, after, recordedAt = now }: Asked): Verdict => {
      const key = keyOf(writes[0]?.events[0]?.id ?? '')
      // A `rowsOf` statement gives arrays, whatever its type says.
      const known = sameAppend.get(key) as unknown as [position: number, events: string] | undefined
      if (known) return repeated(writes, ...known)
      for (const ticket of after)
        if (ticket.state !== 'durable' && !accepted.has(ticket))
          return {
            refused: new ConflictError(writes[0]?.stream ?? '', 'what a failed append would have left', undefined),
          }

      const packed: Packed[] = []
      const revisions: number[] = []
      for (const { stream, expected, events } of writes) {
        let revision = numberOf(revisionOf.get(stream))
        if (!isAsExpected(expected, revision))
          return { refused: new ConflictError(stream, String(expected), revision < 0 ? undefined : BigInt(revision)) }
        for (const { id, type, schema, data } of events) {
          revision += 1
          packed.push([id, stream, revision, type, schema, data])
        }
        revisions.push(revision)
      }
      let texts: [string, string]
      try {
        texts = [JSON.stringify(metadata), JSON.stringify(packed)]
      } catch (notJson) {
        return { refused: notJson }
      }

      head += packed.length
      insertAppend.run(head, key, recordedAt, ...texts)
      for (const [index, { stream }] of writes.entries()) insertStream.run(stream, revisions[index] ?? 0, head)
      return { appended: { position: BigInt(head), revisions: revisions.map(BigInt) } }
    }

    const verdicts = group.map((pending) => {
      const verdict = verdictOn(pending)
      if ('appended' in verdict) accepted.add(pending.ticket)
      return [pending, verdict] as const
    })
    return { verdicts, before, after: head }
  }
}

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
