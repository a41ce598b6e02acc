// How far read models stand is read from them alone, and only what all of them hold counts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { customers } from '../../projections/customers.ts'
import { products } from '../../projections/products.ts'
import { openSqliteReadModels } from '../stores/sqlite/read-models.ts'
import { foldedUpTo } from './folded.ts'

test('all events count that every projection has folded, and none while one was never built or has stopped', async () => {
  const models = openSqliteReadModels({ path: ':memory:' })
  const both = [products, customers]
  const [ofProducts, ofCustomers] = both.map((collection) => ({ collection, number: 1 }))
  assert.ok(ofProducts && ofCustomers)
  assert.equal(await foldedUpTo(models, both), -1n)
  await models.prepare(ofProducts)
  await models.save({ saves: [], checkpoints: [{ generation: ofProducts, position: 40n }] })
  assert.equal(await foldedUpTo(models, both), -1n)
  await models.prepare(ofCustomers)
  await models.save({ saves: [], checkpoints: [{ generation: ofCustomers, position: 25n }] })
  assert.equal(await foldedUpTo(models, both), 25n)
  await models.fail(ofCustomers, 'it cannot be folded')
  assert.equal(await foldedUpTo(models, both), -1n)
  await models.close()
})
