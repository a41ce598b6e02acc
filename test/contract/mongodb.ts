// MongoDB for the contract suites: the server of READ_MODELS_URL, or else FerretDB started here. Each test file has a database of its own.
import { after } from 'node:test'
import { MongoClient } from 'mongodb'
import { v7 as newId } from 'uuid'
import { inDatabase } from '../../src/stores/mongodb/address.ts'
import { type Mongo, openMongo } from '../../src/stores/mongodb/index.ts'
import { type FerretdbOptions, ferretdbInNewFolder, whyNoFerretdb } from '../servers/ferretdb.ts'
import type { Opened } from './opened.ts'

const given = process.env.READ_MODELS_URL

/** Why there is no server; false: there is one. */
export const noMongo: string | false = given ? false : (whyNoFerretdb() ?? false)

/** The address of a database that is dropped, with its server, after the tests of this file; empty where there is none. */
export async function newMongo(options: Omit<FerretdbOptions, 'folder'> = {}): Promise<string> {
  if (noMongo) return ''
  const server = given ? undefined : await ferretdbInNewFolder(options)
  const url = inDatabase(server?.url ?? given ?? '', `test-${newId()}`)
  after(async () => {
    await dropDatabase(url)
    await server?.stop()
  })
  return url
}

async function dropDatabase(url: string): Promise<void> {
  const client = new MongoClient(url)
  await client.db().dropDatabase()
  await client.close()
}

/** Opens one of the stores for a contract suite. */
export const inMongo =
  <Store>(url: string, part: (mongo: Mongo) => Store) =>
  async (): Promise<Required<Opened<Store>>> => {
    const opened: Mongo[] = []
    const open = () => {
      const mongo = openMongo({ url })
      opened.push(mongo)
      return part(mongo)
    }
    return {
      store: open(),
      async reopen() {
        await opened[0]?.close()
        return open()
      },
      beside: async () => open(),
      async destroy() {
        await Promise.all(opened.map((one) => one.close()))
      },
    }
  }
