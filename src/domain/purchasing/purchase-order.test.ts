import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import { orderNumbers } from './order-numbers.ts'
import { purchaseOrder } from './purchase-order.ts'

const at = '2026-03-02T08:00:00.000Z'
const orderId = 'order-1'
const rice = { productId: 'rice', sku: 'ARR-1', name: 'Arroz 1 kg', decimals: 0, quantity: 10, unitCost: 7_000 }
const flour = { productId: 'flour', sku: 'FAR-1', name: 'Farinha', decimals: 3, quantity: 2_500, unitCost: 4_000 }
const placing = {
  orderId,
  number: '2026/1',
  supplierId: 'merec',
  locationId: 'baixa',
  lines: [rice, flour],
  expectedOn: '2026-03-07',
  placedBy: 'ana',
  at,
  day: '2026-03-02',
}
const placed = event('PurchaseOrderPlaced', { ...placing, total: 80_000 })

const delivery = (...lines: { productId: string; quantity: number; unitCost: number }[]) => ({
  orderId,
  receiptId: 'receipt-1',
  lines,
  receivedBy: 'rui',
  at,
})
const someRice = (quantity: number) => ({ productId: 'rice', quantity, unitCost: 7_000 })
const allFlour = { productId: 'flour', quantity: 2_500, unitCost: 4_100 }
const partly = event('PurchaseOrderReceived', { ...delivery(someRice(4)), complete: false })
const wholly = event('PurchaseOrderReceived', { ...delivery(someRice(10), allFlour), complete: true })
const cancelled = event('PurchaseOrderCancelled', { orderId, reason: 'mais barato noutro lado', at })
const closed = event('PurchaseOrderClosed', { orderId, reason: 'esgotado', at })

test('an order is placed for what its lines cost together', () =>
  given(purchaseOrder).when('PlacePurchaseOrder', placing).then([placed]))

test('an order is placed once, with one line for each product, for an amount that can be written down', () => {
  given(purchaseOrder, [placed]).when('PlacePurchaseOrder', placing).thenRejected('already-registered', { orderId })
  given(purchaseOrder)
    .when('PlacePurchaseOrder', { ...placing, lines: [rice, flour, rice] })
    .thenRejected('duplicate-line', { productId: 'rice' })
  given(purchaseOrder)
    .when('PlacePurchaseOrder', { ...placing, lines: [{ ...rice, quantity: 1e9, unitCost: 1e13 }] })
    .thenRejected('amount-too-large')
})

test('a part is received, then the rest: then the order is complete', () => {
  given(purchaseOrder, [placed])
    .when('ReceivePurchaseOrder', delivery(someRice(4)))
    .then([partly])
  const rest = delivery(someRice(6), allFlour)
  given(purchaseOrder, [placed, partly])
    .when('ReceivePurchaseOrder', rest)
    .then([event('PurchaseOrderReceived', { ...rest, complete: true })])
})

test('more than is outstanding is refused, and says what is outstanding', () => {
  given(purchaseOrder, [placed, partly])
    .when('ReceivePurchaseOrder', delivery(someRice(7)))
    .thenRejected('more-than-ordered', { productId: 'rice', outstanding: 6, received: 7 })
  given(purchaseOrder, [placed, wholly])
    .when('ReceivePurchaseOrder', delivery(someRice(1)))
    .thenRejected('more-than-ordered', { productId: 'rice', outstanding: 0, received: 1 })
  given(purchaseOrder, [placed])
    .when('ReceivePurchaseOrder', delivery(someRice(6), someRice(6)))
    .thenRejected('duplicate-line', { productId: 'rice' })
})

test('what was not ordered is not received with the order', () =>
  given(purchaseOrder, [placed])
    .when('ReceivePurchaseOrder', delivery({ productId: 'soap', quantity: 1, unitCost: 1 }))
    .thenRejected('not-ordered', { productId: 'soap' }))

test('an order is cancelled before anything came, and only once', () => {
  given(purchaseOrder, [placed]).when('CancelPurchaseOrder', cancelled.data).then([cancelled])
  given(purchaseOrder, [placed, cancelled]).when('CancelPurchaseOrder', cancelled.data).thenNothing()
  given(purchaseOrder, [placed, partly])
    .when('CancelPurchaseOrder', cancelled.data)
    .thenRejected('already-received', { orderId })
})

test('an order is closed when a part came, and only once', () => {
  given(purchaseOrder, [placed, partly]).when('ClosePurchaseOrder', closed.data).then([closed])
  given(purchaseOrder, [placed, partly, closed]).when('ClosePurchaseOrder', closed.data).thenNothing()
  given(purchaseOrder, [placed, wholly]).when('ClosePurchaseOrder', closed.data).thenNothing()
  given(purchaseOrder, [placed]).when('ClosePurchaseOrder', closed.data).thenRejected('nothing-received', { orderId })
})

test('nothing is received of an order that was cancelled or closed', () => {
  given(purchaseOrder, [placed, cancelled])
    .when('ReceivePurchaseOrder', delivery(someRice(1)))
    .thenRejected('purchase-order-not-open', { orderId, status: 'cancelled' })
  given(purchaseOrder, [placed, partly, closed])
    .when('ReceivePurchaseOrder', delivery(someRice(1)))
    .thenRejected('purchase-order-not-open', { orderId, status: 'closed' })
  given(purchaseOrder, [placed, cancelled])
    .when('ClosePurchaseOrder', closed.data)
    .thenRejected('purchase-order-not-open', { orderId, status: 'cancelled' })
})

test('an unknown order is refused', () => {
  given(purchaseOrder)
    .when('ReceivePurchaseOrder', delivery(someRice(1)))
    .thenRejected('unknown-purchase-order', { orderId })
  given(purchaseOrder).when('CancelPurchaseOrder', cancelled.data).thenRejected('unknown-purchase-order', { orderId })
  given(purchaseOrder).when('ClosePurchaseOrder', closed.data).thenRejected('unknown-purchase-order', { orderId })
})

test('orders are numbered one after the other in each year', () => {
  const first = event('PurchaseOrderNumbered', { year: 2026, number: 1, orderId })
  given(orderNumbers).when('NumberPurchaseOrder', { year: 2026, orderId }).then([first])
  given(orderNumbers, [first])
    .when('NumberPurchaseOrder', { year: 2026, orderId: 'order-2' })
    .then([event('PurchaseOrderNumbered', { year: 2026, number: 2, orderId: 'order-2' })])
})
