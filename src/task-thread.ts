// One task in a thread of its own, which ends with it, so that nobody who is served waits for it: both ends of what is said.
import { once } from 'node:events'
import { parentPort, type ResourceLimits, Worker } from 'node:worker_threads'
import { z } from 'zod'

const fromThread = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), progress: z.unknown() }),
  z.object({ kind: z.literal('done'), result: z.unknown() }),
  z.object({ kind: z.literal('failed'), code: z.string(), message: z.string() }),
])
type FromThread = z.infer<typeof fromThread>

/** A task failed in its thread. The code is that of what was thrown there, which loses its class on the way. */
export class TaskFailedError extends Error {
  readonly code: string
  constructor({ code, message }: { readonly code: string; readonly message: string }) {
    super(message)
    this.name = 'TaskFailedError'
    this.code = code
  }
}

export interface TaskThread {
  /** The thread's program; it ends with `doTask`. */
  readonly program: URL
  /** What it finds in `workerData`. */
  readonly told: unknown
  readonly resourceLimits?: ResourceLimits
  /** Aborting ends it where it stands. */
  readonly signal: AbortSignal
  readonly onProgress: (progress: unknown) => void
}

/** Has a thread do its task; gives the result. @throws TaskFailedError, the signal's reason */
export async function inTaskThread(thread: TaskThread): Promise<unknown> {
  const { program, told: workerData, resourceLimits = {}, signal, onProgress } = thread
  signal.throwIfAborted()
  const worker = new Worker(program, { workerData, resourceLimits })
  const end = () => void worker.terminate()
  signal.addEventListener('abort', end, { once: true })
  let last: Exclude<FromThread, { kind: 'progress' }> | undefined
  worker.on('message', (heard: unknown) => {
    const message = fromThread.parse(heard)
    if (message.kind === 'progress') onProgress(message.progress)
    else last = message
  })
  try {
    await once(worker, 'exit')
  } finally {
    signal.removeEventListener('abort', end)
  }
  signal.throwIfAborted()
  if (last?.kind === 'done') return last.result
  throw new TaskFailedError(last ?? { code: 'unavailable', message: 'the thread ended before its work' })
}

const tell = (message: FromThread) => parentPort?.postMessage(message)

/** Within the thread: does the task, and tells what came of it. */
export async function doTask(work: () => Promise<unknown>): Promise<void> {
  try {
    tell({ kind: 'done', result: await work() })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'internal-error'
    tell({ kind: 'failed', code, message: error instanceof Error ? error.message : String(error) })
  }
}

/** Milliseconds between two tellings of how far a task is. */
const pause = 200

/** Within the thread: tells how many events it is through, now and then; `progressOf` makes what is told of them. */
export function tellingProgress(progressOf: (events: number) => unknown): (events: number) => void {
  let last = 0
  return (events) => {
    if (performance.now() - last < pause) return
    last = performance.now()
    tell({ kind: 'progress', progress: progressOf(events) })
  }
}
