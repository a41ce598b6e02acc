import assert from 'node:assert/strict'
import { after, beforeEach, describe, test } from 'node:test'
import { accepted, cashier, locationId, openShop, refused, type Shop } from '../../test/shop.ts'
import { stock, stockId } from '../domain/stock/stock.ts'
import { closeLocation, openLocation } from './locations.ts'
import { registerSale } from './sales.ts'
import { adjustStock, countStock, receiveStock, transferStock } from './stock.ts'

describe('stock', () => {
  const opened: Shop[] = []
  let shop: Shop
  let warehouse: string
  beforeEach(async () => {
    shop = await openShop({ rice: 10, oil: 4 })
    opened.push(shop)
    const place = { code: 'ARM', name: 'Armazém', kind: 'warehouse', tills: 1, address: '' } as const
    warehouse = accepted(await openLocation(shop.desk, place, shop.by('ana'))).id
  })
  after(() => Promise.all(opened.map((shop) => shop.close())))

  const at = (productId: string, place: string) =>
    shop.commands
      .execute(shop.by('ana'), (unit) => {
        const { onHand, value } = unit.state(stock, stockId(productId, place))
        return { onHand, value }
      })
      .then(accepted)

  /** Expects a refusal that records nothing. */
  const nothingOf = async (command: () => ReturnType<typeof receiveStock>) => {
    const head = await shop.store.head()
    const refusal = refused(await command())
    assert.equal(await shop.store.head(), head)
    return refusal
  }

  const receive = (...lines: { productId: string; quantity: number; unitCost: number }[]) =>
    receiveStock(shop.desk, { locationId, supplierId: null, lines }, shop.by('ana'))
  const transfer = (to: string, ...lines: { productId: string; quantity: number }[]) =>
    transferStock(shop.desk, { from: locationId, to, lines }, shop.by('ana'))
  const count = (...lines: { productId: string; counted: number }[]) =>
    countStock(shop.desk, { locationId, note: '', lines }, shop.by('ana'))

  test('a receipt takes in all its lines, and what was paid last becomes the cost', async () => {
    const lines = [
      { productId: 'rice', quantity: 10, unitCost: 9_000 },
      { productId: 'bread', quantity: 20, unitCost: 600 },
    ]
    const { id } = accepted(await receive(...lines))
    assert.deepEqual(await at('rice', locationId), { onHand: 20, value: 170_000 })
    assert.deepEqual(await at('bread', locationId), { onHand: 20, value: 12_000 })
    const received = (await shop.facts('StockReceived')).filter(({ data }) => data.receiptId === id)
    assert.equal(received.length, 2)
    assert.deepEqual(
      (await shop.facts('CostChanged')).map(({ data }) => [data.productId, data.previous, data.cost]),
      [['rice', 8_000, 9_000]],
    )
  })

  test('one bad line, and nothing of a receipt is recorded', async () => {
    const rice = { productId: 'rice', quantity: 1, unitCost: 8_000 }
    assert.deepEqual(await nothingOf(() => receive(rice, { productId: 'gold', quantity: 1, unitCost: 1 })), [
      'unknown-product',
      { productId: 'gold' },
    ])
    assert.deepEqual(await nothingOf(() => receive(rice, rice)), ['duplicate-line', { productId: 'rice' }])
    assert.deepEqual(await nothingOf(() => receive(rice, { productId: 'oil', quantity: 1e9, unitCost: 1 })), [
      'stock-out-of-range',
      { productId: 'oil', locationId },
    ])
  })

  test('a transfer moves goods and their value from one place to the other', async () => {
    accepted(await transfer(warehouse, { productId: 'rice', quantity: 4 }, { productId: 'oil', quantity: 4 }))
    assert.deepEqual(await at('rice', locationId), { onHand: 6, value: 48_000 })
    assert.deepEqual(await at('rice', warehouse), { onHand: 4, value: 32_000 })
    assert.deepEqual(await at('oil', locationId), { onHand: 0, value: 0 })
    assert.deepEqual(await at('oil', warehouse), { onHand: 4, value: 4_000 })
  })

  test('a transfer that asks for more than there is leaves everything where it is', async () => {
    const rice = { productId: 'rice', quantity: 1 }
    assert.deepEqual(await nothingOf(() => transfer(warehouse, rice, { productId: 'oil', quantity: 5 })), [
      'insufficient-stock',
      { productId: 'oil', onHand: 4, asked: 5 },
    ])
    assert.deepEqual(await nothingOf(() => transfer(locationId, rice)), ['same-location', { locationId }])
    assert.deepEqual(await nothingOf(() => transfer('nowhere', rice)), ['unknown-location', { locationId: 'nowhere' }])
  })

  test('transfers and sales at once never take more than there is', async () => {
    const line = { productId: 'rice', quantity: 1 }
    const sale = { ...cashier, locationId, lines: [line], payment: { method: 'cash' } } as const
    const outcomes = await Promise.all(
      Array.from({ length: 24 }, (_, turn) =>
        turn % 2 ? transfer(warehouse, line) : registerSale(shop.desk, sale, shop.by('rui')),
      ),
    )
    assert.equal(outcomes.filter(({ rejected }) => !rejected).length, 10)
    assert.deepEqual(await at('rice', locationId), { onHand: 0, value: 0 })
    const sold = (await shop.facts('StockSold')).length
    assert.deepEqual(await at('rice', warehouse), { onHand: 10 - sold, value: (10 - sold) * 8_000 })
  })

  test('a count says what there is, also of what was never here', async () => {
    accepted(await count({ productId: 'rice', counted: 8 }, { productId: 'bread', counted: 5 }))
    assert.deepEqual(await at('rice', locationId), { onHand: 8, value: 64_000 })
    assert.deepEqual(await at('bread', locationId), { onHand: 5, value: 3_000 })
    assert.deepEqual(
      (await shop.facts('StockCounted')).map(({ data }) => data.difference),
      [-2, 5],
    )
    assert.deepEqual(
      await nothingOf(() => count({ productId: 'rice', counted: 1 }, { productId: 'gold', counted: 1 })),
      ['unknown-product', { productId: 'gold' }],
    )
  })

  test('an adjustment says why; opening stock is worth what it is said to have cost', async () => {
    const adjust = (reason: 'damaged' | 'opening', lines: Parameters<typeof adjustStock>[1]['lines']) =>
      adjustStock(shop.desk, { locationId, reason, note: '', lines }, shop.by('ana'))
    accepted(await adjust('opening', [{ productId: 'bread', change: 10, unitCost: 500 }]))
    assert.deepEqual(await at('bread', locationId), { onHand: 10, value: 5_000 })
    accepted(await adjust('damaged', [{ productId: 'rice', change: -1 }]))
    assert.deepEqual(await at('rice', locationId), { onHand: 9, value: 72_000 })
    const lines = [
      { productId: 'rice', change: -1 },
      { productId: 'oil', change: -5 },
    ]
    assert.deepEqual(await nothingOf(() => adjust('damaged', lines)), [
      'insufficient-stock',
      { productId: 'oil', onHand: 4, asked: 5 },
    ])
  })

  test('a location is closed once it is empty, and then nothing moves there', async () => {
    accepted(await transfer(warehouse, { productId: 'rice', quantity: 1 }))
    const close = () => closeLocation(shop.desk, { locationId: warehouse, products: ['rice', 'oil'] }, shop.by('ana'))
    assert.deepEqual(await nothingOf(close), ['location-has-stock', { locationId: warehouse, productIds: ['rice'] }])
    const back = { from: warehouse, to: locationId, lines: [{ productId: 'rice', quantity: 1 }] }
    accepted(await transferStock(shop.desk, back, shop.by('ana')))
    accepted(await close())
    assert.deepEqual(await nothingOf(() => transfer(warehouse, { productId: 'rice', quantity: 1 })), [
      'location-closed',
      { locationId: warehouse },
    ])
  })

  test('a code names one location', async () => {
    const place = { code: 'ARM', name: 'Outro', kind: 'shop', tills: 1, address: '' } as const
    assert.deepEqual(await nothingOf(() => openLocation(shop.desk, place, shop.by('ana'))), [
      'name-taken',
      { kind: 'location-code', name: 'ARM', holder: warehouse },
    ])
  })
})
