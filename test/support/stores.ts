// Which stores the tests of the whole product run on: embedded in a folder, or on the servers that EVENT_STORE_URL and READ_MODELS_URL name,
// there with streams and a database of the folder's own.
import { basename } from 'node:path'
import { databaseIn, inDatabase } from '../../src/stores/mongodb/address.ts'

/** Of every installation on servers. */
export const masterKey = Buffer.alloc(32, 7).toString('base64')

/** The settings of the environment for an installation in a folder; the same again for whoever opens it a second time. */
export function settingsIn(folder: string): Record<string, string> {
  const { EVENT_STORE_URL, READ_MODELS_URL } = process.env
  const name = basename(folder)
  return {
    DATA_DIR: folder,
    ...(EVENT_STORE_URL && { EVENT_STORE_URL, EVENT_STORE_PREFIX: `${name}.`, MASTER_KEY: masterKey }),
    ...(READ_MODELS_URL && { READ_MODELS_URL: inDatabase(READ_MODELS_URL, name), MASTER_KEY: masterKey }),
  }
}

/** Whether the log is a file, whose positions follow one another. */
export const isLogEmbedded = (): boolean => !process.env.EVENT_STORE_URL
export const areReadModelsEmbedded = (): boolean => !process.env.READ_MODELS_URL

/** Removes what an installation has left on the servers. Streams are left: no store can do away with those. */
export async function forgetServers(folder: string): Promise<void> {
  const { READ_MODELS_URL: url } = settingsIn(folder)
  if (!url) return
  const { MongoClient } = await import('mongodb')
  const client = new MongoClient(url)
  // And what was restored beside it.
  const { databases } = await client.db().admin().listDatabases({ nameOnly: true })
  const own = databaseIn(url)
  for (const { name } of databases)
    if (name === own || name.startsWith(`${own}-r`)) await client.db(name).dropDatabase()
  await client.close()
}
