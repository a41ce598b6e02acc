// Commands on purchase orders. What is received of an order is received into stock in the same append.
import { localTime } from '../domain/calendar.ts'
import { orderNumbers } from '../domain/purchasing/order-numbers.ts'
import { purchaseOrder } from '../domain/purchasing/purchase-order.ts'
import { settings, settingsId } from '../domain/settings/settings.ts'
import { supplier } from '../domain/suppliers/supplier.ts'
import type { Made } from './change.ts'
import { openLocationOf, productOf, type ReceivedLine, receiveLine } from './goods.ts'
import { type Context, type Desk, type Outcome, personIn } from './handling.ts'
import { factIn, refuse, type Unit } from './unit.ts'

export interface NewPurchaseOrder {
  readonly supplierId: string
  readonly locationId: string
  /** `unitCost`: as agreed; else the product's cost. */
  readonly lines: readonly OrderedLine[]
  /** YYYY-MM-DD */
  readonly expectedOn: string | null
}

type OrderedLine = {
  readonly productId: string
  readonly quantity: number
  readonly unitCost?: number | undefined
}

export interface Delivery {
  readonly orderId: string
  /** `unitCost`: as invoiced; else as ordered. */
  readonly lines: readonly OrderedLine[]
}

const numbered = (unit: Unit, year: number, orderId: string): string => {
  const taken = unit.decide(orderNumbers, String(year), 'NumberPurchaseOrder', { year, orderId })
  return `${year}/${factIn(taken, 'PurchaseOrderNumbered').number}`
}

/** The supplier takes orders, or leaves the unit with `unknown-supplier` or `supplier-discontinued` { supplierId }. */
const takesOrders = (unit: Unit, supplierId: string): void => {
  const { discontinued } = unit.state(supplier, supplierId) ?? refuse('unknown-supplier', { supplierId })
  if (discontinued) refuse('supplier-discontinued', { supplierId })
}

const asOrdered = (unit: Unit, { productId, quantity, unitCost }: OrderedLine) => {
  const { sku, name, decimals, cost, discontinued } = productOf(unit, productId)
  if (discontinued) refuse('product-discontinued', { productId })
  return { productId, sku, name, decimals, quantity, unitCost: unitCost ?? cost }
}

/** Stages one order. */
function place(
  unit: Unit,
  { supplierId, locationId, expectedOn, ...order }: NewPurchaseOrder,
  { id, at, placedBy }: { readonly id: string; readonly at: string; readonly placedBy: string },
) {
  const { timeZone } = unit.state(settings, settingsId) ?? refuse('not-set-up')
  takesOrders(unit, supplierId)
  openLocationOf(unit, locationId)
  const lines = order.lines.map((line) => asOrdered(unit, line))
  const { day } = localTime(at, timeZone)
  const number = numbered(unit, Number(day.slice(0, 4)), id)
  const placing = { orderId: id, number, supplierId, locationId, lines, expectedOn, placedBy, at, day }
  unit.create(purchaseOrder, id, 'PlacePurchaseOrder', placing)
  return { id, number }
}

/**
 * Rejections: `not-set-up`, `unknown-supplier`, `supplier-discontinued`, `unknown-location`, `location-closed`, `unknown-product`,
 * `product-discontinued` { productId }, `duplicate-line` { productId }, `amount-too-large`.
 */
export function placePurchaseOrder(
  { commands, newId, now }: Desk,
  order: NewPurchaseOrder,
  context: Context,
): Promise<Outcome<Made & { readonly number: string }>> {
  const placing = { id: newId(), at: now().toISOString(), placedBy: personIn(context) }
  return commands.execute(context, (unit) => place(unit, order, placing))
}

/** Places several orders, all or none. Rejections: as of one. */
export function placePurchaseOrders(
  { commands, newId, now }: Desk,
  orders: readonly NewPurchaseOrder[],
  context: Context,
): Promise<Outcome<{ readonly orders: readonly (Made & { readonly number: string })[] }>> {
  const at = now().toISOString()
  const placedBy = personIn(context)
  const named = orders.map((order) => ({ order, id: newId() }))
  return commands.execute(context, (unit) => ({
    orders: named.map(({ order, id }) => place(unit, order, { id, at, placedBy })),
  }))
}

/**
 * Takes a delivery into the stock of the order's location; the products' costs become what was paid. The answer's id is the receipt's.
 * Rejections: `unknown-purchase-order`, `purchase-order-not-open` { orderId, status }, `not-ordered` { productId }, `more-than-ordered`
 * { productId, outstanding, received }, `duplicate-line`, `location-closed`, `stock-out-of-range`.
 */
export function receivePurchaseOrder(
  { commands, newId, now }: Desk,
  { orderId, lines }: Delivery,
  context: Context,
): Promise<Outcome<Made>> {
  const receiptId = newId()
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    const order = unit.state(purchaseOrder, orderId) ?? refuse('unknown-purchase-order', { orderId })
    const costs = new Map(order.lines.map(({ productId, unitCost }) => [productId, unitCost]))
    const received = lines.map(
      ({ productId, quantity, unitCost }): ReceivedLine => ({
        productId,
        quantity,
        unitCost: unitCost ?? costs.get(productId) ?? 0,
      }),
    )
    unit.decide(purchaseOrder, orderId, 'ReceivePurchaseOrder', {
      orderId,
      receiptId,
      lines: received,
      receivedBy: personIn(context),
      at,
    })
    const { supplierId, locationId } = order
    openLocationOf(unit, locationId)
    for (const line of received)
      receiveLine(unit, { receiptId, locationId, supplierId, purchaseOrderId: orderId, at }, line)
    return { id: receiptId }
  })
}

/** Before anything came. Rejections: `unknown-purchase-order`, `purchase-order-not-open`, `already-received` { orderId }. */
export function cancelPurchaseOrder(
  { commands, now }: Desk,
  { orderId, reason }: { readonly orderId: string; readonly reason: string },
  context: Context,
): Promise<Outcome<Made>> {
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    unit.decide(purchaseOrder, orderId, 'CancelPurchaseOrder', { orderId, reason, at })
    return { id: orderId }
  })
}

/** The rest is not awaited any more. Rejections: `unknown-purchase-order`, `purchase-order-not-open`, `nothing-received` { orderId }. */
export function closePurchaseOrder(
  { commands, now }: Desk,
  { orderId, reason }: { readonly orderId: string; readonly reason: string },
  context: Context,
): Promise<Outcome<Made>> {
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    unit.decide(purchaseOrder, orderId, 'ClosePurchaseOrder', { orderId, reason, at })
    return { id: orderId }
  })
}
