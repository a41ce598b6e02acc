import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fact, received, sold } from '../test/specification/facts.ts'
import { project } from '../test/specification/projection.ts'
import { stockMovements } from './stock-movements.ts'

const rice = { productId: 'rice', locationId: 'shop', at: '2026-01-05T08:00:00.000Z' }

test('a movement says what moved, by whom, what was left, and what it belongs to', () =>
  project(stockMovements, [received(10, 10, { supplierId: 'mill' })]).equals({
    '00000000000000000000': {
      productId: 'rice',
      locationId: 'shop',
      at: '2026-01-05T08:00:00.000Z',
      actor: 'person:specification',
      change: 10,
      onHand: 10,
      value: 800_00,
      saleId: null,
      otherLocationId: null,
      supplierId: 'mill',
      reason: null,
      note: '',
      kind: 'received',
      referenceId: 'receipt-1',
    },
  }))

test('each kind of movement is told apart, with its sign, its reference and its reason', () => {
  const { documents } = project(stockMovements, [
    sold(3, 7),
    fact('StockReturned', { ...rice, saleId: 'sale-1', refundId: 'refund-1', quantity: 1, cost: 80_00, onHand: 8 }),
    fact('StockAdjusted', {
      ...rice,
      adjustmentId: 'adjustment-1',
      change: -2,
      reason: 'damaged',
      note: 'wet',
      value: -160_00,
      onHand: 6,
    }),
    fact('StockTransferredOut', { ...rice, transferId: 'transfer-1', to: 'store', quantity: 3, cost: 0, onHand: 3 }),
    fact('StockTransferredIn', { ...rice, transferId: 'transfer-1', from: 'store', quantity: 3, cost: 0, onHand: 6 }),
    fact('StockCounted', { ...rice, countId: 'count-1', difference: 0, value: 0, note: '', onHand: 6 }),
    fact('StockCountedAtTill', { ...rice, saleId: 'sale-2', difference: 2, value: 0, reason: 'in hand', onHand: 8 }),
  ])
  assert.deepEqual(
    Object.values(documents).map(({ kind, change, value, referenceId, reason, otherLocationId }) => [
      kind,
      change,
      value,
      referenceId,
      reason ?? otherLocationId,
    ]),
    [
      ['sold', -3, -240_00, 'sale-1', null],
      ['returned', 1, 80_00, 'refund-1', null],
      ['adjusted', -2, -160_00, 'adjustment-1', 'damaged'],
      ['transferred-out', -3, 0, 'transfer-1', 'store'],
      ['transferred-in', 3, 0, 'transfer-1', 'store'],
      ['counted', 0, 0, 'count-1', null],
      ['counted-at-till', 2, 0, 'sale-2', 'in hand'],
    ],
  )
})
