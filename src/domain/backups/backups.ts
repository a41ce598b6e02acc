// The rules of backups. One stream for all of them: one is made at a time, and none is removed that another needs.
import { type Decider, nothing, type Rejection, reject } from '../../kernel/decider.ts'
import { type EventIn, event } from '../../kernel/event.ts'
import { type BackupEvents, type BackupKind, backupEvents } from './events.ts'

export type BackupCommands = {
  StartBackup: BackupEvents['BackupStarted']
  CompleteBackup: BackupEvents['BackupCompleted']
  FailBackup: BackupEvents['BackupFailed']
  FindBackup: BackupEvents['BackupFound']
  ConfirmBackup: BackupEvents['BackupVerified']
  ReportDamage: BackupEvents['BackupFoundDamaged']
  RemoveBackup: BackupEvents['BackupRemoved']
  ConfirmDrill: BackupEvents['BackupDrilled']
  FailDrill: BackupEvents['DrillFailed']
}

/** An archive that there is. */
export interface KnownBackup {
  readonly backupId: string
  readonly kind: BackupKind
  readonly baseId: string | null
  /** ISO 8601 UTC: when it was begun. */
  readonly createdAt: string
  readonly digest: string
  readonly root: string
  readonly size: number
  readonly peaks: readonly string[]
  readonly toPosition: string
  /** Whether it was whole when it was last read. */
  readonly sound: boolean
  /** Whether this log only found it, as after a restore to an earlier time: it may hold what the log has never known. */
  readonly found: boolean
}

export interface Backups {
  /** The one that is being made. */
  readonly running: BackupEvents['BackupStarted'] | null
  /** In the order in which they were completed. */
  readonly known: readonly KnownBackup[]
}

/** The id of the only stream. */
export const backupsId = 'all'

const find = ({ known }: Backups, backupId: string) => known.find((backup) => backup.backupId === backupId)
const without = (known: readonly KnownBackup[], backupId: string) =>
  known.filter((backup) => backup.backupId !== backupId)
const judged = ({ running, known }: Backups, backupId: string, sound: boolean): Backups => ({
  running,
  known: known.map((backup) => (backup.backupId === backupId ? { ...backup, sound } : backup)),
})

type Decision = readonly EventIn<BackupEvents>[] | Rejection

/** A rule for an archive that there is. */
const existing =
  <Command extends { readonly backupId: string }>(decide: (backups: Backups, command: Command) => Decision) =>
  (backups: Backups, command: Command): Decision =>
    find(backups, command.backupId)
      ? decide(backups, command)
      : reject('unknown-backup', { backupId: command.backupId })

/**
 * StartBackup: `backup-running` { backupId }; `unknown-backup` for a base that is no full one. CompleteBackup and FailBackup change nothing when
 * it is not running. RemoveBackup: `backup-needed` { by } while others build on it. Those on an archive: `unknown-backup` { backupId }.
 */
export const backups: Decider<BackupCommands, BackupEvents, Backups> = {
  events: backupEvents,
  initial: { running: null, known: [] },
  snapshotVersion: 2,

  decide: {
    StartBackup(backups, start) {
      if (backups.running) return reject('backup-running', { backupId: backups.running.backupId })
      if (start.baseId !== null && find(backups, start.baseId)?.kind !== 'full')
        return reject('unknown-backup', { backupId: start.baseId })
      return [event('BackupStarted', start)]
    },
    CompleteBackup: ({ running }, completion) =>
      running?.backupId === completion.backupId ? [event('BackupCompleted', completion)] : nothing,
    FailBackup: ({ running }, failure) =>
      running?.backupId === failure.backupId ? [event('BackupFailed', failure)] : nothing,
    FindBackup: (backups, found) => (find(backups, found.backupId) ? nothing : [event('BackupFound', found)]),
    ConfirmBackup: existing((_, confirmation) => [event('BackupVerified', confirmation)]),
    ReportDamage: existing((_, report) => [event('BackupFoundDamaged', report)]),
    RemoveBackup: existing((backups, removal) => {
      const by = backups.known.filter(({ baseId }) => baseId === removal.backupId).map(({ backupId }) => backupId)
      if (backups.running?.baseId === removal.backupId) by.push(backups.running.backupId)
      return by.length > 0 ? reject('backup-needed', { by }) : [event('BackupRemoved', removal)]
    }),
    ConfirmDrill: existing((_, drill) => [event('BackupDrilled', drill)]),
    FailDrill: existing((_, failure) => [event('DrillFailed', failure)]),
  },

  evolve: {
    BackupStarted: ({ known }, running) => ({ running, known }),
    BackupCompleted: ({ running, known }, { backupId, digest, root, size, peaks, toPosition, at }) => ({
      running: null,
      known: [
        ...known,
        {
          backupId,
          kind: running?.kind ?? 'full',
          baseId: running?.baseId ?? null,
          createdAt: running?.at ?? at,
          digest,
          root,
          size,
          peaks,
          toPosition,
          sound: true,
          found: false,
        },
      ],
    }),
    BackupFailed: ({ known }) => ({ running: null, known }),
    BackupFound: (
      { running, known },
      { backupId, kind, baseId, createdAt, digest, root, size, peaks, toPosition },
    ) => ({
      running: running?.backupId === backupId ? null : running,
      known: [
        ...known,
        { backupId, kind, baseId, createdAt, digest, root, size, peaks, toPosition, sound: true, found: true },
      ],
    }),
    BackupVerified: (backups, { backupId }) => judged(backups, backupId, true),
    BackupFoundDamaged: (backups, { backupId }) => judged(backups, backupId, false),
    BackupRemoved: ({ running, known }, { backupId }) => ({ running, known: without(known, backupId) }),
  },
}

/** Days after which a scheduled backup is full again. */
const fullEvery = 7

/**
 * The full backup that a scheduled one at a time builds upon; undefined when it is to be full itself. `numberedSince`: positions from before then
 * are those of another store.
 */
export function baseFor({ known }: Backups, now: Date, numberedSince = ''): KnownBackup | undefined {
  const own = known.filter(({ found, createdAt }) => !found && createdAt > numberedSince)
  const last = own.findLast(({ kind, sound }) => kind === 'full' && sound)
  const age = last && now.getTime() - Date.parse(last.createdAt)
  // An hour less: the schedule is no clock.
  return age !== undefined && age < fullEvery * 86_400_000 - 3_600_000 ? last : undefined
}

/**
 * Those that are to go so that the newest `keep` sound ones remain, in an order in which they can: what builds on a full one goes before it,
 * and a full one stays as long as one that is kept builds on it.
 */
export function outdated({ known }: Backups, keep: number): readonly KnownBackup[] {
  const kept = known.filter(({ sound }) => sound).slice(-keep)
  const oldest = kept[0]
  if (!oldest) return []
  const needed = new Set(kept.flatMap(({ backupId, baseId }) => [backupId, baseId]))
  const gone = known.slice(0, known.indexOf(oldest)).filter(({ backupId }) => !needed.has(backupId))
  return gone.toSorted((one, other) => Number(one.kind === 'full') - Number(other.kind === 'full'))
}
