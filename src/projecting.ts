// The main thread's side of the projections' thread: starts it, tells it of appends, hears how far it has come.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { Config } from './config.ts'
import type { PastSpan } from './kernel/tracing.ts'
import { foldingOf } from './rebuilding.ts'

const fromWorker = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), position: z.bigint() }),
  z.object({ kind: z.literal('failed'), projection: z.string(), reason: z.string() }),
  z.object({ kind: z.literal('closed') }),
  z.object({ kind: z.literal('log'), line: z.string() }),
  z.object({ kind: z.literal('span'), span: z.custom<PastSpan>() }),
])
export type FromWorker = z.infer<typeof fromWorker>

export const toWorker = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('appended') }),
  z.object({ kind: z.literal('wanted') }),
  z.object({ kind: z.literal('rebuild'), projection: z.string() }),
  z.object({ kind: z.literal('close') }),
])
export type ToWorker = z.infer<typeof toWorker>

export interface Projecting {
  /** The log has grown. */
  appended(): void
  /** Somebody waits for what was appended. */
  wanted(): void
  rebuild(projection: string): void
  /** Finishes the batch under way and ends the thread. */
  close(): Promise<void>
}

export interface ProjectingOptions {
  readonly config: Config
  readonly onProgress: (position: bigint) => void
  /** A line of the thread's log. */
  readonly onLog?: (line: string) => void
  /** Told of each batch that was folded; without it, the thread does not trace. */
  readonly onSpan?: ((span: PastSpan) => void) | undefined
  /** A projection has stopped at an event that it cannot fold. */
  readonly onFailure: (projection: string, reason: string) => void
  /** The thread has died, which it must not: whoever supervises the process should start it anew. */
  readonly onDeath: (error: unknown) => void
}

/** Starts the thread that runs the projections. */
export function startProjecting({
  config,
  onProgress,
  onFailure,
  onDeath,
  onLog = () => undefined,
  onSpan,
}: ProjectingOptions): Projecting {
  // 1 while the thread has been told of appends and has not looked yet: a busy thread is not told of each of them.
  const told = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    workerData: { ...foldingOf(config), told, traced: onSpan !== undefined },
  })
  let closing = false
  const tell = (message: ToWorker) => worker.postMessage(message)

  worker.on('message', (heard: unknown) => {
    const message = fromWorker.parse(heard)
    if (message.kind === 'progress') onProgress(message.position)
    if (message.kind === 'log') onLog(message.line)
    if (message.kind === 'span') onSpan?.(message.span)
    if (message.kind === 'failed') onFailure(message.projection, message.reason)
  })
  worker.on('error', onDeath)
  worker.on('exit', (code) => {
    if (!closing) onDeath(new Error(`the projections' thread ended with code ${code}`))
  })

  return {
    appended() {
      if (Atomics.exchange(told, 0, 1) === 0) tell({ kind: 'appended' })
    },
    wanted: () => tell({ kind: 'wanted' }),
    rebuild: (projection) => tell({ kind: 'rebuild', projection }),
    async close() {
      closing = true
      const ended = once(worker, 'exit')
      tell({ kind: 'close' })
      await ended
    },
  }
}
