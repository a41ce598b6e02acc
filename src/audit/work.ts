// The heavy work of the audit: in a thread of its own, which ends with it, so that nobody who is served waits for it.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { UnavailableError } from '../kernel/errors.ts'
import { type Folding, folding } from '../rebuilding.ts'
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

export const fromThread = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), events: z.int() }),
  z.object({ kind: z.literal('done'), result: z.unknown() }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
])
export type FromThread = z.infer<typeof fromThread>

/** Does a task in a thread. Aborting ends it where it stands. @throws UnavailableError, the signal's reason */
export async function inThread<K extends Task['kind']>(
  folding: Folding,
  task: Extract<Task, { kind: K }>,
  { signal, onProgress }: Doing,
): Promise<Results[K]> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('thread.ts', import.meta.url), { workerData: { folding, task } })
  const end = () => void worker.terminate()
  signal.addEventListener('abort', end, { once: true })
  let told: Exclude<FromThread, { kind: 'progress' }> | undefined
  worker.on('message', (heard: unknown) => {
    const message = fromThread.parse(heard)
    if (message.kind === 'progress') onProgress(message.events)
    else told = message
  })
  try {
    await once(worker, 'exit')
  } finally {
    signal.removeEventListener('abort', end)
  }
  signal.throwIfAborted()
  if (told?.kind === 'done') return told.result as Results[K]
  throw new UnavailableError('what an audit needs', { cause: new Error(told?.message ?? 'its thread has ended') })
}
