// Appending in groups: what arrives in one turn of the event loop shares one transaction and one fsync, each append judged on its own.
import type { DatabaseSync } from 'node:sqlite'
import { UnavailableError } from '../../kernel/errors.ts'
import type { Metadata } from '../../kernel/event.ts'
import {
  type Appended,
  type AppendOptions,
  mistakeIn,
  type StreamWrite,
  type Ticket,
} from '../../kernel/event-store.ts'
import { reaching } from './database.ts'
import { type Asked, type Judged, judging } from './judging.ts'
import { part } from './log-layout.ts'
import type { Row } from './log-scan.ts'

/** At most so many appends share a transaction, so that none waits long for its answer. */
const largestGroup = 512
const SQLITE_BUSY = 5

interface Pending extends Asked {
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: unknown) => void
}

export interface Committed {
  /** The head before and after. */
  readonly before: number
  readonly after: number
  readonly rows: readonly Row[]
}

export interface GroupCommitOptions {
  readonly db: DatabaseSync
  /** Milliseconds that an append waits for another process that is writing. */
  readonly patience: number
  readonly clock: () => Date
  /** Asked inside each transaction: whether others have written since the last time. */
  readonly foreignCommits: () => boolean
  /** After a commit that wrote something. */
  readonly onCommit: (committed: Committed) => void
  readonly onForeignCommit: () => void
}

export interface GroupCommit {
  /** Takes its place in the order of appends before it returns. */
  append(writes: readonly StreamWrite[], metadata: Metadata, options?: AppendOptions): Promise<Appended>
  /** Commits all that waits, at once. */
  flush(): void
  /** Forgets what it knows of the streams: others have written. */
  forget(): void
}

/** Group commit into a log. */
export function groupCommit({
  db,
  patience,
  clock,
  foreignCommits,
  onCommit,
  onForeignCommit,
}: GroupCommitOptions): GroupCommit {
  const { judge, forget } = reaching(part, () => judging(db))
  let queue: Pending[] = []
  let unschedule: (() => void) | undefined
  let lockedSince: number | undefined

  const schedule = () => {
    if (unschedule) return
    const immediate = setImmediate(turn)
    unschedule = () => clearImmediate(immediate)
  }

  /**
   * SQLite's own waiting would hold up the event loop, and tries so seldom that a busy process starves the others: so the group keeps its
   * place and tries again, often and at odd times.
   */
  const tryAgain = () => {
    const timer = setTimeout(turn, 1 + Math.random() * 2)
    unschedule = () => clearTimeout(timer)
  }

  const turn = () => {
    unschedule = undefined
    const group = queue.slice(0, largestGroup)
    lockedSince ??= performance.now()
    const locked = commit(group, 0)
    if (locked && performance.now() - lockedSince < patience) return tryAgain()
    if (locked) refuseAll(group, locked)
    lockedSince = undefined
    queue = queue.slice(group.length)
    if (queue.length > 0) schedule()
  }

  /** Settles a group; or gives the error, when another process writes for longer than `wait` milliseconds. */
  const commit = (group: readonly Pending[], wait: number): Error | undefined => {
    let judged: Judged<Pending>
    try {
      judged = transact(group, wait)
    } catch (cause) {
      if (isLocked(cause) && !db.isTransaction) return cause
      if (db.isTransaction) db.exec('ROLLBACK')
      forget()
      refuseAll(group, cause)
      return undefined
    }
    const rows: Row[] = []
    for (const [pending, verdict] of judged.verdicts)
      if ('refused' in verdict) refuse(pending, verdict.refused)
      else {
        pending.ticket.state = 'durable'
        pending.resolve(verdict.appended)
        if (verdict.row) rows.push(verdict.row)
      }
    if (rows.length > 0) onCommit({ before: judged.before, after: judged.after, rows })
    return undefined
  }

  const transact = (group: readonly Pending[], wait: number): Judged<Pending> => {
    begin(wait)
    if (foreignCommits()) onForeignCommit()
    const judged = judge(group, clock().toISOString())
    db.exec('COMMIT')
    return judged
  }

  /** The timeout is for the lock alone: a read beside another process's recovery waits as ever. */
  const begin = (wait: number) => {
    db.exec(`PRAGMA busy_timeout = ${wait}`)
    try {
      db.exec('BEGIN IMMEDIATE')
    } finally {
      db.exec(`PRAGMA busy_timeout = ${patience}`)
    }
  }

  return {
    append: (writes, metadata, { ticket = untold(), after = [], recordedAt } = {}) =>
      new Promise((resolve, reject) => {
        const pending: Pending = { writes, metadata, ticket, after, recordedAt, resolve, reject }
        const mistake = mistakeIn(writes)
        if (mistake) return refuse(pending, new TypeError(mistake))
        queue.push(pending)
        schedule()
      }),

    flush() {
      unschedule?.()
      unschedule = undefined
      const waiting = queue
      queue = []
      const locked = waiting.length > 0 && commit(waiting, patience)
      if (locked) refuseAll(waiting, locked)
    },

    forget,
  }
}

const isLocked = (error: unknown): error is Error =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY

const untold = (): Ticket => ({ state: 'pending' })

const refuseAll = (group: readonly Pending[], cause: unknown) => {
  for (const pending of group) refuse(pending, new UnavailableError(part, { cause }))
}

const refuse = (pending: Pending, error: unknown) => {
  pending.ticket.state = 'failed'
  pending.reject(error)
}
