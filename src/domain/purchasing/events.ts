// Everything that can happen to a purchase order, and the numbers that orders have taken.
import { z } from 'zod'
import { type DataOf, events, v1 } from '../../kernel/event.ts'
import { amount, day, id, instant, quantity, text } from '../values.ts'

const orderLine = z.strictObject({
  productId: id,
  sku: text,
  name: text,
  decimals: z.int(),
  quantity,
  unitCost: amount,
})
const receivedLine = z.strictObject({ productId: id, quantity, unitCost: amount })

export const purchaseOrderEvents = events('purchase-order', {
  /** `number`: year and number, such as `2026/12`; `total`: what the whole order costs. */
  PurchaseOrderPlaced: v1({
    orderId: id,
    number: text,
    supplierId: id,
    locationId: id,
    lines: z.array(orderLine).min(1).max(500),
    total: amount,
    expectedOn: day.nullable(),
    placedBy: id,
    at: instant,
    day,
  }),
  /** `complete`: nothing of the order is missing any more. */
  PurchaseOrderReceived: v1({
    orderId: id,
    receiptId: id,
    lines: z.array(receivedLine).min(1).max(500),
    complete: z.boolean(),
    receivedBy: id,
    at: instant,
  }),
  /** Before anything came: cancelled; after a part: closed, the rest is not awaited. */
  PurchaseOrderCancelled: v1({ orderId: id, reason: text, at: instant }),
  PurchaseOrderClosed: v1({ orderId: id, reason: text, at: instant }),
})
export type PurchaseOrderEvents = DataOf<typeof purchaseOrderEvents>

/** One stream a year. */
export const orderNumberEvents = events('order-numbers', {
  PurchaseOrderNumbered: v1({ year: z.int().min(2000).max(9999), number: z.int().positive(), orderId: id }),
})
export type OrderNumberEvents = DataOf<typeof orderNumberEvents>
