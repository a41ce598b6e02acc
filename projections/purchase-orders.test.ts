import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fact } from '../test/specification/facts.ts'
import { type GivenEvent, project } from '../test/specification/projection.ts'
import { purchaseOrders } from './purchase-orders.ts'

const at = '2026-01-05T08:00:00.000Z'
const orderLine = (productId: string, quantity: number) => ({
  productId,
  sku: productId,
  name: productId,
  decimals: 0,
  quantity,
  unitCost: 80_00,
})
const lines = [orderLine('rice', 10), orderLine('oil', 4)]
const placed = fact('PurchaseOrderPlaced', {
  orderId: 'order-1',
  number: '2026/1',
  supplierId: 'mill',
  locationId: 'shop',
  lines,
  total: 1120_00,
  expectedOn: '2026-01-09',
  placedBy: 'ana',
  at,
  day: '2026-01-05',
})
const delivered = (complete: boolean, ...came: readonly (readonly [string, number])[]) =>
  fact('PurchaseOrderReceived', {
    orderId: 'order-1',
    receiptId: 'receipt-1',
    lines: came.map(([productId, quantity]) => ({ productId, quantity, unitCost: 80_00 })),
    complete,
    receivedBy: 'ana',
    at,
  })
const after = (...events: GivenEvent[]) => {
  const order = project(purchaseOrders, [placed, ...events]).documents['order-1']
  assert(order)
  return { ...order, quantities: order.lines.map(({ received, open }) => [received, open]) }
}

test('an order is open, and all of it awaited', () =>
  project(purchaseOrders, [placed]).equals({
    'order-1': {
      orderId: 'order-1',
      number: '2026/1',
      supplierId: 'mill',
      locationId: 'shop',
      status: 'open',
      awaited: true,
      total: 1120_00,
      expectedOn: '2026-01-09',
      placedBy: 'ana',
      placedAt: at,
      day: '2026-01-05',
      lines: [
        { ...orderLine('rice', 10), received: 0, open: 10 },
        { ...orderLine('oil', 4), received: 0, open: 4 },
      ],
      receipts: [],
      reason: null,
      endedAt: null,
    },
  }))

test('after a part came, the rest is awaited', () => {
  const { status, awaited, quantities, receipts } = after(delivered(false, ['rice', 6]))
  assert.deepEqual([status, awaited, receipts.length], ['partial', true, 1])
  assert.deepEqual(quantities, [
    [6, 4],
    [0, 4],
  ])
})

test('an order of which everything came is received', () => {
  const { status, awaited, quantities, endedAt } = after(
    delivered(false, ['rice', 6]),
    delivered(true, ['rice', 4], ['oil', 4]),
  )
  assert.deepEqual([status, awaited, endedAt], ['received', false, at])
  assert.deepEqual(quantities, [
    [10, 0],
    [4, 0],
  ])
})

test('nothing is awaited of an order that was cancelled, or closed after a part of it came', () => {
  const cancelled = after(fact('PurchaseOrderCancelled', { orderId: 'order-1', reason: 'too dear', at }))
  assert.deepEqual([cancelled.status, cancelled.awaited, cancelled.reason], ['cancelled', false, 'too dear'])
  const closed = after(
    delivered(false, ['rice', 6]),
    fact('PurchaseOrderClosed', { orderId: 'order-1', reason: 'sold out', at }),
  )
  assert.equal(closed.status, 'closed')
  assert.deepEqual(closed.quantities, [
    [6, 0],
    [0, 0],
  ])
})
