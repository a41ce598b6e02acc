// Appending in groups: what arrives in one turn of the event loop shares one transaction and one fsync, each append judged on its own.
import type { DatabaseSync } from 'node:sqlite'
import { UnavailableError } from '../../kernel/errors.ts'
import { reaching } from './database.ts'
import { type Judged, judging, type Verdict, type Waiting } from './judging.ts'
import { part } from './log-layout.ts'

/** At most so many appends share a transaction, so that none waits long for its answer. */
const largestGroup = 512
const SQLITE_BUSY = 5

/** A group whose transaction is over, well or not. */
export interface SettledGroup<W extends Waiting> {
  readonly verdicts: readonly (readonly [W, Verdict])[]
  /** The head before it. */
  readonly before: number
  /** ISO 8601 UTC, of those that were not first recorded elsewhere. */
  readonly recordedAt: string
}

export interface GroupCommitOptions<W extends Waiting> {
  readonly db: DatabaseSync
  /** Milliseconds that an append waits for another process that is writing. */
  readonly patience: number
  readonly clock: () => Date
  /** Asked inside each transaction: whether others have written since the last time. */
  readonly foreignCommits: () => boolean
  readonly onForeignCommit: () => void
  /** Takes what became of a group; the tickets say it already. */
  readonly onSettled: (group: SettledGroup<W>) => void
}

export interface GroupCommit<W extends Waiting> {
  /** Takes its place in the order of appends. */
  add(waiting: W): void
  /** Commits all that waits, at once. */
  flush(): void
  /** Forgets what it knows of the streams: others have written. */
  forget(): void
}

/** Group commit into a log. */
export function groupCommit<W extends Waiting>({
  db,
  patience,
  clock,
  foreignCommits,
  onForeignCommit,
  onSettled,
}: GroupCommitOptions<W>): GroupCommit<W> {
  const { judge, forget } = reaching(part, () => judging(db))
  let queue: W[] = []
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

  const settle = (group: SettledGroup<W>) => {
    for (const [{ ticket }, verdict] of group.verdicts) ticket.state = 'refused' in verdict ? 'failed' : 'durable'
    onSettled(group)
  }

  const refuseAll = (group: readonly W[], cause: unknown) => {
    const refused = new UnavailableError(part, { cause })
    settle({ verdicts: group.map((waiting) => [waiting, { refused }]), before: -1, recordedAt: '' })
  }

  /** Settles a group; or gives the error, when another process writes for longer than `wait` milliseconds. */
  const commit = (group: readonly W[], wait: number): Error | undefined => {
    const recordedAt = clock().toISOString()
    let judged: Judged<W>
    try {
      judged = transact(group, recordedAt, wait)
    } catch (cause) {
      if (isLocked(cause) && !db.isTransaction) return cause
      if (db.isTransaction) db.exec('ROLLBACK')
      forget()
      refuseAll(group, cause)
      return undefined
    }
    settle({ verdicts: judged.verdicts, before: judged.before, recordedAt })
    return undefined
  }

  const transact = (group: readonly W[], recordedAt: string, wait: number): Judged<W> => {
    begin(wait)
    if (foreignCommits()) {
      forget()
      onForeignCommit()
    }
    const judged = judge(group, recordedAt)
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
    add(waiting) {
      queue.push(waiting)
      schedule()
    },

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
