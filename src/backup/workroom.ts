// What the work on backups shares: the desk it stands on, the archives, and how what went wrong is told.
import type { Logger } from 'pino'
import { knownBackups } from '../commands/backups.ts'
import type { Context, Desk } from '../commands/handling.ts'
import type { Config } from '../config.ts'
import type { KnownBackup } from '../domain/backups/backups.ts'
import { type FileStore, openFiles } from '../files/index.ts'
import type { EventStore } from '../kernel/event-store.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import type { Leases } from '../subscribers/leases.ts'
import { surroundingsOf } from './place.ts'
import type { Surroundings } from './tasks.ts'

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

export interface Workroom extends BackupDesk {
  /** Who does what nobody asked for. */
  readonly system: Context
  readonly places: Surroundings
  /** Aborts when the process is to end. */
  readonly signal: AbortSignal
  /** Where the archives are. */
  files(): Promise<FileStore>
  /** The id of the log's first event, which tells one company's log from another's; null for an empty log. */
  firstId(): Promise<string | null>
  find(backupId: string): Promise<KnownBackup | undefined>
}

export const trouble = { kind: 'backup-failed', subject: 'backup' } as const

/** A room to work in until the signal aborts. */
export function openWorkroom(desk: BackupDesk, signal: AbortSignal): Workroom {
  const system = desk.self('backup')
  const places = surroundingsOf(desk.config)
  let opened: Promise<FileStore> | undefined
  return {
    ...desk,
    system,
    places,
    signal,
    files() {
      opened ??= openFiles(places.archives)
      return opened
    },
    async firstId() {
      for await (const [first] of desk.rawLog.readAll({ limit: 1 })) return first?.id ?? null
      return null
    },
    async find(backupId) {
      return (await knownBackups(desk, system)).known.find((backup) => backup.backupId === backupId)
    },
  }
}

/** What is recorded of an error. */
export function told(error: unknown): { readonly code: string; readonly detail: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'internal-error'
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined
  return { code, detail: (cause ?? (error instanceof Error ? error.message : String(error))).slice(0, 2_000) }
}
