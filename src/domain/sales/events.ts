// Everything that can happen to a sale.
import { z } from 'zod'
import { type DataOf, events, v1 } from '../../kernel/event.ts'
import { amount, day, hour, id, instant, paymentMethod, quantity, taxRate, text } from '../values.ts'

/**
 * What was sold, as it was called and priced at that moment. `total` = price × quantity − discount, tax included; `tax` is the part of it that
 * is tax; `cost` is the moving-average cost of the goods.
 */
const saleLine = z.strictObject({
  productId: id,
  sku: text,
  name: text,
  category: text,
  unit: text,
  decimals: z.int(),
  quantity,
  unitPrice: amount,
  discount: amount,
  taxRate,
  total: amount,
  tax: amount,
  cost: amount,
})
export type SaleLine = z.infer<typeof saleLine>

/** One line (by its index in the sale) of which some came back. */
const refundLine = z.strictObject({
  line: z.int().nonnegative(),
  productId: id,
  category: text,
  taxRate,
  quantity,
  total: amount,
  tax: amount,
  cost: amount,
  restocked: z.boolean(),
})
export type RefundLine = z.infer<typeof refundLine>

/** Where and by whom a sale, refund, void or payment was handled. */
const handled = {
  saleId: id,
  locationId: id,
  till: z.int().min(1),
  cashierId: id,
  cashSessionId: id.nullable(),
  at: instant,
  day,
  hour,
}

export const saleEvents = events('sale', {
  SaleRegistered: v1({
    ...handled,
    customerId: id.nullable(),
    lines: z.array(saleLine).min(1).max(500),
    discount: amount,
    total: amount,
    tax: amount,
    cost: amount,
    payment: z.strictObject({
      method: paymentMethod,
      /** Cash handed over; null when it is not known or the payment is not cash. */
      tendered: amount.nullable(),
      change: amount,
      reference: z.string().max(100).nullable(),
    }),
    /** Number of its fiscal document, for example `VD MPT1-2026/123`. */
    document: text,
  }),
  /**
   * The whole sale is taken back on the day it was made; its fiscal document is cancelled, not deleted. `soldBy`, `soldAtHour`, `method` and
   * `lines` say whose figures it is taken from: who had sold it, in which hour, how it was paid, what comes back.
   */
  SaleVoided: v1({
    ...handled,
    reason: text,
    refundId: id,
    customerId: id.nullable(),
    soldBy: id,
    soldAtHour: hour,
    lines: z.array(refundLine).min(1).max(500),
    discount: amount,
    total: amount,
    tax: amount,
    cost: amount,
    method: paymentMethod,
  }),
  /**
   * `document`: the credit note. `complete`: everything has come back. `debtReduced`: the part of `total` that is taken off what is owed of a
   * sale on account; the rest is given back by `method`.
   */
  SaleRefunded: v1({
    ...handled,
    refundId: id,
    customerId: id.nullable(),
    lines: z.array(refundLine).min(1).max(500),
    total: amount,
    tax: amount,
    cost: amount,
    debtReduced: amount,
    method: paymentMethod,
    reason: text,
    complete: z.boolean(),
    document: text,
  }),
  /** A payment of a sale on account. `outstanding`: what is still owed after it. */
  SalePaymentReceived: v1({
    ...handled,
    paymentId: id,
    customerId: id,
    amount: amount.positive(),
    outstanding: amount,
    method: paymentMethod,
    document: text,
  }),
})
export type SaleEvents = DataOf<typeof saleEvents>
