// Where the stores are: in the data directory, or each half on servers. Nothing else in the program can tell.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { masterKeyIn } from './auth/master-key.ts'
import { type Config, ConfigError } from './config.ts'
import { openEmbeddedReadModels } from './embedded-read-models.ts'
import type { EventStore } from './kernel/event-store.ts'
import type { KeyValueStore } from './kernel/key-value.ts'
import type { ReadModels } from './kernel/read-models.ts'
import type { KurrentEventStore } from './stores/kurrentdb/event-store.ts'
import type { PoolStats } from './stores/mongodb/index.ts'
import { openSqliteEventStore, type SqliteEventStore } from './stores/sqlite/event-store.ts'
import { openSqliteKeyValue } from './stores/sqlite/key-value.ts'
import { faultsOfLog } from './stores/sqlite/log-check.ts'
import { type Leases, type LeasesOptions, leasesOfOneNode, leasesOver } from './subscribers/leases.ts'
import type { Log } from './subscribers/log.ts'

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

/** An event store. One that is a file tells what whoever uses the same file would else notice late; servers tell everybody themselves, and how they are used. */
export type OpenedEventStore = EventStore &
  Partial<Pick<SqliteEventStore, 'wake' | 'onCommit' | 'onForeignCommit'> & Pick<KurrentEventStore, 'stats'>>

export interface Stores {
  readonly eventStore: OpenedEventStore
  readonly models: ReadModels
  readonly keyValue: KeyValueStore
  /** How the connections to a server of read models are used. */
  readonly connections?: () => PoolStats
  close(): Promise<void>
}

/** The paths of what is embedded in a data directory. */
export const pathsIn = (dataDir: string) => ({
  events: join(dataDir, 'events.sqlite'),
  readModels: join(dataDir, 'read-models.sqlite'),
  keyValue: join(dataDir, 'keys.sqlite'),
})

/** Everything in one directory. */
export const embeddedIn = (dataDir: string): Whereabouts => ({ dataDir, eventStorePrefix: '' })

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

interface OpeningOptions {
  /** Told when a server's subscriptions are interrupted and go on. */
  readonly log?: Log
  /** For threads that append nothing. */
  readonly readOnly?: boolean
  /** Whoever serves people does not wait for the disk: the embedded log is written by a thread of its own. */
  readonly serving?: boolean
}

/**
 * Opens the stores. Servers need not be there yet: whoever asks something of them hears of it.
 * @throws UnavailableError when an embedded store cannot be opened, ConfigError when a URL is not one that its client takes
 */
export async function openStores(where: Whereabouts, options: OpeningOptions = {}): Promise<Stores> {
  mkdirSync(where.dataDir, { recursive: true, mode: 0o700 })
  const eventStore = await openEventStore(where, options)
  const { close, ...beside } = await openBesideTheLog(where)
  return {
    ...beside,
    eventStore,
    async close() {
      await eventStore.close()
      await close()
    },
  }
}

/**
 * Opens the log alone. The clients of servers are loaded where they are used: they take a while, and memory.
 * @throws UnavailableError, ConfigError
 */
export async function openEventStore(
  { dataDir, eventStoreUrl: url, eventStorePrefix }: Whereabouts,
  { log, readOnly = false, serving = false }: OpeningOptions = {},
): Promise<OpenedEventStore> {
  if (!url) return openSqliteEventStore({ path: pathsIn(dataDir).events, readOnly, ownThread: serving })
  const { openKurrentEventStore } = await import('./stores/kurrentdb/event-store.ts')
  return taking('EVENT_STORE_URL', () => openKurrentEventStore({ url, prefix: eventStorePrefix, ...(log && { log }) }))
}

/** What is wrong with the file of an embedded log, in words. What a server finds wrong with its own files it says itself. */
export const faultsIn = ({ dataDir, eventStoreUrl }: Whereabouts): Iterable<string> =>
  eventStoreUrl === undefined ? faultsOfLog(pathsIn(dataDir).events) : []

/** Read models, and what is kept beside the log and not derived from it: in one place, so that there is one thing to back up. */
export async function openBesideTheLog({
  dataDir,
  readModelsUrl: url,
}: Whereabouts): Promise<Omit<Stores, 'eventStore'>> {
  if (url) {
    const { openMongo } = await import('./stores/mongodb/index.ts')
    const { stats, drop: _, ...stores } = taking('READ_MODELS_URL', () => openMongo({ url }))
    return { ...stores, connections: stats }
  }
  const paths = pathsIn(dataDir)
  const [keyValue, models] = [
    openSqliteKeyValue({ path: paths.keyValue }),
    openEmbeddedReadModels({ path: paths.readModels }),
  ]
  return { models, keyValue, close: async () => void (await Promise.all([models.close(), keyValue.close()])) }
}

/** Removes the read models, and what is kept beside the log, where they are on a server. Files are left. @throws UnavailableError */
export async function dropDatabase({ readModelsUrl: url }: Whereabouts): Promise<void> {
  if (!url) return
  const { openMongo } = await import('./stores/mongodb/index.ts')
  const { drop, close } = openMongo({ url })
  await drop().finally(close)
}

/** What a client makes of a URL; its complaint is not told, since it may quote a password. */
function taking<Opened>(setting: string, open: () => Opened): Opened {
  try {
    return open()
  } catch (cause) {
    throw new ConfigError(`${setting}: is not a URL that its client takes (see .env.example)`, { cause })
  }
}
