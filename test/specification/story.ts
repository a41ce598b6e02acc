// Plausible histories of a shop, made from any list of happenings: what its rules refuse does not happen.
import fc from 'fast-check'
import { cashSession } from '../../src/domain/cash/cash-session.ts'
import { customer } from '../../src/domain/customers/customer.ts'
import { person } from '../../src/domain/people/person.ts'
import { product } from '../../src/domain/products/product.ts'
import { purchaseOrder } from '../../src/domain/purchasing/purchase-order.ts'
import { type SaleCommands, sale } from '../../src/domain/sales/sale.ts'
import { session } from '../../src/domain/sessions/session.ts'
import { stock, stockId } from '../../src/domain/stock/stock.ts'
import { task } from '../../src/domain/tasks/task.ts'
import { post } from './post.ts'
import type { GivenEvent } from './projection.ts'
import { firstDay, openShop, type Shop } from './shop.ts'

/** One thing that somebody tries to do. Whom and what it concerns follows from its numbers. */
export interface Happening {
  readonly kind: keyof typeof acts
  readonly which: number
  readonly other: number
  readonly quantity: number
  /** Days since the first. */
  readonly days: number
}

/** The names that a happening uses. */
const concerning = ({ which, other, quantity, days }: Happening) => {
  const at = new Date(Date.parse(firstDay) + days * 86_400_000).toISOString()
  const day = at.slice(0, 10)
  const locationId = other % 2 === 0 ? 'shop' : 'market'
  const personId = `person-${other}`
  const cashSessionId = `cash-${other}`
  return {
    which,
    other,
    quantity,
    at,
    day,
    locationId,
    otherLocationId: other % 2 === 0 ? 'market' : 'shop',
    productId: `product-${which}`,
    customerId: `customer-${other}`,
    personId,
    cashSessionId,
    stock: { productId: `product-${which}`, locationId, at, reorderPoint: which },
    handled: { locationId, till: 1, cashierId: personId, cashSessionId, at, day, hour: 8 + which },
  }
}
type Concerned = ReturnType<typeof concerning>

/** One of the sales so far. */
const soldBefore = (shop: Shop, { which, other }: Concerned) => {
  const saleId = shop.sales[(which * 4 + other) % Math.max(1, shop.sales.length)]
  const sold = saleId === undefined ? undefined : shop.stateOf(sale, saleId)
  return saleId !== undefined && sold ? { saleId, sold } : undefined
}

function takeFromShelf(shop: Shop, saleId: string, { stock: here, quantity }: Concerned, productId: string) {
  const shelf = stockId(productId, here.locationId)
  const before = shop.stateOf(stock, shelf).value
  const sold = shop.stateOf(product, productId)
  if (!sold || !shop.attempt(stock, shelf, 'SellStock', { ...here, productId, saleId, quantity })) return []
  const { sku, name, category, unit, decimals, price: unitPrice, taxRate } = sold
  const cost = before - shop.stateOf(stock, shelf).value
  const discount = quantity === 6 ? 101 : 0
  return [{ productId, sku, name, category, unit, decimals, quantity, unitPrice, discount, taxRate, cost }]
}

function sell(shop: Shop, concerned: Concerned): void {
  const { which, other, quantity, customerId, cashSessionId, day, at, handled } = concerned
  const saleId = shop.fresh('sale')
  const lines: SaleCommands['RegisterSale']['lines'] = [which, (which + other) % 4].flatMap((index) =>
    takeFromShelf(shop, saleId, concerned, `product-${index}`),
  )
  if (lines.length === 0) return
  const method = quantity % 3 === 0 ? 'account' : 'cash'
  const known = method === 'account' || quantity % 2 === 0
  shop.attempt(sale, saleId, 'RegisterSale', {
    ...handled,
    saleId,
    customerId: known ? customerId : null,
    lines,
    payment: { method, tendered: null, reference: null },
    document: shop.issue('VD', { sourceId: saleId, saleId, subjectId: known ? customerId : saleId, day }),
  })
  const amount = method === 'cash' ? (shop.stateOf(sale, saleId)?.total ?? 0) : 0
  shop.attempt(cashSession, cashSessionId, 'TakeCash', { cashSessionId, sourceId: saleId, amount, at })
  shop.sales.push(saleId)
}

function refund(shop: Shop, concerned: Concerned): void {
  const { which, quantity, day, handled } = concerned
  const { saleId, sold } = soldBefore(shop, concerned) ?? {}
  const line = sold?.lines[0]
  const pieces = Math.min(quantity, (line?.quantity ?? 0) - (line?.returned ?? 0))
  if (!saleId || !sold || !line || pieces < 1) return
  const { locationId, method, owed, total } = sold
  const refundId = shop.fresh('refund')
  const restock = which % 2 === 0
  const accepted = shop.attempt(sale, saleId, 'RefundSale', {
    ...handled,
    locationId,
    saleId,
    refundId,
    lines: [{ line: 0, quantity: pieces, restock }],
    method: method === 'account' && owed < total ? 'cash' : null,
    reason: 'torn',
    document: shop.issue('NC', { sourceId: refundId, saleId, subjectId: sold.customerId ?? saleId, day }),
  })
  const back = { ...concerned.stock, productId: line.productId, locationId, saleId, refundId, quantity: pieces }
  if (accepted && restock)
    shop.attempt(stock, stockId(line.productId, locationId), 'ReturnStock', { ...back, cost: 607 * pieces })
}

function voidSale(shop: Shop, concerned: Concerned): void {
  const { saleId, sold } = soldBefore(shop, concerned) ?? {}
  if (!saleId || !sold) return
  const { locationId, day } = sold
  const told = { refundId: shop.fresh('refund'), reason: 'mistake', restock: true }
  shop.attempt(sale, saleId, 'VoidSale', { ...concerned.handled, ...told, saleId, locationId, day })
}

function pay(shop: Shop, concerned: Concerned): void {
  const { saleId, sold } = soldBefore(shop, concerned) ?? {}
  if (!saleId || !sold?.owed) return
  const { handled, day } = concerned
  const paymentId = shop.fresh('payment')
  shop.attempt(sale, saleId, 'ReceivePayment', {
    ...handled,
    saleId,
    paymentId,
    amount: Math.ceil(sold.owed / 2),
    method: 'cash',
    document: shop.issue('RC', { sourceId: paymentId, saleId, subjectId: sold.customerId ?? saleId, day }),
  })
}

function receive(shop: Shop, { stock: here, quantity }: Concerned): void {
  const receipt = { receiptId: shop.fresh('receipt'), supplierId: null, purchaseOrderId: null, unitCost: 611 }
  const received = { ...here, ...receipt, quantity: quantity * 4, value: quantity * 4 * 611 }
  shop.attempt(stock, stockId(here.productId, here.locationId), 'ReceiveStock', received)
}

function count(shop: Shop, { stock: here, quantity }: Concerned): void {
  const counting = { countId: shop.fresh('count'), note: '', standard: { unitCost: 607, decimals: 0 } }
  shop.attempt(stock, stockId(here.productId, here.locationId), 'CountStock', {
    ...here,
    ...counting,
    counted: quantity,
  })
}

function transfer(shop: Shop, { stock: here, otherLocationId: to, quantity }: Concerned): void {
  const { productId, locationId: from } = here
  const transferId = shop.fresh('transfer')
  const before = shop.stateOf(stock, stockId(productId, from)).value
  if (!shop.attempt(stock, stockId(productId, from), 'TransferStockOut', { ...here, transferId, to, quantity })) return
  const cost = before - shop.stateOf(stock, stockId(productId, from)).value
  const arrived = { ...here, locationId: to, transferId, from, quantity, cost }
  shop.attempt(stock, stockId(productId, to), 'TransferStockIn', arrived)
}

function order(shop: Shop, { productId, locationId, personId, quantity, at, day }: Concerned): void {
  const orderId = shop.fresh('order')
  const line = { productId, sku: productId, name: productId, decimals: 0, quantity, unitCost: 607 }
  const told = { number: orderId, supplierId: 'mill', locationId, expectedOn: null, placedBy: personId, at, day }
  shop.attempt(purchaseOrder, orderId, 'PlacePurchaseOrder', { ...told, orderId, lines: [line] })
  shop.orders.push(orderId)
}

function deliver(shop: Shop, { which, quantity, personId, at }: Concerned): void {
  const orderId = shop.orders[which % Math.max(1, shop.orders.length)]
  const line = orderId === undefined ? undefined : shop.stateOf(purchaseOrder, orderId)?.lines[0]
  if (orderId === undefined || !line?.outstanding) return
  const lines = [{ productId: line.productId, quantity: Math.min(quantity, line.outstanding), unitCost: 607 }]
  const told = { receiptId: shop.fresh('receipt'), receivedBy: personId, at }
  shop.attempt(purchaseOrder, orderId, 'ReceivePurchaseOrder', { ...told, orderId, lines })
}

function logIn(shop: Shop, { personId, quantity, at }: Concerned): void {
  const sessionId = shop.fresh('session')
  const from = { address: '41.220.0.1', userAgent: 'Firefox' }
  shop.attempt(session, sessionId, 'StartSession', { sessionId, personId, ...from, at })
  if (quantity > 3) shop.attempt(session, sessionId, 'EndSession', { sessionId, at })
}

function giveOrDoTask(shop: Shop, { which, personId, locationId, day, at }: Concerned): void {
  const taskId = `task-${which}`
  const told = { kind: 'written', title: 'Contar', note: '', dueOn: day, subject: null, createdBy: null } as const
  const assignee = { kind: 'person', id: personId } as const
  if (!shop.attempt(task, taskId, 'CreateTask', { ...told, taskId, assignee, locationId, at }))
    shop.attempt(task, taskId, 'CompleteTask', { taskId, by: personId, at })
}

function changeCustomer(shop: Shop, { customerId, quantity, at }: Concerned): void {
  const nuit = [null, '400339910', '500171650'][quantity % 3] ?? null
  const details = { name: `Cliente ${quantity}`, nuit, phone: null, email: null, address: null }
  shop.attempt(customer, customerId, 'ChangeCustomerDetails', { customerId, ...details, at })
}

const acts = {
  receive,
  sell,
  refund,
  voidSale,
  pay,
  count,
  transfer,
  order,
  deliver,
  logIn,
  giveOrDoTask,
  changeCustomer,
  ...post,
  changePrice: (shop: Shop, { productId, quantity, at }: Concerned) =>
    shop.attempt(product, productId, 'ChangePrice', { productId, price: 900 + quantity, at }),
  moveCash: (shop: Shop, { cashSessionId, quantity, personId: by, at }: Concerned) =>
    shop.attempt(cashSession, cashSessionId, 'MoveCash', {
      cashSessionId,
      amount: (quantity - 3) * 100,
      reason: 'troco',
      by,
      at,
    }),
  eraseCustomer: (shop: Shop, { customerId, at }: Concerned) =>
    shop.attempt(customer, customerId, 'EraseCustomer', { customerId, at }),
  erasePerson: (shop: Shop, { personId, at }: Concerned) =>
    shop.attempt(person, personId, 'ErasePerson', { personId, at }),
}

const kinds = Object.keys(acts) as (keyof typeof acts)[]

/** Any happenings, many of them sales. */
export const happenings: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds, 'receive' as const, 'sell' as const, 'sell' as const, 'sell' as const),
    which: fc.nat({ max: 3 }),
    other: fc.nat({ max: 3 }),
    quantity: fc.integer({ min: 1, max: 6 }),
    days: fc.nat({ max: 40 }),
  }),
  { minLength: 1, maxLength: 80, size: 'max' },
)

/** Everything that came of it, in the order in which it happened. */
export function story(told: readonly Happening[]): readonly GivenEvent[] {
  const shop = openShop()
  for (const happening of told) acts[happening.kind](shop, concerning(happening))
  return shop.events
}
