import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { accepted, locationId, openShop, refused, type Shop } from '../../test/shop.ts'
import { changeProduct, discontinueProduct } from './products.ts'
import {
  cancelPurchaseOrder,
  closePurchaseOrder,
  type Delivery,
  type NewPurchaseOrder,
  placePurchaseOrder,
  placePurchaseOrders,
  receivePurchaseOrder,
} from './purchasing.ts'
import { changeSupplier, discontinueSupplier, registerSupplier } from './suppliers.ts'

const contact = { nuit: null, email: null, phone: null, address: '', leadDays: 3 }

describe('purchasing', () => {
  let shop: Shop
  let supplierId: string
  before(async () => {
    shop = await openShop({ rice: 10 })
    supplierId = accepted(await registerSupplier(shop.desk, { name: 'Merec', ...contact }, shop.by('ana'))).id
  })
  after(() => shop.close())

  const place = (more: Partial<NewPurchaseOrder> = {}) => {
    const lines = [
      { productId: 'rice', quantity: 10, unitCost: 8_500 },
      { productId: 'bread', quantity: 100 },
    ]
    return placePurchaseOrder(shop.desk, { supplierId, locationId, lines, expectedOn: null, ...more }, shop.by('ana'))
  }
  const receive = (orderId: string, lines: Delivery['lines']) =>
    receivePurchaseOrder(shop.desk, { orderId, lines }, shop.by('rui'))
  const reason = 'já não é preciso'

  test('orders are numbered by year, and placed at the cost agreed or else known', async () => {
    const { id, number } = accepted(await place())
    assert.equal(number, '2026/1')
    const [placed] = await shop.facts('PurchaseOrderPlaced')
    assert.equal(placed?.data.orderId, id)
    assert.deepEqual([placed?.data.total, placed?.data.placedBy, placed?.data.day], [145_000, 'ana', '2026-03-02'])
    shop.travel('2026-12-31T22:30:00.000Z')
    assert.equal(accepted(await place()).number, '2027/1', 'the year is the company’s, not the one of the clock')
    shop.travel('2026-03-02T08:15:00.000Z')
  })

  test('orders that are placed at once have numbers without gap or repetition', async () => {
    const taken = await Promise.all(Array.from({ length: 10 }, () => place()))
    const numbers = taken.map((outcome) => Number(accepted(outcome).number.split('/')[1]))
    assert.deepEqual(
      numbers.sort((a, b) => a - b),
      Array.from({ length: 10 }, (_, index) => index + 2),
    )
  })

  test('the orders of a proposal are placed all together, numbered one after the other, or none of them', async () => {
    const order = { supplierId, locationId, expectedOn: null, lines: [{ productId: 'rice', quantity: 1 }] }
    const before = await shop.facts('PurchaseOrderPlaced')
    const { orders } = accepted(await placePurchaseOrders(shop.desk, [order, order], shop.by('ana')))
    const [first = 0, second] = orders.map(({ number }) => Number(number.split('/')[1]))
    assert.equal(second, first + 1)
    const stranger = { ...order, supplierId: 'nobody' }
    const refusal = refused(await placePurchaseOrders(shop.desk, [order, stranger], shop.by('ana')))
    assert.equal(refusal[0], 'unknown-supplier')
    assert.equal((await shop.facts('PurchaseOrderPlaced')).length, before.length + 2)
  })

  test('a delivery is received into the order and into stock, and what was paid becomes the cost', async () => {
    const { id } = accepted(await place())
    const before = await shop.stockOf('rice')
    const { id: receiptId } = accepted(await receive(id, [{ productId: 'rice', quantity: 4, unitCost: 8_600 }]))
    assert.deepEqual(await shop.stockOf('rice'), { onHand: before.onHand + 4, value: before.value + 34_400 })
    const [received] = (await shop.facts('StockReceived')).slice(-1)
    assert.deepEqual(
      [received?.data.receiptId, received?.data.purchaseOrderId, received?.data.supplierId],
      [receiptId, id, supplierId],
    )
    assert.equal((await shop.facts('CostChanged')).at(-1)?.data.cost, 8_600)
    accepted(
      await receive(id, [
        { productId: 'rice', quantity: 6 },
        { productId: 'bread', quantity: 100 },
      ]),
    )
    assert.equal((await shop.facts('CostChanged')).at(-1)?.data.cost, 8_500)
    assert.deepEqual(
      (await shop.facts('PurchaseOrderReceived')).map(({ data }) => data.complete),
      [false, true],
    )
  })

  test('what does not fit the order is refused whole', async () => {
    const { id } = accepted(await place())
    const head = await shop.store.head()
    const rice = { productId: 'rice', quantity: 1 }
    assert.deepEqual(refused(await receive(id, [rice, { productId: 'bread', quantity: 101 }])), [
      'more-than-ordered',
      { productId: 'bread', outstanding: 100, received: 101 },
    ])
    assert.deepEqual(refused(await receive(id, [rice, { productId: 'oil', quantity: 1 }])), [
      'not-ordered',
      { productId: 'oil' },
    ])
    assert.deepEqual(refused(await receive('nowhere', [rice])), ['unknown-purchase-order', { orderId: 'nowhere' }])
    assert.equal(await shop.store.head(), head)
  })

  test('the same delivery received by many at once is received once', async () => {
    const { id } = accepted(await place())
    const { onHand } = await shop.stockOf('rice')
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => receive(id, [{ productId: 'rice', quantity: 10 }])),
    )
    assert.equal(outcomes.filter(({ rejected }) => !rejected).length, 1)
    assert.equal((await shop.stockOf('rice')).onHand, onHand + 10)
  })

  test('an order is cancelled before anything came, and closed after', async () => {
    const { id: untouched } = accepted(await place())
    accepted(await cancelPurchaseOrder(shop.desk, { orderId: untouched, reason }, shop.by('ana')))
    const { id: begun } = accepted(await place())
    accepted(await receive(begun, [{ productId: 'rice', quantity: 1 }]))
    assert.deepEqual(refused(await cancelPurchaseOrder(shop.desk, { orderId: begun, reason }, shop.by('ana'))), [
      'already-received',
      { orderId: begun },
    ])
    accepted(await closePurchaseOrder(shop.desk, { orderId: begun, reason }, shop.by('ana')))
    assert.equal(refused(await receive(begun, [{ productId: 'rice', quantity: 1 }]))[0], 'purchase-order-not-open')
  })

  test('what cannot be ordered is refused', async () => {
    const rice = { productId: 'rice', quantity: 1 }
    accepted(await discontinueProduct(shop.desk, 'oil', shop.by('ana')))
    assert.deepEqual(refused(await place({ lines: [rice, { productId: 'oil', quantity: 1 }] })), [
      'product-discontinued',
      { productId: 'oil' },
    ])
    assert.deepEqual(refused(await place({ lines: [rice, rice] })), ['duplicate-line', { productId: 'rice' }])
    assert.equal(refused(await place({ locationId: 'nowhere' }))[0], 'unknown-location')
    assert.equal(refused(await place({ supplierId: 'nobody' }))[0], 'unknown-supplier')
  })

  test('nothing is ordered from a supplier who is discontinued', async () => {
    const { id } = accepted(await registerSupplier(shop.desk, { name: 'Bazar', ...contact }, shop.by('ana')))
    accepted(await changeSupplier(shop.desk, { supplierId: id, change: { leadDays: 9 } }, shop.by('ana')))
    const [changed] = await shop.facts('SupplierChanged')
    assert.deepEqual([changed?.data.name, changed?.data.leadDays], ['Bazar', 9])
    accepted(await discontinueSupplier(shop.desk, id, shop.by('ana')))
    assert.deepEqual(refused(await place({ supplierId: id })), ['supplier-discontinued', { supplierId: id }])
  })

  test('the reorder point is told when a delivery brings the stock above it', async () => {
    accepted(
      await changeProduct(
        shop.desk,
        { productId: 'bread', change: { reorderPoint: 500 }, locations: [locationId] },
        shop.by('ana'),
      ),
    )
    const { id } = accepted(await place({ lines: [{ productId: 'bread', quantity: 1_000 }] }))
    accepted(await receive(id, [{ productId: 'bread', quantity: 1_000 }]))
    assert.equal((await shop.facts('StockRoseAboveReorderPoint')).length, 1)
  })
})
