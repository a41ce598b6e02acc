// The heavy work of the audit, in a thread of its own.
import { z } from 'zod'
import { UnavailableError } from '../kernel/errors.ts'
import { type Folding, folding } from '../rebuilding.ts'
import { inTaskThread, TaskFailedError } from '../task-thread.ts'
import type { Doing } from './remembered.ts'
import type { Verdict } from './verification.ts'
import type { Comparison, Rule } from './what-if.ts'

export const task = z.discriminatedUnion('kind', [
  /** Read models as they were at a position, in a new file. */
  z.object({ kind: z.literal('past'), to: z.bigint(), path: z.string(), projections: z.array(z.string()) }),
  z.object({ kind: z.literal('what-if'), to: z.bigint(), rule: z.custom<Rule>() }),
  /** `key`: the auditor's public key; without it the log's own. */
  z.object({ kind: z.literal('verify'), key: z.string().optional() }),
])
export type Task = z.infer<typeof task>

export const asked = z.object({ folding, task })

/** What each kind of task gives. The thread is our own: what it tells is not judged again. */
export interface Results {
  readonly past: undefined
  readonly 'what-if': readonly Comparison[]
  readonly verify: Verdict
}

/** Does a task in a thread. Aborting ends it where it stands. @throws UnavailableError, the signal's reason */
export async function inThread<K extends Task['kind']>(
  folding: Folding,
  task: Extract<Task, { kind: K }>,
  { signal, onProgress }: Doing,
): Promise<Results[K]> {
  const program = new URL('thread.ts', import.meta.url)
  const hear = (progress: unknown) => onProgress(z.int().parse(progress))
  try {
    return (await inTaskThread({ program, told: { folding, task }, signal, onProgress: hear })) as Results[K]
  } catch (error) {
    if (error instanceof TaskFailedError) throw new UnavailableError('what an audit needs', { cause: error })
    throw error
  }
}
