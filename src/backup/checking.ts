// Checking archives that are there: read whole and compared with what was written, taken up when the log does not know them, restored for a trial.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { raiseAlert, resolveAlert } from '../commands/alerts.ts'
import { knownBackups, onBackups } from '../commands/backups.ts'
import { type Context, personIn } from '../commands/handling.ts'
import type { KnownBackup } from '../domain/backups/backups.ts'
import { reject } from '../kernel/decider.ts'
import { embeddedIn } from '../opening.ts'
import { ArchiveError } from './archive-error.ts'
import { erasedPersons } from './erasures.ts'
import type { Begun } from './making.ts'
import { runTask } from './tasks.ts'
import { tellProgress } from './underway.ts'
import { told, trouble, type Workroom } from './workroom.ts'

const drillTrouble = { kind: 'backup-failed', subject: 'drill' } as const

/** Begins to read an archive whole; `finished` resolves to whether it is sound. Rejections: `unknown-backup`. */
export async function beginVerifying(room: Workroom, backupId: string, context: Context): Promise<Begun> {
  const backup = await room.find(backupId)
  if (!backup) return { outcome: reject('unknown-backup', { backupId }), finished: Promise.resolve(false) }
  const finished = verify(room, backup, context).catch((error: unknown) => {
    // Nothing is known of the archive then: it is neither confirmed nor found damaged.
    room.log.error({ err: error, backupId }, 'a backup could not be verified')
    return false
  })
  const position = await room.rawLog.head()
  return { outcome: { rejected: false, value: { id: backupId }, position }, finished }
}

async function verify(room: Workroom, backup: KnownBackup, context: Context): Promise<boolean> {
  const { keyValue, places, signal, system } = room
  const { backupId, digest, root } = backup
  const alert = { ...trouble, subject: backupId }
  const progress = tellProgress(keyValue, backupId)
  const by = personIn(context)
  try {
    const task = { kind: 'read', backupId } as const
    const read = await runTask<'read'>(places, task, { signal, onProgress: progress.tell })
    if (read.digest !== digest || read.summary.root !== root)
      throw new ArchiveError('damaged-archive', 'it is another file than the one that was written')
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error
    await raiseAlert(room, { ...alert, detail: error.message }, system)
    await onBackups(room, 'ReportDamage', (at) => ({ backupId, ...told(error), by, at }), context)
    return false
  } finally {
    await progress.over()
  }
  await resolveAlert(room, alert, system)
  const confirmed = await onBackups(room, 'ConfirmBackup', (at) => ({ backupId, by, at }), context)
  return !confirmed.rejected
}

/** Takes up an archive that the log does not know, if it is whole and this company's. @throws ArchiveError, UnavailableError */
export async function adopt(room: Workroom, backupId: string): Promise<void> {
  const { places, signal, system } = room
  const read = await runTask<'read'>(places, { kind: 'read', backupId }, { signal, onProgress: () => undefined })
  const { manifest, summary, bytes, digest } = read
  if (manifest.log !== (await room.firstId())) throw new ArchiveError('foreign-archive')
  const { keys: _, photos: __, ...archive } = summary
  const { kind, baseId, createdAt, from } = manifest
  const found = { backupId, kind, baseId, createdAt, bytes, digest, ...archive, fromPosition: from.position }
  await onBackups(room, 'FindBackup', (at) => ({ ...found, at }), system)
}

/** Restores the newest sound archive into a scratch store, and says so. */
export async function drill(room: Workroom, ending: AbortSignal): Promise<void> {
  const { config, keyValue, log, places, system } = room
  const backup = (await knownBackups(room, system)).known.findLast(({ sound }) => sound)
  if (!backup) return
  const { backupId, root } = backup
  const folder = join(config.dataDir, `drill-${backupId}`)
  const began = performance.now()
  const progress = tellProgress(keyValue, backupId)
  try {
    await rm(folder, { recursive: true, force: true })
    const erased = await erasedPersons(await room.files(), keyValue)
    const task = { kind: 'restore', backupId, until: null, into: embeddedIn(folder), folder, erased } as const
    const restored = await runTask<'restore'>(places, task, { signal: ending, onProgress: progress.tell })
    if (restored.root !== root) throw new ArchiveError('damaged-archive', 'what it restores is not the log')
    const { events } = restored
    const seconds = Math.round(performance.now() - began) / 1_000
    await onBackups(room, 'ConfirmDrill', (at) => ({ backupId, events, seconds, at }), system)
    await resolveAlert(room, drillTrouble, system)
  } catch (error) {
    ending.throwIfAborted()
    log.error({ err: error, backupId }, 'a drill failed')
    await onBackups(room, 'FailDrill', (at) => ({ backupId, ...told(error), at }), system)
    await raiseAlert(room, { ...drillTrouble, detail: told(error).detail }, system)
  } finally {
    await progress.over()
    await rm(folder, { recursive: true, force: true })
  }
}
