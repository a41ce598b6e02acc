// Backups at work: one is made at a time in a cluster, every step is recorded, and what went wrong raises an alert.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { openAudit } from '../audit/index.ts'
import { raiseAlert, resolveAlert } from '../commands/alerts.ts'
import { knownBackups, onBackups } from '../commands/backups.ts'
import type { Made } from '../commands/change.ts'
import { type Context, type Desk, type Outcome, personIn } from '../commands/handling.ts'
import type { Config } from '../config.ts'
import { baseFor, type Backups as Known, type KnownBackup, outdated } from '../domain/backups/backups.ts'
import type { BackupKind } from '../domain/backups/events.ts'
import { type FileStore, openFiles } from '../files/index.ts'
import { reject } from '../kernel/decider.ts'
import { type EventStore, START } from '../kernel/event-store.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import { numberedSince } from '../moving/numbering.ts'
import { embeddedIn } from '../opening.ts'
import type { Lease, Leases } from '../subscribers/leases.ts'
import { ArchiveError } from './archive-error.ts'
import { fingerprintOf } from './encryption.ts'
import { erasedPersons } from './erasures.ts'
import { backupIn, fileOf, type Manifest } from './format.ts'
import { surroundingsOf } from './place.ts'
import { type Progress, type Results, runTask } from './tasks.ts'
import { readProgress, tellProgress, type Underway } from './underway.ts'

/** What backups stand on. */
export interface BackupDesk extends Desk {
  readonly config: Config
  readonly log: Logger
  readonly rawLog: EventStore
  readonly keyValue: KeyValueStore
  readonly leases: Leases
  /** Who the system itself is, in what it records on its own account. */
  readonly self: (part: string) => Context
}

/** An archive as a file, and what the log knows of it. */
export interface Archive {
  readonly backupId: string
  readonly bytes: number
  readonly writtenAt: Date
  readonly known: KnownBackup | undefined
}

export interface Asked {
  /** Undefined: whichever is due. */
  readonly kind: BackupKind | undefined
  readonly scheduled: boolean
}

export interface Backups {
  /**
   * Begins a backup, which goes on by itself; with `kind` undefined it is full when the last full one is a week old. Rejections: `backup-running`
   * { backupId }. `finished` resolves when it is over, well or not.
   */
  begin(
    asked: Asked,
    context: Context,
  ): Promise<{ readonly outcome: Outcome<Made>; readonly finished: Promise<boolean> }>
  /** Reads an archive whole; gives whether it is sound. Rejections: `unknown-backup`. */
  verify(backupId: string, context: Context): Promise<Outcome<{ readonly sound: boolean }>>
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

const leaseName = 'backup'
/** Milliseconds to wait for another node, which may just have been made to end. */
const patienceForLease = 5_000
const trouble = { kind: 'backup-failed', subject: 'backup' } as const
const drillTrouble = { kind: 'backup-failed', subject: 'drill' } as const

/** Backups of a system, until the signal aborts. */
export function openBackups(desk: BackupDesk, signal: AbortSignal): Backups {
  const { config, log, now, newId, keyValue, rawLog, leases, self } = desk
  const system = self('backup')
  const places = surroundingsOf(config)
  let opened: Promise<FileStore> | undefined
  const files = () => {
    opened ??= openFiles(places.archives)
    return opened
  }

  const firstId = async (): Promise<string | null> => {
    for await (const [first] of rawLog.readAll({ limit: 1 })) return first?.id ?? null
    return null
  }

  const manifestFor = async ({ running }: Known, base: KnownBackup | undefined): Promise<Manifest> => ({
    format: 'caminho-backup',
    version: 1,
    id: running?.backupId ?? '',
    kind: running?.kind ?? 'full',
    baseId: base?.backupId ?? null,
    createdAt: running?.at ?? now().toISOString(),
    log: await firstId(),
    masterKey: fingerprintOf(Buffer.from(places.masterKey)),
    from: base
      ? { position: base.toPosition, size: base.size, peaks: [...base.peaks] }
      : { position: String(START), size: 0, peaks: [] },
  })

  /** So that the archive carries a seal over nearly all that it holds. A log that cannot be sealed is backed up all the more. */
  const seal = () =>
    openAudit(desk)
      .sealNow()
      .catch((error: unknown) => log.warn({ err: error }, 'the log could not be sealed before its backup'))

  /** Makes the backup that was started. */
  const make = async (backupId: string, ending: AbortSignal): Promise<boolean> => {
    const progress = tellProgress(keyValue, backupId)
    try {
      const known = await knownBackups(desk, system)
      const base = known.known.find((backup) => backup.backupId === known.running?.baseId)
      await (await files()).sweep('archives')
      await seal()
      const manifest = await manifestFor(known, base)
      const photosSince = base && new Date(base.createdAt)
      const task = { kind: 'write', manifest, ...(photosSince && { photosSince }) } as const
      const written = await runTask<'write'>(places, task, { signal: ending, onProgress: progress.tell })
      const { keys: _, photos: __, ...archive } = written
      const fromPosition = manifest.from.position
      await onBackups(desk, 'CompleteBackup', { backupId, ...archive, fromPosition }, system)
      await resolveAlert(desk, trouble, system)
      await removeOutdated()
      return true
    } catch (error) {
      // What a process leaves that ends is seen to by the next.
      if (!signal.aborted) await fail(backupId, error)
      return false
    } finally {
      await progress.over()
    }
  }

  const fail = async (backupId: string, error: unknown): Promise<void> => {
    const { code, detail } = told(error)
    log.error({ err: error, backupId }, 'a backup failed')
    await onBackups(desk, 'FailBackup', { backupId, code, detail }, system)
    await raiseAlert(desk, { ...trouble, detail: `${code}: ${detail}` }, system)
  }

  const removeOutdated = async (): Promise<void> => {
    for (const { backupId } of outdated(await knownBackups(desk, system), config.backups.keep)) {
      const removal = { backupId, reason: 'outdated', by: personIn(system) } as const
      const outcome = await onBackups(desk, 'RemoveBackup', removal, system)
      if (!outcome.rejected) await (await files()).delete(fileOf(backupId))
    }
  }

  /** Records the start, by the rules; whether this is the first time that it was asked for. */
  const start = async ({ kind, scheduled }: Asked, context: Context) => {
    const since = await numberedSince(keyValue)
    const base = kind === 'full' ? undefined : baseFor(await knownBackups(desk, system), now(), since)
    const [backupId, baseId] = [newId(), base?.backupId ?? null]
    const by = personIn(context)
    const started = { backupId, kind: base ? 'incremental' : 'full', baseId, scheduled, by } as const
    const outcome = await onBackups(desk, 'StartBackup', started, context)
    // The same request again is answered alike, and is no second backup.
    return { outcome, isNew: !outcome.rejected && outcome.value.id === backupId, backupId }
  }

  const begin: Backups['begin'] = async (asked, context) => {
    const begun = Promise.withResolvers<Outcome<Made>>()
    const waiting = new AbortController()
    const patience = setTimeout(() => waiting.abort(), patienceForLease)
    let [held, sound] = [false, false]
    const work = async (lease: Lease): Promise<void> => {
      // Held anew after it was lost: that backup has failed.
      if (held) return
      held = true
      clearTimeout(patience)
      const { outcome, isNew, backupId } = await start(asked, context)
      begun.resolve(outcome)
      if (isNew) sound = await make(backupId, lease.signal)
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

  const find = async (backupId: string): Promise<KnownBackup | undefined> =>
    (await knownBackups(desk, system)).known.find((backup) => backup.backupId === backupId)

  const judge = async (backup: KnownBackup, onProgress: (progress: Progress) => void): Promise<Results['read']> => {
    const { backupId, digest, root } = backup
    const read = await runTask<'read'>(places, { kind: 'read', backupId }, { signal, onProgress })
    if (read.digest !== digest || read.summary.root !== root)
      throw new ArchiveError('damaged-archive', 'it is another file than the one that was written')
    return read
  }

  const adopt = async (backupId: string): Promise<void> => {
    const read = await runTask<'read'>(places, { kind: 'read', backupId }, { signal, onProgress: () => undefined })
    const { manifest, summary, bytes, digest } = read
    if (manifest.log !== (await firstId())) throw new ArchiveError('foreign-archive')
    const { keys: _, photos: __, ...archive } = summary
    const { kind, baseId, createdAt, from } = manifest
    const found = { backupId, kind, baseId, createdAt, bytes, digest, ...archive, fromPosition: from.position }
    await onBackups(desk, 'FindBackup', found, system)
  }

  return {
    begin,

    async verify(backupId, context) {
      const backup = await find(backupId)
      if (!backup) return reject('unknown-backup', { backupId })
      const progress = tellProgress(keyValue, backupId)
      const by = personIn(context)
      try {
        await judge(backup, progress.tell)
      } catch (error) {
        if (!(error instanceof ArchiveError)) throw error
        await raiseAlert(desk, { ...trouble, subject: backupId, detail: error.message }, system)
        const damage = await onBackups(desk, 'ReportDamage', { backupId, ...told(error), by }, context)
        return damage.rejected ? damage : { ...damage, value: { sound: false } }
      } finally {
        await progress.over()
      }
      await resolveAlert(desk, { ...trouble, subject: backupId }, system)
      const confirmed = await onBackups(desk, 'ConfirmBackup', { backupId, by }, context)
      return confirmed.rejected ? confirmed : { ...confirmed, value: { sound: true } }
    },

    async remove(backupId, context) {
      const removal = { backupId, reason: 'asked', by: personIn(context) } as const
      const outcome = await onBackups(desk, 'RemoveBackup', removal, context)
      if (!outcome.rejected) await (await files()).delete(fileOf(backupId))
      return outcome
    },

    async drill(ending) {
      const backup = (await knownBackups(desk, system)).known.findLast(({ sound }) => sound)
      if (!backup) return
      const { backupId, root } = backup
      const folder = join(config.dataDir, `drill-${backupId}`)
      const began = performance.now()
      const progress = tellProgress(keyValue, backupId)
      try {
        await rm(folder, { recursive: true, force: true })
        const erased = await erasedPersons(await files(), keyValue)
        const task = { kind: 'restore', backupId, until: null, into: embeddedIn(folder), folder, erased } as const
        const restored = await runTask<'restore'>(places, task, { signal: ending, onProgress: progress.tell })
        if (restored.root !== root) throw new ArchiveError('damaged-archive', 'what it restores is not the log')
        const seconds = Math.round(performance.now() - began) / 1_000
        await onBackups(desk, 'ConfirmDrill', { backupId, events: restored.events, seconds }, system)
        await resolveAlert(desk, drillTrouble, system)
      } catch (error) {
        ending.throwIfAborted()
        log.error({ err: error, backupId }, 'a drill failed')
        await onBackups(desk, 'FailDrill', { backupId, ...told(error) }, system)
        await raiseAlert(desk, { ...drillTrouble, detail: told(error).detail }, system)
      } finally {
        await progress.over()
        await rm(folder, { recursive: true, force: true })
      }
    },

    async read(backupId) {
      const store = await files()
      const [stat, content] = [await store.stat(fileOf(backupId)), await store.read(fileOf(backupId))]
      return stat && content && { bytes: stat.bytes, content }
    },

    underway: () => readProgress(keyValue),

    async archives() {
      const { known } = await knownBackups(desk, system)
      const found: Archive[] = []
      for await (const { name, bytes, modifiedAt: writtenAt } of (await files()).list('archives/')) {
        const backupId = backupIn(name)
        if (backupId === undefined) continue
        found.push({ backupId, bytes, writtenAt, known: known.find((backup) => backup.backupId === backupId) })
      }
      return found
    },

    tidy: () =>
      leases.whileHeld(
        leaseName,
        async () => {
          const store = await files()
          await store.sweep('archives')
          await tellProgress(keyValue, '').over()
          for await (const { name } of store.list('archives/')) {
            const backupId = backupIn(name)
            if (backupId === undefined || (await find(backupId))) continue
            await adopt(backupId).catch((error: unknown) =>
              log.warn({ err: error, name }, 'an archive is not taken up'),
            )
          }
          // Whoever was making it is dead, or it would have the lease.
          const { running } = await knownBackups(desk, system)
          if (running) await fail(running.backupId, new InterruptedError())
        },
        signal,
      ),
  }
}

class InterruptedError extends Error {
  readonly code = 'interrupted'
  constructor() {
    super('the process that made it came to an end')
    this.name = 'InterruptedError'
  }
}

/** What is recorded of an error. */
export function told(error: unknown): { readonly code: string; readonly detail: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'internal-error'
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined
  return { code, detail: (cause ?? (error instanceof Error ? error.message : String(error))).slice(0, 2_000) }
}
