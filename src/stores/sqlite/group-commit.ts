// Appending in groups: what arrives in one turn of the event loop shares one transaction and one fsync, each append judged on its own.
import type { DatabaseSync } from 'node:sqlite'
import { ConflictError, DuplicateEventError, UnavailableError } from '../../kernel/errors.ts'
import type { Metadata } from '../../kernel/event.ts'
import type { Appended, AppendOptions, ExpectedRevision, StreamWrite, Ticket } from '../../kernel/event-store.ts'
import { reaching, rowsOf, single } from './database.ts'
import { keyOf, type Packed, part } from './log-layout.ts'

/** At most so many appends share a transaction, so that none waits long for its answer. */
const largestGroup = 512

interface Pending {
  readonly writes: readonly StreamWrite[]
  readonly metadata: Metadata
  readonly ticket: Ticket
  readonly after: readonly Ticket[]
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: unknown) => void
}

/** What became of an append inside a transaction that is not yet committed. */
type Verdict = { readonly appended: Appended } | { readonly refused: unknown }

export interface GroupCommitOptions {
  readonly db: DatabaseSync
  readonly clock: () => Date
  /** Asked inside each transaction: whether others have written since the last time. */
  readonly foreignCommits: () => boolean
  /** After a commit that wrote something; the position is the new head's. */
  readonly onCommit: (position: bigint) => void
  readonly onForeignCommit: () => void
}

export interface GroupCommit {
  /** Takes its place in the order of appends before it returns. */
  append(writes: readonly StreamWrite[], metadata: Metadata, options?: AppendOptions): Promise<Appended>
  /** Commits all that waits, at once. */
  flush(): void
}

/** Group commit into a log. */
export function groupCommit({ db, clock, foreignCommits, onCommit, onForeignCommit }: GroupCommitOptions): GroupCommit {
  const judge = reaching(part, () => judging(db))
  let queue: Pending[] = []
  let scheduled: NodeJS.Immediate | undefined

  const schedule = () => {
    scheduled ??= setImmediate(() => {
      scheduled = undefined
      commit(queue.splice(0, largestGroup))
      if (queue.length > 0) schedule()
    })
  }

  const commit = (group: readonly Pending[]) => {
    let judged: Judged
    try {
      judged = transact(group)
    } catch (cause) {
      if (db.isTransaction) db.exec('ROLLBACK')
      for (const pending of group) refuse(pending, new UnavailableError(part, { cause }))
      return
    }
    for (const [pending, verdict] of judged.verdicts)
      if ('refused' in verdict) refuse(pending, verdict.refused)
      else {
        pending.ticket.state = 'durable'
        pending.resolve(verdict.appended)
      }
    if (judged.after > judged.before) onCommit(BigInt(judged.after))
  }

  const transact = (group: readonly Pending[]): Judged => {
    db.exec('BEGIN IMMEDIATE')
    if (foreignCommits()) onForeignCommit()
    const judged = judge(group, clock().toISOString())
    db.exec('COMMIT')
    return judged
  }

  return {
    append: (writes, metadata, { ticket = untold(), after = [] } = {}) =>
      new Promise((resolve, reject) => {
        const pending: Pending = { writes, metadata, ticket, after, resolve, reject }
        const fault = faultOf(writes)
        if (fault) return refuse(pending, new TypeError(fault))
        queue.push(pending)
        schedule()
      }),

    flush() {
      clearImmediate(scheduled)
      scheduled = undefined
      const waiting = queue
      queue = []
      if (waiting.length > 0) commit(waiting)
    },
  }
}

interface Judged {
  readonly verdicts: readonly (readonly [Pending, Verdict])[]
  /** The head before the group and after it. */
  readonly before: number
  readonly after: number
}

const untold = (): Ticket => ({ state: 'pending' })

const refuse = (pending: Pending, error: unknown) => {
  pending.ticket.state = 'failed'
  pending.reject(error)
}

/** What a caller has done wrong, as opposed to what others have done meanwhile. */
function faultOf(writes: readonly StreamWrite[]): string | undefined {
  if (writes.length === 0) return 'an append needs at least one write'
  if (new Set(writes.map(({ stream }) => stream)).size < writes.length) return 'an append names each stream once'
  for (const { stream, events } of writes) {
    if (events.length === 0) return `the write to ${stream} has no events`
    if (stream === '' || !stream.isWellFormed()) return 'the name of a stream is a non-empty, well-formed string'
  }
  return undefined
}

/** Judges a group inside a transaction and writes what is accepted: each append sees the effects of those before it. */
function judging(db: DatabaseSync) {
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

  return (group: readonly Pending[], recordedAt: string): Judged => {
    const before = numberOf(headOf.get())
    const accepted = new Set<Ticket>()
    let head = before

    const verdictOn = ({ writes, metadata, after }: Pending): Verdict => {
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
