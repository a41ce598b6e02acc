// Who writes the log for a store: makes appends ready, has them committed in groups, and answers those who asked.
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
import { groupCommit, type SettledGroup } from './group-commit.ts'
import type { Verdict, Waiting } from './judging.ts'
import { part } from './log-layout.ts'
import type { Contents, Row } from './log-scan.ts'
import { eventTexts, prepareAppend } from './prepared-append.ts'

export interface Committed {
  /** The head before and after. */
  readonly before: number
  readonly after: number
  readonly rows: readonly Row[]
}

export interface LogWriterEvents {
  /** After a commit that wrote something. */
  readonly onCommit: (committed: Committed) => void
  /** Another process, or another connection of this one, has written. */
  readonly onForeignCommit: () => void
}

export interface LogWriter {
  /** Takes its place in the order of appends before it returns. */
  append(writes: readonly StreamWrite[], metadata: Metadata, options?: AppendOptions): Promise<Appended>
  /** Commits what waits, and ends. Whoever appends afterwards is refused. */
  close(): Promise<void>
}

/** An append and whoever waits for its answer. */
export interface Pending extends Waiting {
  readonly contents: Omit<Contents, 'texts'>
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: unknown) => void
}

/** Makes an append ready and hands it over. What cannot be written at all is refused at once. */
export function asking(
  [writes, metadata, options = {}]: Parameters<LogWriter['append']>,
  handOver: (pending: Pending) => void,
): Promise<Appended> {
  const { ticket = untold(), after = [], recordedAt } = options
  return new Promise((resolve, reject) => {
    try {
      const mistake = mistakeIn(writes)
      if (mistake) throw new TypeError(mistake)
      const append = prepareAppend(writes, metadata, recordedAt)
      const contents = {
        types: writes.flatMap(({ events }) => events.map(({ type }) => type)),
        streams: writes.flatMap(({ stream, events }) => events.map(() => stream)),
      }
      handOver({ append, ticket, after, contents, resolve, reject })
    } catch (error) {
      ticket.state = 'failed'
      reject(error)
    }
  })
}

const untold = (): Ticket => ({ state: 'pending' })

/** Tells each who asked what became of it, and the others of what was written. */
export function conclude({ verdicts, before, recordedAt }: SettledGroup<Pending>, events: LogWriterEvents): void {
  const rows: Row[] = []
  for (const [pending, verdict] of verdicts)
    if ('refused' in verdict) pending.reject(verdict.refused)
    else {
      pending.resolve({ position: BigInt(verdict.position), revisions: verdict.revisions.map(BigInt) })
      if (verdict.fresh) rows.push(rowOf(pending, verdict, recordedAt))
    }
  const after = rows.at(-1)?.[1]
  if (after !== undefined) events.onCommit({ before, after, rows })
}

function rowOf({ append, contents }: Pending, verdict: Exclude<Verdict, { refused: unknown }>, now: string): Row {
  const { position, revisions } = verdict
  const { recordedAt = now, metadata, writes } = append
  return [position, position, recordedAt, metadata, '', { ...contents, texts: eventTexts(writes, revisions) }]
}

export interface OwnLogWriterOptions extends LogWriterEvents {
  readonly db: DatabaseSync
  readonly patience: number
  readonly clock: () => Date
  readonly foreignCommits: () => boolean
}

/** Writes on this thread, which waits while the disk does. */
export function ownLogWriter({ onCommit, onForeignCommit, ...options }: OwnLogWriterOptions): LogWriter & {
  forget(): void
} {
  const events = { onCommit, onForeignCommit }
  const commits = groupCommit<Pending>({
    ...options,
    onForeignCommit,
    onSettled: (group) => conclude(group, events),
  })
  let closed = false
  return {
    append(...asked) {
      if (closed) return refuse(asked[2])
      return asking(asked, (pending) => commits.add(pending))
    },
    async close() {
      commits.flush()
      closed = true
    },
    forget: () => commits.forget(),
  }
}

/** What is asked of a store that does not write (any more). */
export function refuse(options: AppendOptions | undefined, why = 'closed'): Promise<never> {
  if (options?.ticket) options.ticket.state = 'failed'
  return Promise.reject(new UnavailableError(`${part} (${why})`))
}
