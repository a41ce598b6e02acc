// The read-model contract, documents: kept as they are, and never taken back to an earlier position.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ReadModels } from '../../src/kernel/read-models.ts'
import type { Open } from './opened.ts'
import { generation, good, ids, newShelf, save, saving, stocked } from './shelf.ts'

export function documentsContract(open: Open<ReadModels>): void {
  describe('documents', () => {
    test('a collection that is not there reads as empty', async () => {
      const { store, destroy } = await open()
      const shelf = newShelf()
      assert.equal(await store.get(shelf, 'a'), undefined)
      assert.deepEqual(await store.getMany(shelf, ['a']), [])
      assert.deepEqual(await store.find(shelf, { where: { price: 1 }, sort: { by: 'price' } }), { items: [] })
      assert.equal(await store.count(shelf), 0)
      await destroy()
    })

    test('what was saved is got, with its position', async () => {
      const { store, destroy } = await open()
      const [rice, soap] = [good('Arroz', { notes: 'Saco de 25 kg 🛒' }), good('Sabão', { category: null })]
      const shelf = await stocked(store, { 'rice@shop': rice, soap })
      assert.deepEqual(await store.get(shelf, 'rice@shop'), { id: 'rice@shop', position: 0n, document: rice })
      assert.equal(await store.get(shelf, 'x'), undefined)
      const found = await store.getMany(shelf, ['soap', 'x', 'rice@shop'])
      assert.deepEqual(ids(found).sort(), ['rice@shop', 'soap'])
      assert.deepEqual(await store.getMany(shelf, []), [])
      await destroy()
    })

    test('a document is kept to the byte', async () => {
      const { store, destroy } = await open()
      const shelf = newShelf()
      const first = generation(shelf)
      const document = {
        zebra: 1,
        name: 'O\u0301leo',
        id: 'its own',
        position: 'its own too',
        document: { list: [[], {}, null, 0.1, Number.MAX_SAFE_INTEGER] },
        'a key with "quotes"': true,
        apple: '\u0000\n🛒',
      }
      await store.prepare(first)
      await save(store, first, saving('a', 1, document))
      assert.equal(JSON.stringify((await store.get(shelf, 'a'))?.document), JSON.stringify(document))
      assert.equal(JSON.stringify((await store.load(first, ['a']))[0]?.document), JSON.stringify(document))
      await destroy()
    })

    test('a save at an earlier position changes nothing; at a later one it does', async () => {
      const { store, destroy } = await open()
      const shelf = newShelf()
      const first = generation(shelf)
      await store.prepare(first)
      await save(store, first, saving('a', 5, good('five')))
      await save(store, first, saving('a', 4, good('four')))
      assert.equal((await store.get(shelf, 'a'))?.document.name, 'five')
      await save(store, first, saving('a', 6, good('six')))
      assert.deepEqual(await store.get(shelf, 'a'), { id: 'a', position: 6n, document: good('six') })
      await destroy()
    })

    test('a removed document is not found, and an earlier save does not bring it back', async () => {
      const { store, destroy } = await open()
      const shelf = await stocked(store, { a: good('Arroz'), b: good('Feijão') })
      const first = generation(shelf)
      await save(store, first, saving('a', 10, null))
      await save(store, first, saving('a', 9, good('Arroz')))
      assert.equal(await store.get(shelf, 'a'), undefined)
      assert.deepEqual(ids(await store.getMany(shelf, ['a', 'b'])), ['b'])
      assert.deepEqual(ids((await store.find(shelf, { where: { category: 'food' } })).items), ['b'])
      assert.deepEqual((await store.find(shelf, { text: 'arroz' })).items, [])
      assert.equal(await store.count(shelf), 1)
      assert.deepEqual(await store.load(first, ['a', 'x']), [saving('a', 10, null)])
      await save(store, first, saving('a', 11, good('Arroz')))
      assert.equal((await store.find(shelf, { text: 'arroz' })).items.length, 1)
      await destroy()
    })

    test('a removal can come before there was a document', async () => {
      const { store, destroy } = await open()
      const shelf = newShelf()
      const first = generation(shelf)
      await store.prepare(first)
      await save(store, first, saving('a', 7, null))
      await save(store, first, saving('a', 3, good('late')))
      assert.equal(await store.get(shelf, 'a'), undefined)
      await destroy()
    })

    test('thousands of documents are saved and loaded in one go', async () => {
      const { store, destroy } = await open()
      const shelf = newShelf()
      const first = generation(shelf)
      await store.prepare(first)
      const documents = Array.from({ length: 5_000 }, (_, i) => saving(`good-${i}`, i, good(`Good ${i}`, { price: i })))
      await save(store, first, ...documents)
      const loaded = await store.load(
        first,
        documents.map(({ id }) => id),
      )
      assert.deepEqual(new Map(loaded.map((one) => [one.id, one])), new Map(documents.map((one) => [one.id, one])))
      assert.equal(await store.count(shelf, { where: { price: { gte: 4_000 } } }), 1_000)
      await destroy()
    })

    test('two runners that save the same events at once leave the latest of each document', async () => {
      const { store, beside, destroy } = await open()
      const other = beside ? await beside() : store
      const shelf = newShelf()
      const first = generation(shelf)
      await store.prepare(first)
      const run = async (models: ReadModels, batch: number) => {
        for (let position = 0; position < 60; position += batch)
          await models.save({
            saves: [
              {
                generation: first,
                documents: Array.from({ length: 5 }, (_, i) =>
                  saving(`g${i}`, position + i, good(`at ${position + i}`, { price: position + i })),
                ),
              },
            ],
            checkpoints: [{ generation: first, position: BigInt(position + 4) }],
          })
      }
      await Promise.all([run(store, 5), run(other, 15), run(other, 5), run(store, 20)])
      for (let i = 0; i < 5; i += 1)
        assert.deepEqual(await other.get(shelf, `g${i}`), {
          id: `g${i}`,
          position: BigInt(55 + i),
          document: good(`at ${55 + i}`, { price: 55 + i }),
        })
      assert.equal((await store.checkpoints()).find(({ name }) => name === shelf.name)?.position, 59n)
      await destroy()
    })

    test('what was saved is there after the read models were opened again', async (t) => {
      const { store, reopen, destroy } = await open()
      const shelf = await stocked(store, { a: good('Arroz') })
      if (reopen) {
        const again = await reopen()
        assert.equal((await again.get(shelf, 'a'))?.document.name, 'Arroz')
        assert.equal((await again.find(shelf, { text: 'arr' })).items.length, 1)
      } else t.skip('these read models cannot be opened again')
      await destroy()
    })
  })
}
