import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { projections } from '../../projections/index.ts'
import { accepted, cashier, type Goods, locationId, openShop, type Shop } from '../../test/shop.ts'
import { registerSale } from '../commands/sales.ts'
import { receiveStock } from '../commands/stock.ts'
import { randomFrom } from '../demo/random.ts'
import type { Projection } from '../kernel/projection.ts'
import { openSqliteReadModels } from '../stores/sqlite/read-models.ts'
import { openLogTree } from './log-tree.ts'
import { documentsAt, foldPast, momentOf } from './past.ts'
import { openTiles } from './tiles.ts'

let shop: Shop
before(async () => {
  shop = await openShop({ rice: 500, oil: 500, bread: 500 })
})
const folder = mkdtempSync(join(tmpdir(), 'past-'))
after(() => {
  rmSync(folder, { recursive: true })
  return shop.close()
})

const text = (documents: ReadonlyMap<string, object>): string =>
  JSON.stringify([...documents].sort(([a], [b]) => (a < b ? -1 : 1)))

const { next, between } = randomFrom(7)
const goods: readonly Goods[] = ['rice', 'oil', 'bread']

/** Trade of one kind or another. */
async function trade(): Promise<void> {
  const productId = goods[between(0, 2)] ?? 'rice'
  if (next() < 0.2) {
    const lines = [{ productId, quantity: between(1, 9), unitCost: 900 }]
    accepted(await receiveStock(shop.desk, { locationId, supplierId: null, lines }, shop.by('ana')))
    return
  }
  const lines = [{ productId, quantity: between(1, 3) }]
  const sale = { locationId, till: between(1, 3), lines, payment: { method: 'mpesa' as const } }
  accepted(await registerSale(shop.desk, { ...sale, ...cashier }, shop.by('ana')))
}

test('a journey to any of 100 random positions shows what a replay showed then', async () => {
  const seen: { readonly position: bigint; readonly projection: Projection; readonly shown: string }[] = []
  while (seen.length < 100) {
    await trade()
    if (next() < 0.4) continue
    const position = await shop.store.head()
    const projection = projections[between(0, projections.length - 1)]
    if (projection)
      seen.push({ position, projection, shown: text(await documentsAt(shop.store, projection, position)) })
  }
  assert.ok(new Set(seen.map(({ projection }) => projection)).size > 20)
  for (const { position, projection, shown } of seen)
    assert.equal(text(await documentsAt(shop.store, projection, position)), shown, `${projection.name} at ${position}`)
})

test('read models of the past hold the same documents, and can be queried like those of now', async () => {
  const head = await shop.store.head()
  for (const position of [-1n, head / 3n, head]) {
    const path = join(folder, `${position}.sqlite`)
    await foldPast(shop.store, projections, { to: position, path })
    const models = openSqliteReadModels({ path })
    for (const projection of projections) {
      const { items } = await models.find(projection, { limit: 1_000 })
      const found = new Map(items.map(({ id, document }) => [id, document]))
      const expected = [...(await documentsAt(shop.store, projection, position))].sort(([a], [b]) => (a < b ? -1 : 1))
      assert.equal(text(found), text(new Map(expected.slice(0, 1_000))), `${projection.name} at ${position}`)
    }
    await models.close()
  }
})

test('a moment is a position, an instant, or the end of a day in the company’s time zone', async () => {
  const tree = openLogTree(shop.store, openTiles(shop.keyValue))
  assert.equal(await momentOf(tree, '17', 'Africa/Maputo'), 17n)
  assert.equal(await momentOf(tree, '2020-01-01', 'Africa/Maputo'), -1n)
  assert.equal(await momentOf(tree, '2020-01-01T00:00:00Z', 'Africa/Maputo'), -1n)
  assert.equal(await momentOf(tree, '2999-01-01', 'Africa/Maputo'), await shop.store.head())
  assert.equal(await momentOf(tree, 'yesterday', 'Africa/Maputo'), undefined)
  assert.equal(await momentOf(tree, '2020-13-01', 'Africa/Maputo'), undefined)
})
