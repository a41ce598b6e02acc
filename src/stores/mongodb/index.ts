// MongoDB: read models and the key-value store on one set of connections.
import type { KeyValueStore } from '../../kernel/key-value.ts'
import type { ReadModels } from '../../kernel/read-models.ts'
import { connectTo, type PoolStats } from './client.ts'
import { openMongoKeyValue } from './key-value.ts'
import { openMongoReadModels } from './read-models.ts'

export type { PoolStats } from './client.ts'

export interface Mongo {
  readonly models: ReadModels
  readonly keyValue: KeyValueStore
  stats(): PoolStats
  /** Removes the database with all that is in it. */
  drop(): Promise<void>
  /** Closes the connections; closing `models` or `keyValue` alone closes none. */
  close(): Promise<void>
}

/**
 * Opens the stores in the database that the address names, or in »caminho«. Does not wait for the servers: while they are away every call fails
 * with an UnavailableError, and works again when they are back.
 */
export function openMongo({ url }: { readonly url: string }): Mongo {
  const connections = connectTo(url)
  const { db, ask, stats, close } = connections
  return {
    models: openMongoReadModels(connections),
    keyValue: openMongoKeyValue(connections),
    stats,
    drop: () => ask('the read models', async () => void (await db.dropDatabase())),
    close,
  }
}
