// The archives of the log: one document each, also of those that failed or are gone.
import type { DomainEvents } from '../src/domain/events.ts'
import { projection } from './projection.ts'

export interface Backup {
  readonly backupId: string
  readonly kind: DomainEvents['BackupStarted']['kind']
  readonly baseId: string | null
  readonly status: 'running' | 'verified' | 'failed'
  /** Whether the archive is there to be restored, verified or removed. */
  readonly present: boolean
  readonly scheduled: boolean
  /** Who asked for it; null where it was found. */
  readonly by: string | null
  readonly createdAt: string
  /** When it was completed, or failed. */
  readonly finishedAt: string | null
  readonly bytes: number | null
  readonly events: number | null
  readonly fromPosition: string | null
  readonly toPosition: string | null
  readonly verifiedAt: string | null
  /** The code of what went wrong, and what is known of it, for an administrator. */
  readonly failure: { readonly code: string; readonly detail: string } | null
  readonly removedAt: string | null
  /** Whether it was removed. */
  readonly gone: boolean
  /** When it was last restored into a scratch store. */
  readonly drilledAt: string | null
}

const key = ({ data }: { readonly data: { readonly backupId: string } }) => data.backupId

type Archive = Pick<DomainEvents['BackupCompleted'], 'bytes' | 'events' | 'fromPosition' | 'toPosition' | 'at'>
const whole = ({ bytes, events, fromPosition, toPosition, at }: Archive) => ({
  status: 'verified' as const,
  present: true,
  finishedAt: at,
  verifiedAt: at,
  bytes,
  events,
  fromPosition,
  toPosition,
  failure: null,
})

const begun = {
  status: 'running',
  present: false,
  finishedAt: null,
  bytes: null,
  events: null,
  fromPosition: null,
  toPosition: null,
  verifiedAt: null,
  failure: null,
  removedAt: null,
  gone: false,
  drilledAt: null,
} as const

export const backups = projection<Backup>('backups', {
  version: 1,
  indexes: ['createdAt', ['gone', 'createdAt']],
  on: {
    BackupStarted: {
      key,
      initial: ({ data: { at, ...start } }) => ({ ...begun, ...start, createdAt: at }),
      apply: (backup) => backup,
    },
    BackupCompleted: { key, apply: (backup, { data }) => ({ ...backup, ...whole(data) }) },
    BackupFailed: {
      key,
      apply: (backup, { data: { code, detail, at } }) => ({
        ...backup,
        status: 'failed',
        finishedAt: at,
        failure: { code, detail },
      }),
    },
    BackupFound: {
      key,
      initial: ({ data: { backupId, kind, baseId, createdAt } }) => ({
        ...begun,
        backupId,
        kind,
        baseId,
        createdAt,
        scheduled: false,
        by: null,
      }),
      apply: (backup, { data }) => ({ ...backup, ...whole(data) }),
    },
    BackupVerified: {
      key,
      apply: (backup, { data }) => ({ ...backup, status: 'verified', verifiedAt: data.at, failure: null }),
    },
    BackupFoundDamaged: {
      key,
      apply: (backup, { data: { code, detail } }) => ({ ...backup, status: 'failed', failure: { code, detail } }),
    },
    BackupRemoved: {
      key,
      apply: (backup, { data }) => ({ ...backup, present: false, gone: true, removedAt: data.at }),
    },
    BackupDrilled: { key, apply: (backup, { data }) => ({ ...backup, drilledAt: data.at }) },
    DrillFailed: {
      key,
      apply: (backup, { data: { code, detail } }) => ({ ...backup, status: 'failed', failure: { code, detail } }),
    },
  },
})
