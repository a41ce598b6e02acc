// The heavy work of backups, in a thread of its own.
import { z } from 'zod'
import { UnavailableError } from '../kernel/errors.ts'
import { whereabouts } from '../opening.ts'
import { inTaskThread, TaskFailedError } from '../task-thread.ts'
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

/** What a task failed of, by the code of what was thrown in its thread. */
function failureOf({ code, message }: TaskFailedError): Error {
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
  try {
    const result = await inTaskThread({
      program: new URL('thread.ts', import.meta.url),
      told: { where, task: asked },
      // Much passes through and nothing stays: a small young heap keeps the memory flat.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
      signal,
      onProgress: (told) => onProgress(progress.parse(told)),
    })
    return results[asked.kind].parse(result) as Results[K]
  } catch (error) {
    throw error instanceof TaskFailedError ? failureOf(error) : error
  }
}
