// Backups at work, as the rest of the program sees them: made, verified, removed, read, listed, drilled.
import { knownBackups, onBackups } from '../commands/backups.ts'
import type { Made } from '../commands/change.ts'
import { type Context, type Outcome, personIn } from '../commands/handling.ts'
import type { KnownBackup } from '../domain/backups/backups.ts'
import { adopt, beginVerifying, drill } from './checking.ts'
import { backupIn, fileOf } from './format.ts'
import { type Asked, type Begun, beginBackup, failBackup, leaseName } from './making.ts'
import { readProgress, tellProgress, type Underway } from './underway.ts'
import { type BackupDesk, openWorkroom, type Workroom } from './workroom.ts'

/** An archive as a file, and what the log knows of it. */
export interface Archive {
  readonly backupId: string
  readonly bytes: number
  readonly writtenAt: Date
  readonly known: KnownBackup | undefined
}

export interface Backups {
  /**
   * Begins a backup, which goes on by itself; with `kind` undefined it is full when the last full one is a week old. Rejections: `backup-running`
   * { backupId }.
   */
  begin(asked: Asked, context: Context): Promise<Begun>
  /** Begins to read an archive whole; `finished` resolves to whether it is sound. Rejections: `unknown-backup`. */
  verify(backupId: string, context: Context): Promise<Begun>
  /** Rejections: `unknown-backup`, `backup-needed` { by }. */
  remove(backupId: string, context: Context): Promise<Outcome<Made>>
  /** Restores the newest sound archive into a scratch store, and says so. */
  drill(signal: AbortSignal): Promise<void>
  /** The archive's bytes; undefined when it is not there. */
  read(backupId: string): Promise<{ readonly bytes: number; readonly content: AsyncIterable<Uint8Array> } | undefined>
  underway(): Promise<Underway | undefined>
  /** The archives that are there, also those that the log does not know. */
  archives(): Promise<readonly Archive[]>
  /** Sees to what was left behind by processes that died, and takes up archives that the log does not know. */
  tidy(): Promise<void>
}

/** Backups of a system, until the signal aborts. */
export function openBackups(desk: BackupDesk, signal: AbortSignal): Backups {
  const room = openWorkroom(desk, signal)
  return {
    begin: (asked, context) => beginBackup(room, asked, context),
    verify: (backupId, context) => beginVerifying(room, backupId, context),

    async remove(backupId, context) {
      const removal = { backupId, reason: 'asked', by: personIn(context) } as const
      const outcome = await onBackups(room, 'RemoveBackup', (at) => ({ ...removal, at }), context)
      if (!outcome.rejected) await (await room.files()).delete(fileOf(backupId))
      return outcome
    },

    drill: (ending) => drill(room, ending),

    async read(backupId) {
      const store = await room.files()
      const [stat, content] = [await store.stat(fileOf(backupId)), await store.read(fileOf(backupId))]
      return stat && content && { bytes: stat.bytes, content }
    },

    underway: () => readProgress(room.keyValue),
    archives: () => archivesIn(room),
    tidy: () => room.leases.whileHeld(leaseName, () => tidy(room), signal),
  }
}

async function archivesIn(room: Workroom): Promise<readonly Archive[]> {
  const { known } = await knownBackups(room, room.system)
  const found: Archive[] = []
  for await (const { name, bytes, modifiedAt: writtenAt } of (await room.files()).list('archives/')) {
    const backupId = backupIn(name)
    if (backupId === undefined) continue
    found.push({ backupId, bytes, writtenAt, known: known.find((backup) => backup.backupId === backupId) })
  }
  return found
}

async function tidy(room: Workroom): Promise<void> {
  const { keyValue, log, system } = room
  const store = await room.files()
  await store.sweep('archives')
  await tellProgress(keyValue, '').over()
  for await (const { name } of store.list('archives/')) {
    const backupId = backupIn(name)
    if (backupId === undefined || (await room.find(backupId))) continue
    await adopt(room, backupId).catch((error: unknown) => log.warn({ err: error, name }, 'an archive is not taken up'))
  }
  // Whoever was making it is dead, or it would have the lease.
  const { running } = await knownBackups(room, system)
  if (running) await failBackup(room, running.backupId, new InterruptedError())
}

class InterruptedError extends Error {
  readonly code = 'interrupted'
  constructor() {
    super('the process that made it came to an end')
    this.name = 'InterruptedError'
  }
}
