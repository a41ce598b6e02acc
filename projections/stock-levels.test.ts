import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fact, received, sold } from '../test/specification/facts.ts'
import { project } from '../test/specification/projection.ts'
import { productStock } from './product-stock.ts'
import { stockLevels } from './stock-levels.ts'

const at = '2026-01-05T08:00:00.000Z'
const rice = { productId: 'rice', locationId: 'shop', at }

/** Everything that can move stock, once each: 4 left in the shop, 3 in the store. */
const history = [
  received(10, 10),
  sold(3, 7),
  fact('StockReturned', { ...rice, saleId: 'sale-1', refundId: 'refund-1', quantity: 1, cost: 80_00, onHand: 8 }),
  fact('StockAdjusted', {
    ...rice,
    adjustmentId: 'adjustment-1',
    change: -2,
    reason: 'damaged',
    note: '',
    value: -160_00,
    onHand: 6,
  }),
  fact('StockTransferredOut', { ...rice, transferId: 'transfer-1', to: 'store', quantity: 3, cost: 240_00, onHand: 3 }),
  fact('StockTransferredIn', {
    ...rice,
    locationId: 'store',
    transferId: 'transfer-1',
    from: 'shop',
    quantity: 3,
    cost: 240_00,
    onHand: 3,
  }),
  fact('StockFellBelowReorderPoint', { ...rice, reorderPoint: 5, onHand: 3 }),
  fact('StockCounted', { ...rice, countId: 'count-1', difference: -1, value: -80_00, note: '', onHand: 2 }),
  fact('StockCountedAtTill', {
    ...rice,
    saleId: 'sale-2',
    difference: 2,
    value: 160_00,
    reason: 'in hand',
    onHand: 4,
  }),
]

test('the level of each place follows every movement, in quantity and in value', () =>
  project(stockLevels, history).equals({
    'rice@shop': {
      productId: 'rice',
      locationId: 'shop',
      onHand: 4,
      value: 320_00,
      low: true,
      lastMovedAt: at,
    },
    'rice@store': {
      productId: 'rice',
      locationId: 'store',
      onHand: 3,
      value: 240_00,
      low: false,
      lastMovedAt: at,
    },
  }))

test('a product has the stock of all places together, and runs low when it does at one of them', () =>
  project(productStock, history).equals({
    rice: {
      productId: 'rice',
      onHand: 7,
      value: 560_00,
      low: true,
      byLocation: {
        shop: { onHand: 4, value: 320_00, low: true },
        store: { onHand: 3, value: 240_00, low: false },
      },
      lastReceived: { supplierId: null, unitCost: 80_00, at },
    },
  }))

test('stock that rises above the reorder point is no longer low', () => {
  const risen = [...history, fact('StockRoseAboveReorderPoint', { ...rice, reorderPoint: 5, onHand: 6 })]
  assert.equal(project(stockLevels, risen).documents['rice@shop']?.low, false)
  assert.equal(project(productStock, risen).documents.rice?.low, false)
})
