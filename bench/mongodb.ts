// Read models and the key-value store in MongoDB against the bare driver doing the same, on the same server in the same run: the one at
// READ_MODELS_URL, or FerretDB started here.
import { type Db, MongoClient } from 'mongodb'
import { v7 as newId } from 'uuid'
import { projections } from '../projections/index.ts'
import type { Batch, Generation, ReadModels } from '../src/kernel/read-models.ts'
import { inDatabase } from '../src/stores/mongodb/address.ts'
import { openMongo } from '../src/stores/mongodb/index.ts'
import { openSqliteReadModels } from '../src/stores/sqlite/read-models.ts'
import { startProjections } from '../src/subscribers/projection-runner.ts'
import { openLog, silent } from '../test/live/audit.ts'
import { ferretdbInNewFolder, whyNoFerretdb } from '../test/servers/ferretdb.ts'
import { type Contender, type Figure, inTurns, perSecond } from './figure.ts'
import type { History } from './history.ts'

const roundTrips = 200

/** A server and a database on it, for this run alone. */
async function server(): Promise<{ db: Db; url: string; name: string; stop(): Promise<void> }> {
  const given = process.env.READ_MODELS_URL
  const missing = given ? undefined : whyNoFerretdb()
  if (missing) throw new Error(missing)
  const started = given ? undefined : await ferretdbInNewFolder()
  const url = inDatabase(given ?? started?.url ?? '', `bench-${newId()}`)
  const client = new MongoClient(url, { writeConcern: { w: 'majority', journal: true }, useBigInt64: true })
  const db = client.db()
  return {
    db,
    url,
    name: given ? 'MongoDB' : 'FerretDB',
    async stop() {
      await db.dropDatabase()
      await client.close()
      await started?.stop()
    },
  }
}

/** What a rebuild of all read models saves, batch by batch. */
async function batchesOf({ folder }: History): Promise<readonly Batch[]> {
  const { store, close } = await openLog(folder)
  const sqlite = openSqliteReadModels({ path: ':memory:' })
  const batches: Batch[] = []
  const models: ReadModels = {
    ...sqlite,
    save(batch) {
      batches.push(batch)
      return sqlite.save(batch)
    },
  }
  const stopping = new AbortController()
  const runner = startProjections({ store, models, projections, signal: stopping.signal, log: silent })
  await runner.waitFor(await store.head(), 600_000)
  stopping.abort()
  await runner.stopped
  await Promise.all([sqlite.close(), close()])
  return batches
}

const documentsIn = (batches: readonly Batch[]): number =>
  batches.flatMap(({ saves }) => saves).reduce((sum, { documents }) => sum + documents.length, 0)

let generations = 0

/** Each round builds a generation of its own. */
const rebuilding = (models: ReadModels, batches: readonly Batch[]): Contender =>
  async function measure() {
    const number = ++generations
    const moved = ({ collection }: Generation): Generation => ({ collection, number })
    for (const collection of projections) await models.prepare({ collection, number })
    const start = performance.now()
    for (const { saves, checkpoints } of batches)
      await models.save({
        saves: saves.map(({ generation, documents }) => ({ generation: moved(generation), documents })),
        checkpoints: checkpoints.map(({ generation, position }) => ({ generation: moved(generation), position })),
      })
    return perSecond(documentsIn(batches), start)
  }

/** The documents as they are, without indexed fields or promises: all that must be known is which of them are new. */
const writingBare = (db: Db, batches: readonly Batch[]): Contender =>
  async function measure() {
    const number = ++generations
    const known = new Set<string>()
    const start = performance.now()
    const write = async ({ generation, documents }: Batch['saves'][number]): Promise<void> => {
      const { name } = generation.collection
      const into = db.collection<{ _id: string }>(`bare/${name}/${number}`)
      const all = documents.map(({ id, position, document }) => ({ _id: id, position, document }))
      const isNew = ({ _id }: { _id: string }) => !known.has(`${name}/${_id}`)
      const [fresh, others] = [all.filter(isNew), all.filter((one) => !isNew(one))]
      for (const { _id } of fresh) known.add(`${name}/${_id}`)
      if (fresh.length > 0) await into.insertMany(fresh, { ordered: false })
      const updates = others.map(({ _id, ...rest }) => ({ updateMany: { filter: { _id }, update: { $set: rest } } }))
      if (updates.length > 0) await into.bulkWrite(updates, { ordered: false })
    }
    for (const { saves } of batches) await Promise.all(saves.map(write))
    return perSecond(documentsIn(batches), start)
  }

/** Reads an entry and replaces what was read, again and again. */
const replacing = (replace: () => Promise<unknown>): Contender =>
  async function measure() {
    const start = performance.now()
    for (let i = 0; i < roundTrips; i += 1) await replace()
    return perSecond(roundTrips, start)
  }

/** The adapter as a share of what the bare driver does. */
export async function mongodb(histories: readonly History[]): Promise<readonly Figure[]> {
  const [history] = histories
  if (!history) return []
  const { db, url, name, stop } = await server()
  const { models, keyValue, close } = openMongo({ url })
  const batches = await batchesOf(history)
  const against = `the bare driver, on ${name}`

  const [writes = 0, saves = 0] = await inTurns(3, [writingBare(db, batches), rebuilding(models, batches)])

  const bare = db.collection<{ _id: string; version: number }>('bare')
  await bare.insertOne({ _id: 'space/key', version: 1 })
  await keyValue.put('space', 'key', { n: 1 })
  const [updates = 0, puts = 0] = await inTurns(3, [
    replacing(async () => {
      const found = await bare.findOne({ _id: 'space/key' })
      await bare.updateMany({ _id: 'space/key', version: found?.version ?? 0 }, { $inc: { version: 1 } })
    }),
    replacing(async () => {
      const entry = await keyValue.get('space', 'key')
      await keyValue.put('space', 'key', { n: 1 }, { expected: entry?.version ?? 0 })
    }),
  ])

  await close()
  await stop()
  return [
    {
      name: `saving what a rebuild of ${history.events.toLocaleString('en')} events saves`,
      value: saves,
      baseline: writes,
      unit: 'documents/s',
      bound: { ratio: 0.8 },
      against,
      limitedBy:
        'the server; then the indexed fields and words beside each document, and the look whether its generation is there',
    },
    {
      name: 'compare-and-set of an entry, one after the other',
      value: puts,
      baseline: updates,
      unit: '/s',
      bound: { ratio: 0.4 },
      against,
      limitedBy: 'the claim: two writes besides the update',
    },
  ]
}
