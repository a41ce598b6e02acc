// What was restored from backups, or was to be.
import { projection } from './projection.ts'

export interface Restore {
  readonly restoreId: string
  readonly backupId: string
  readonly status: 'running' | 'failed' | 'prepared' | 'restored'
  readonly by: string
  readonly startedAt: string
  readonly finishedAt: string | null
  /** The last position of the log after it. */
  readonly toPosition: string | null
  readonly events: number | null
  /** The folder with the store that was replaced, while it is kept. */
  readonly replaced: string | null
  /** With which nodes use it, where it is prepared on servers. */
  readonly settings: readonly { readonly name: string; readonly value: string }[]
  readonly failure: { readonly code: string; readonly detail: string } | null
}

const key = ({ data }: { readonly data: { readonly restoreId: string } }) => data.restoreId

const begun = { finishedAt: null, toPosition: null, events: null, replaced: null, settings: [], failure: null } as const

export const restores = projection<Restore>('restores', {
  version: 2,
  indexes: ['startedAt'],
  on: {
    RestoreStarted: {
      key,
      initial: ({ data: { restoreId, backupId, by, at } }) => ({
        restoreId,
        backupId,
        by,
        ...begun,
        status: 'running',
        startedAt: at,
      }),
      apply: (restore) => restore,
    },
    RestoreFailed: {
      key,
      apply: (restore, { data: { code, detail, at } }) => ({
        ...restore,
        status: 'failed',
        finishedAt: at,
        failure: { code, detail },
      }),
    },
    RestorePrepared: {
      key,
      apply: (restore, { data: { toPosition, events, settings, at } }) => ({
        ...restore,
        status: 'prepared',
        finishedAt: at,
        toPosition,
        events,
        settings,
      }),
    },
    BackupRestored: {
      key,
      initial: ({ data: { restoreId, backupId, by, startedAt } }) => ({
        restoreId,
        backupId,
        by,
        ...begun,
        status: 'restored',
        startedAt,
      }),
      apply: (restore, { data: { toPosition, events, replaced, at } }) => ({
        ...restore,
        status: 'restored',
        settings: [],
        finishedAt: at,
        toPosition,
        events,
        replaced,
      }),
    },
    ReplacedStoreRemoved: { key, apply: (restore) => ({ ...restore, replaced: null }) },
  },
})
