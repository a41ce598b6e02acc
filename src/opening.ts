// Where the stores are: in the data directory, or each half on servers. Nothing else in the program can tell.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { masterKeyIn } from './auth/master-key.ts'
import type { Config } from './config.ts'
import { openEmbeddedReadModels } from './embedded-read-models.ts'
import { UnavailableError } from './kernel/errors.ts'
import type { EventStore } from './kernel/event-store.ts'
import type { KeyValueStore } from './kernel/key-value.ts'
import type { ReadModels } from './kernel/read-models.ts'
import { openSqliteEventStore, type SqliteEventStore } from './stores/sqlite/event-store.ts'
import { openSqliteKeyValue } from './stores/sqlite/key-value.ts'
import { type Leases, type LeasesOptions, leasesOfOneNode, leasesOver } from './subscribers/leases.ts'

/** Where the stores of an installation are, as threads are told of it. */
export const whereabouts = z.object({
  dataDir: z.string(),
  /** Undefined: the log is in the data directory. */
  eventStoreUrl: z.string().optional(),
  eventStorePrefix: z.string(),
  /** Undefined: the read models are in the data directory. What is kept beside the log is kept where they are. */
  readModelsUrl: z.string().optional(),
})
export type Whereabouts = z.infer<typeof whereabouts>

/** An event store. One that is a file tells what whoever uses the same file would else notice late; servers tell everybody themselves. */
export type OpenedEventStore = EventStore & Partial<Pick<SqliteEventStore, 'wake' | 'onCommit' | 'onForeignCommit'>>

export interface Stores {
  readonly eventStore: OpenedEventStore
  readonly models: ReadModels
  readonly keyValue: KeyValueStore
  close(): Promise<void>
}

/** The paths of what is embedded in a data directory. */
export const pathsIn = (dataDir: string) => ({
  events: join(dataDir, 'events.sqlite'),
  readModels: join(dataDir, 'read-models.sqlite'),
  keyValue: join(dataDir, 'keys.sqlite'),
})

/** Where a configuration says that the stores are. */
export const whereaboutsOf = ({
  dataDir,
  eventStoreUrl,
  eventStorePrefix,
  readModelsUrl,
}: Pick<Config, keyof Whereabouts>): Whereabouts => ({
  dataDir,
  eventStorePrefix,
  ...(eventStoreUrl && { eventStoreUrl }),
  ...(readModelsUrl && { readModelsUrl }),
})

/** Whether several nodes may work on the stores at once: only where none of them is in a node's own directory. */
export const areShared = ({ eventStoreUrl, readModelsUrl }: Whereabouts): boolean =>
  eventStoreUrl !== undefined && readModelsUrl !== undefined

/** Leases among all nodes that work on the stores. */
export const leasesAt = (where: Whereabouts, options: LeasesOptions): Leases =>
  areShared(where) ? leasesOver(options) : leasesOfOneNode()

/** The master key that the configuration gives, or else the one in the data directory, which is made when there is none. */
export function masterKeyOf(config: Config): Buffer {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  return config.masterKey ?? masterKeyIn(config.dataDir)
}

/**
 * Opens the stores. Servers need not be there yet: whoever asks something of them hears of it. `readOnly`: for threads that append nothing.
 * @throws UnavailableError when an embedded store cannot be opened
 */
export async function openStores(where: Whereabouts, { readOnly = false } = {}): Promise<Stores> {
  if (where.eventStoreUrl || where.readModelsUrl)
    throw new UnavailableError('what speaks to servers (not built in yet)')
  const paths = pathsIn(where.dataDir)
  mkdirSync(where.dataDir, { recursive: true, mode: 0o700 })
  const keyValue = openSqliteKeyValue({ path: paths.keyValue })
  const eventStore = openSqliteEventStore({ path: paths.events, readOnly })
  const models = openEmbeddedReadModels({ path: paths.readModels })
  return {
    eventStore,
    models,
    keyValue,
    async close() {
      await Promise.all([eventStore.close(), models.close(), keyValue.close()])
    },
  }
}
