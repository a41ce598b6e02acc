// The connections to MongoDB: how long anything may take, what counts as written, how full the pool is, and what a failure is called.
import { type Collection, type Db, MongoClient, MongoError, type OptionalUnlessRequiredId } from 'mongodb'
import { UnavailableError } from '../../kernel/errors.ts'
import { databaseIn } from './address.ts'

/** How the connections are used at the moment. */
export interface PoolStats {
  readonly open: number
  readonly inUse: number
  /** Operations that wait for a connection. */
  readonly waiting: number
}

export interface Connections {
  readonly db: Db
  /** Asks the servers, and turns their failure into the kernel's error. @throws UnavailableError */
  ask<Answer>(part: string, question: () => Promise<Answer>): Promise<Answer>
  stats(): PoolStats
  close(): Promise<void>
}

/** Milliseconds. An operation that is not answered in this time has failed for its caller: no read may outlive a collection that was retired. */
export const longestAnswer = 30_000

const options = {
  appName: 'caminho-seguro',
  // A write that was acknowledged survives the loss of any minority of the members, and nothing is read that could still be undone.
  writeConcern: { w: 'majority', journal: true },
  readConcern: { level: 'majority' },
  serverSelectionTimeoutMS: 5_000,
  connectTimeoutMS: 5_000,
  waitQueueTimeoutMS: 5_000,
  socketTimeoutMS: longestAnswer,
  maxPoolSize: 50,
  // Positions are 64-bit integers; numbers of documents are 32-bit integers or doubles, and stay numbers.
  useBigInt64: true,
} as const

/** Connects when first used, and again whenever it must: a server that is away fails each operation, not the start. */
export function connectTo(url: string): Connections {
  const client = new MongoClient(url, options)
  let connected: Promise<unknown> | undefined
  let closed = false

  // Once connected, the driver looks after its connections by itself; a client whose first attempt failed it leaves for dead.
  const connect = (): Promise<unknown> => {
    connected ??= client.connect().catch((error: unknown) => {
      connected = undefined
      throw error
    })
    return connected
  }

  return {
    db: client.db(databaseIn(url)),
    stats: countConnections(client),
    async ask(part, question) {
      if (closed) throw new UnavailableError(part)
      try {
        await connect()
        return await question()
      } catch (error) {
        throw error instanceof MongoError ? new UnavailableError(part, { cause: error }) : error
      }
    },
    async close() {
      closed = true
      await client.close()
    },
  }
}

function countConnections(client: MongoClient): () => PoolStats {
  let [open, inUse, waiting] = [0, 0, 0]
  client.on('connectionCreated', () => {
    open += 1
  })
  client.on('connectionClosed', () => {
    open -= 1
  })
  client.on('connectionCheckOutStarted', () => {
    waiting += 1
  })
  client.on('connectionCheckOutFailed', () => {
    waiting -= 1
  })
  client.on('connectionCheckedOut', () => {
    waiting -= 1
    inUse += 1
  })
  client.on('connectionCheckedIn', () => {
    inUse -= 1
  })
  return () => ({ open, inUse, waiting })
}

/** Whether a write was refused because there is a document of this id. */
export const isDuplicate = ({ code }: { readonly code?: number | string | undefined }): boolean => code === 11_000

/** Inserts a document unless there is one of its id; whether it did. Of many who try at once, one does. */
export async function insertUnlessThere<Doc extends { readonly _id: string }>(
  collection: Collection<Doc>,
  document: OptionalUnlessRequiredId<Doc>,
): Promise<boolean> {
  try {
    await collection.insertOne(document)
    return true
  } catch (error) {
    if (error instanceof MongoError && isDuplicate(error)) return false
    throw error
  }
}

/** What is asked of a collection, or else what stands for it when there is no such collection. */
export async function unlessMissing<Answer>(question: Promise<Answer>, otherwise: Answer): Promise<Answer> {
  try {
    return await question
  } catch (error) {
    if (error instanceof MongoError && error.code === 26) return otherwise
    throw error
  }
}
