// Making a backup: one at a time in a cluster, every step recorded, and those that are outdated removed.
import { openAudit } from '../audit/index.ts'
import { raiseAlert, resolveAlert } from '../commands/alerts.ts'
import { knownBackups, onBackups } from '../commands/backups.ts'
import type { Made } from '../commands/change.ts'
import { type Context, type Outcome, personIn } from '../commands/handling.ts'
import { baseFor, type Backups as Known, type KnownBackup, outdated } from '../domain/backups/backups.ts'
import type { BackupKind } from '../domain/backups/events.ts'
import { reject } from '../kernel/decider.ts'
import { START } from '../kernel/event-store.ts'
import { numberedSince } from '../moving/numbering.ts'
import type { Lease } from '../subscribers/leases.ts'
import { fingerprintOf } from './encryption.ts'
import { fileOf, type Manifest } from './format.ts'
import { runTask } from './tasks.ts'
import { tellProgress } from './underway.ts'
import { told, trouble, type Workroom } from './workroom.ts'

export interface Asked {
  /** Undefined: whichever is due. */
  readonly kind: BackupKind | undefined
  readonly scheduled: boolean
}

/** Work that was begun and goes on by itself; `finished` resolves when it is over, to whether it went well. */
export interface Begun {
  readonly outcome: Outcome<Made>
  readonly finished: Promise<boolean>
}

export const leaseName = 'backup'
/** Milliseconds to wait for another node, which may just have been made to end. */
const patienceForLease = 5_000

/** Records that the backup under way has failed, and alerts. */
export async function failBackup(room: Workroom, backupId: string, error: unknown): Promise<void> {
  const { code, detail } = told(error)
  room.log.error({ err: error, backupId }, 'a backup failed')
  await onBackups(room, 'FailBackup', (at) => ({ backupId, code, detail, at }), room.system)
  await raiseAlert(room, { ...trouble, detail: `${code}: ${detail}` }, room.system)
}

/** Begins a backup. Rejections: `backup-running` { backupId }. */
export async function beginBackup(room: Workroom, asked: Asked, context: Context): Promise<Begun> {
  const { leases, log, signal } = room
  const begun = Promise.withResolvers<Outcome<Made>>()
  const waiting = new AbortController()
  const patience = setTimeout(() => waiting.abort(), patienceForLease)
  let [held, sound] = [false, false]
  const work = async (lease: Lease): Promise<void> => {
    // Held anew after it was lost: that backup has failed.
    if (held) return
    held = true
    clearTimeout(patience)
    const { outcome, isNew, backupId } = await start(room, asked, context)
    begun.resolve(outcome)
    if (isNew) sound = await make(room, backupId, lease.signal)
  }
  const working = leases.whileHeld(leaseName, work, AbortSignal.any([signal, waiting.signal]))
  const finished = working.then(
    () => {
      // Another node has it all the while.
      begun.resolve(reject('backup-running'))
      return sound
    },
    (error: unknown) => {
      log.error({ err: error }, 'a backup ended badly')
      begun.reject(error)
      return false
    },
  )
  return { outcome: await begun.promise, finished }
}

/** Records the start, by the rules; whether this is the first time that it was asked for. */
async function start(room: Workroom, { kind, scheduled }: Asked, context: Context) {
  const since = await numberedSince(room.keyValue)
  const base = kind === 'full' ? undefined : baseFor(await knownBackups(room, room.system), room.now(), since)
  const [backupId, baseId] = [room.newId(), base?.backupId ?? null]
  const started = { backupId, kind: base ? 'incremental' : 'full', baseId, scheduled, by: personIn(context) } as const
  const outcome = await onBackups(room, 'StartBackup', (at) => ({ ...started, at }), context)
  // The same request again is answered alike, and is no second backup.
  return { outcome, isNew: !outcome.rejected && outcome.value.id === backupId, backupId }
}

/** Makes the backup that was started. */
async function make(room: Workroom, backupId: string, ending: AbortSignal): Promise<boolean> {
  const { keyValue, places, signal, system } = room
  const progress = tellProgress(keyValue, backupId)
  try {
    const known = await knownBackups(room, system)
    const base = known.known.find((backup) => backup.backupId === known.running?.baseId)
    await (await room.files()).sweep('archives')
    await seal(room)
    const manifest = await manifestFor(room, known, base)
    const photosSince = base && new Date(base.createdAt)
    const task = { kind: 'write', manifest, ...(photosSince && { photosSince }) } as const
    const written = await runTask<'write'>(places, task, { signal: ending, onProgress: progress.tell })
    const { keys: _, photos: __, ...archive } = written
    const completed = { backupId, ...archive, fromPosition: manifest.from.position }
    await onBackups(room, 'CompleteBackup', (at) => ({ ...completed, at }), system)
    await resolveAlert(room, trouble, system)
    await removeOutdated(room)
    return true
  } catch (error) {
    // What a process leaves that ends is seen to by the next.
    if (!signal.aborted) await failBackup(room, backupId, error)
    return false
  } finally {
    await progress.over()
  }
}

/** So that the archive carries a seal over nearly all that it holds. A log that cannot be sealed is backed up all the more. */
const seal = (room: Workroom) =>
  openAudit(room)
    .sealNow()
    .catch((error: unknown) => room.log.warn({ err: error }, 'the log could not be sealed before its backup'))

async function manifestFor(room: Workroom, { running }: Known, base: KnownBackup | undefined): Promise<Manifest> {
  return {
    format: 'caminho-backup',
    version: 1,
    id: running?.backupId ?? '',
    kind: running?.kind ?? 'full',
    baseId: base?.backupId ?? null,
    createdAt: running?.at ?? room.now().toISOString(),
    log: await room.firstId(),
    masterKey: fingerprintOf(Buffer.from(room.places.masterKey)),
    from: base
      ? { position: base.toPosition, size: base.size, peaks: [...base.peaks] }
      : { position: String(START), size: 0, peaks: [] },
  }
}

async function removeOutdated(room: Workroom): Promise<void> {
  const { config, system } = room
  for (const { backupId } of outdated(await knownBackups(room, system), config.backups.keep)) {
    const removal = { backupId, reason: 'outdated', by: personIn(system) } as const
    const outcome = await onBackups(room, 'RemoveBackup', (at) => ({ ...removal, at }), system)
    if (!outcome.rejected) await (await room.files()).delete(fileOf(backupId))
  }
}
