// Everything that can happen to the backups of the log, and to what is restored from them.
import { z } from 'zod'
import { type DataOf, events, v1 } from '../../kernel/event.ts'
import { id, instant, note, text } from '../values.ts'

/** Full, or what came after the last full one. */
export const backupKind = z.enum(['full', 'incremental'])
export type BackupKind = z.infer<typeof backupKind>

/** A position in the log, as a decimal string; -1 before the first event. */
const position = z.string().regex(/^(-1|\d+)$/)
const sha256 = z.string().regex(/^[\da-f]{64}$/)

/** What is known of an archive that was read back whole. */
const archive = {
  bytes: z.int().nonnegative(),
  /** SHA-256 of the file, in hexadecimal. */
  digest: sha256,
  /** How many events it holds. */
  events: z.int().nonnegative(),
  /** The positions between which they stand: after the first, up to the last. */
  fromPosition: position,
  toPosition: position,
  /**
   * How many events the log had up to there, the root of its Merkle tree (RFC 9162), and the tree's peaks, with which an incremental backup
   * goes on; hashes in hexadecimal.
   */
  size: z.int().nonnegative(),
  root: sha256,
  peaks: z.array(sha256),
}

export const backupEvents = events('backup', {
  BackupStarted: v1({
    backupId: id,
    kind: backupKind,
    baseId: id.nullable(),
    scheduled: z.boolean(),
    by: id,
    at: instant,
  }),
  /** Written, read back whole, decrypted, and found to be the log. */
  BackupCompleted: v1({ backupId: id, ...archive, at: instant }),
  /** `code` is that of the error; nothing is left of the archive. */
  BackupFailed: v1({ backupId: id, code: text, detail: note, at: instant }),
  /** A sound archive that this log knew nothing of, as after a restore to an earlier time. */
  BackupFound: v1({
    backupId: id,
    kind: backupKind,
    baseId: id.nullable(),
    createdAt: instant,
    ...archive,
    at: instant,
  }),
  BackupVerified: v1({ backupId: id, by: id, at: instant }),
  /** The archive is not what was written, or cannot be read any more. */
  BackupFoundDamaged: v1({ backupId: id, code: text, detail: note, by: id, at: instant }),
  /** `outdated`: there are as many newer ones as are to be kept. */
  BackupRemoved: v1({ backupId: id, reason: z.enum(['asked', 'outdated']), by: id, at: instant }),
  /** A drill: the backup was restored into a scratch store, which was the log and is gone again. */
  BackupDrilled: v1({ backupId: id, events: z.int().nonnegative(), seconds: z.number().nonnegative(), at: instant }),
  DrillFailed: v1({ backupId: id, code: text, detail: note, at: instant }),
})
export type BackupEvents = DataOf<typeof backupEvents>

export const restoreEvents = events('restore', {
  /** `to`: a position or an instant, null for all that the backup holds. */
  RestoreStarted: v1({ restoreId: id, backupId: id, to: text.nullable(), by: id, at: instant }),
  /** Nothing was touched. */
  RestoreFailed: v1({ restoreId: id, code: text, detail: note, at: instant }),
  /** It stands beside this log on its servers, whole and checked; nodes use it when they are started with these settings. */
  RestorePrepared: v1({
    restoreId: id,
    toPosition: position,
    events: z.int().nonnegative(),
    settings: z.array(z.object({ name: text, value: note })),
    at: instant,
  }),
  /**
   * The first fact of a log after it was restored up to a position. `replaced`: the folder with the store that it took the place of;
   * null where there was none.
   */
  BackupRestored: v1({
    restoreId: id,
    backupId: id,
    toPosition: position,
    events: z.int().nonnegative(),
    replaced: text.nullable(),
    by: id,
    startedAt: instant,
    at: instant,
  }),
  ReplacedStoreRemoved: v1({ restoreId: id, by: id, at: instant }),
})
export type RestoreEvents = DataOf<typeof restoreEvents>
