// The read models in MongoDB against the contract of their port, and their own promises: exact positions, SQLite's order, nothing dropped too soon.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Collection, Query } from '../../src/kernel/read-models.ts'
import { connectTo } from '../../src/stores/mongodb/client.ts'
import { openMongoReadModels } from '../../src/stores/mongodb/read-models.ts'
import { openSqliteReadModels } from '../../src/stores/sqlite/read-models.ts'
import { inMongo, newMongo, noMongo } from './mongodb.ts'
import { readModelsContract } from './read-models.ts'
import { generation, good, newShelf, pagesOf, save, saving, stocked } from './shelf.ts'

const url = await newMongo()
const open = inMongo(url, ({ models }) => models)

describe('documents in MongoDB', { skip: noMongo }, () => {
  readModelsContract('MongoDB', open)

  test('positions of 64 bits are exact', async () => {
    const { store, destroy } = await open()
    const shelf = newShelf()
    const first = generation(shelf)
    const far = 2n ** 62n
    await store.prepare(first)
    for (const position of [far + 1n, far, far + 2n, far + 1n])
      await store.save({
        saves: [{ generation: first, documents: [saving('a', position, good(`at ${position}`))] }],
        checkpoints: [{ generation: first, position }],
      })
    assert.deepEqual(await store.get(shelf, 'a'), { id: 'a', position: far + 2n, document: good(`at ${far + 2n}`) })
    const checkpoints = await store.checkpoints()
    assert.equal(checkpoints.find(({ name }) => name === shelf.name)?.position, far + 2n)
    await destroy()
  })

  test('pages and cursors are those of SQLite, whatever kinds of values a field has', async () => {
    const { store, destroy } = await open()
    const sqlite = openSqliteReadModels({ path: ':memory:' })
    type Mixed = { readonly mixed: unknown }
    const value = fc.oneof(
      fc.constantFrom(null, undefined, true, false, '', '1', 'é', '🛒', []),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    )
    const plan = {
      values: fc.array(value, { maxLength: 20 }),
      descending: fc.boolean(),
      limit: fc.integer({ min: 1, max: 6 }),
    }
    await fc.assert(
      fc.asyncProperty(fc.record(plan), async ({ values, descending, limit }) => {
        const { name } = newShelf()
        const collection: Collection<Mixed> = { name, version: 1, indexes: ['mixed'] }
        const direction = descending ? ('descending' as const) : ('ascending' as const)
        const query: Query<Mixed> = { sort: { by: 'mixed', direction }, limit }
        const [ours, theirs] = await Promise.all(
          [store, sqlite].map(async (models) => {
            const first = generation(collection)
            await models.prepare(first)
            await save(models, first, ...values.map((mixed, i) => saving(`id${i}`, i, { mixed })))
            return [await models.find(collection, query), await pagesOf(models, collection, query)]
          }),
        )
        assert.deepEqual(ours, theirs)
      }),
      { numRuns: 25 },
    )
    await sqlite.close()
    await destroy()
  })

  test('a generation whose maker died before it was live is live once it has caught up', async () => {
    const connections = connectTo(url)
    const models = openMongoReadModels(connections)
    const shelf = newShelf()
    const first = generation(shelf)
    await models.prepare(first)
    await connections.db.collection<{ _id: string }>('aliases').deleteOne({ _id: shelf.name })
    await save(models, first, saving('a', 1, good('Arroz')))
    assert.equal(await models.get(shelf, 'a'), undefined)
    await models.activate(first)
    assert.equal((await models.get(shelf, 'a'))?.document.name, 'Arroz')
    await connections.close()
  })

  test('a replaced generation is dropped a minute later, when nobody can be reading it', async () => {
    const connections = connectTo(url)
    let now = Date.now()
    const models = openMongoReadModels(connections, () => now)
    const shelf = await stocked(models, { a: good('old') })
    const [first, second] = [generation(shelf), generation(shelf, 2)]
    const documents = async (number: number): Promise<number> =>
      connections.db.collection(`documents/${shelf.name}/${number}`).countDocuments()
    await models.prepare(second)
    await save(models, second, saving('a', 1, good('new')))
    await models.activate(second)
    assert.deepEqual([await documents(1), await documents(2)], [1, 1])

    now += 60_001
    await models.activate(second)
    assert.deepEqual([await documents(1), await documents(2)], [0, 1])
    assert.equal(
      await models.fits({ ...first, collection: { ...shelf, indexes: ['label'] } }),
      true,
      'it is not known any more',
    )
    await connections.close()
  })
})
