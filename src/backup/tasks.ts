// The heavy work of backups: in a thread of its own, which ends with it, so that nobody who is served waits for it.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { UnavailableError } from '../kernel/errors.ts'
import { whereabouts } from '../opening.ts'
import { ArchiveError, isArchiveErrorCode } from './archive-error.ts'
import { manifest, summary } from './format.ts'

/** Where a thread finds what it works with. */
export const surroundings = z.object({
  where: whereabouts,
  /** Places of file stores (see src/files): of the archives, and of the files with the photos in them. */
  archives: z.string(),
  files: z.string(),
  keys: z.object({
    passphrase: z.string().optional(),
    recipients: z.array(z.string()),
    identities: z.array(z.string()),
  }),
  masterKey: z.custom<Uint8Array>((key) => key instanceof Uint8Array),
  ownsMasterKey: z.boolean(),
})
export type Surroundings = z.infer<typeof surroundings>

export const task = z.discriminatedUnion('kind', [
  /** Write the archive, and read it back whole. */
  z.object({ kind: z.literal('write'), manifest, photosSince: z.date().optional() }),
  z.object({ kind: z.literal('read'), backupId: z.string() }),
  /** Make a store of it in new places, and read that again. */
  z.object({
    kind: z.literal('restore'),
    backupId: z.string(),
    until: z.string().nullable(),
    into: whereabouts,
    folder: z.string(),
    erased: z.set(z.string()),
  }),
])
export type Task = z.infer<typeof task>

const fileRead = { bytes: z.int(), digest: z.string() }
/** What each kind of task gives. */
export const results = {
  write: summary.extend(fileRead),
  read: z.object({ manifest, summary, ...fileRead }),
  restore: z.object({ events: z.int(), toPosition: z.string(), root: z.string() }),
} as const
export type Results = { [K in keyof typeof results]: z.infer<(typeof results)[K]> }

export const phase = z.enum(['writing', 'verifying', 'restoring'])
/** How far a task is: the events of this phase so far. */
export const progress = z.object({ phase, events: z.int() })
export type Progress = z.infer<typeof progress>

export const fromThread = z.discriminatedUnion('kind', [
  progress.extend({ kind: z.literal('progress') }),
  z.object({ kind: z.literal('done'), result: z.unknown() }),
  z.object({ kind: z.literal('failed'), code: z.string(), message: z.string() }),
])
export type FromThread = z.infer<typeof fromThread>

/** A task failed in its thread. The code is that of what was thrown there. */
function failureOf({ code, message }: { readonly code: string; readonly message: string }): Error {
  const cause = new Error(message)
  if (isArchiveErrorCode(code)) return new ArchiveError(code, '', { cause })
  return new UnavailableError('what a backup needs', { cause })
}

/** Does a task in a thread. Aborting ends it where it stands. @throws ArchiveError, UnavailableError, the signal's reason */
export async function runTask<K extends Task['kind']>(
  where: Surroundings,
  asked: Extract<Task, { kind: K }>,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void },
): Promise<Results[K]> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('thread.ts', import.meta.url), {
    workerData: { where, task: asked },
    // Much passes through and nothing stays: a small young heap keeps the memory flat.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  })
  const end = () => void worker.terminate()
  signal.addEventListener('abort', end, { once: true })
  let told: Exclude<FromThread, { kind: 'progress' }> | undefined
  worker.on('message', (heard: unknown) => {
    const message = fromThread.parse(heard)
    if (message.kind === 'progress') onProgress(message)
    else told = message
  })
  try {
    await once(worker, 'exit')
  } finally {
    signal.removeEventListener('abort', end)
  }
  signal.throwIfAborted()
  if (told?.kind === 'done') return results[asked.kind].parse(told.result) as Results[K]
  throw failureOf(told ?? { code: 'unavailable', message: 'the thread ended before its work' })
}
