// Read models that save late: whoever folds into them cannot tell.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Collection, Generation } from '../../kernel/read-models.ts'
import { openSqliteReadModels } from './read-models.ts'
import { writeBehind } from './write-behind.ts'

const items: Collection<{ readonly price: number }> = { name: 'items', version: 1, indexes: ['price'] }
const generation: Generation = { collection: items, number: 1 }

const saving = (id: string, price: number, position: bigint, isNew: boolean) => ({
  saves: [{ generation, documents: [{ id, position, document: { price }, isNew }] }],
  checkpoints: [],
})

async function opened() {
  const file = openSqliteReadModels({ path: ':memory:' })
  const late = writeBehind(file)
  await late.models.prepare(generation)
  const priceIn = async (models: typeof file) =>
    (await models.load(generation, ['a'])).map(({ document }) => document && 'price' in document && document.price)
  return { file, late, priceIn }
}

test('what is held back is what is loaded, and is in the file once it is flushed', async () => {
  const { file, late, priceIn } = await opened()
  await late.models.save(saving('a', 1, 1n, true))
  assert.deepEqual(await priceIn(file), [1], 'what is new is not held back')
  await late.models.save(saving('a', 2, 2n, false))
  assert.deepEqual(await priceIn(file), [1])
  assert.deepEqual(await priceIn(late.models), [2])
  await late.flush()
  assert.deepEqual(await priceIn(file), [2])
  assert.deepEqual(await priceIn(late.models), [2])
})

test('a document that is called new while another state of it is held back does not go under', async () => {
  const { late, priceIn } = await opened()
  await late.models.save(saving('a', 2, 2n, false))
  await late.models.save(saving('a', 3, 3n, true))
  await late.flush()
  assert.deepEqual(await priceIn(late.models), [3])
})

test('before a generation answers queries, nothing of it is held back', async () => {
  const { file, late } = await opened()
  await late.models.save(saving('a', 2, 2n, false))
  await late.models.activate(generation)
  assert.equal((await file.find(items, { where: { price: 2 } })).items.length, 1)
})

test('no more is held back than there is room for', async () => {
  const { file, late } = await opened()
  for (let number = 0; number <= 4_000; number += 1) await late.models.save(saving(`${number}`, number, 1n, false))
  assert.equal(await file.count(items), 4_001)
})
