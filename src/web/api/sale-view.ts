// Sales as the API shows them: a line of a list, or everything that happened to one.
import { z } from '@hono/zod-openapi'
import type { Sale } from '../../../projections/sales.ts'
import type { AppContext } from '../environment.ts'
import { paymentMethod } from './fields.ts'
import { listOf } from './lists.ts'
import { currencyOf } from './product-view.ts'

export const saleStatus = z.enum(['registered', 'partly-refunded', 'refunded', 'voided'])

const summary = z.object({
  id: z.string(),
  document: z.string(),
  at: z.string(),
  day: z.string(),
  locationId: z.string(),
  till: z.int(),
  cashierId: z.string(),
  customerId: z.string().nullable(),
  status: saleStatus,
  method: paymentMethod,
  currency: z.string(),
  discount: z.int(),
  total: z.int(),
  tax: z.int(),
  refunded: z.int(),
  outstanding: z.int().describe('Still owed of a sale on account'),
})

export const saleItem = summary.extend({ lines: z.int().describe('How many lines it has') }).openapi('SaleItem')

const refundedLine = z.object({
  line: z.int(),
  productId: z.string(),
  quantity: z.int(),
  total: z.int(),
  tax: z.int(),
  restocked: z.boolean(),
})

export const saleDetail = summary
  .extend({
    cashSessionId: z.string().nullable(),
    payment: z.object({
      method: paymentMethod,
      tendered: z.int().nullable(),
      change: z.int(),
      reference: z.string().nullable(),
    }),
    lines: listOf(
      z.object({
        productId: z.string(),
        sku: z.string(),
        name: z.string(),
        category: z.string(),
        unit: z.string(),
        decimals: z.int(),
        quantity: z.int(),
        refunded: z.int(),
        unitPrice: z.int(),
        discount: z.int(),
        taxRate: z.int(),
        total: z.int(),
        tax: z.int(),
      }),
    ),
    refunds: listOf(
      z.object({
        id: z.string(),
        document: z.string(),
        at: z.string(),
        cashierId: z.string(),
        method: paymentMethod,
        total: z.int(),
        tax: z.int(),
        debtReduced: z.int(),
        reason: z.string(),
        lines: listOf(refundedLine),
      }),
    ),
    payments: listOf(
      z.object({
        id: z.string(),
        document: z.string(),
        at: z.string(),
        cashierId: z.string(),
        method: paymentMethod,
        amount: z.int(),
      }),
    ),
    voided: z.object({ at: z.string(), cashierId: z.string(), reason: z.string() }).nullable(),
  })
  .openapi('Sale')

const summaryOf = (sale: Sale, currency: string): z.infer<typeof summary> => {
  const { saleId: id, document, at, day, locationId, till, cashierId, customerId, status, method } = sale
  const { discount, total, tax, refunded, outstanding } = sale
  const amounts = { currency, discount, total, tax, refunded, outstanding }
  return { id, document, at, day, locationId, till, cashierId, customerId, status, method, ...amounts }
}

export async function presentSales(c: AppContext, documents: readonly Sale[]) {
  const currency = await currencyOf(c)
  return documents.map((sale) => ({ ...summaryOf(sale, currency), lines: sale.lines.length }))
}

/** What goods cost the company is for reports, not shown here. */
export async function presentSale(c: AppContext, sale: Sale): Promise<z.infer<typeof saleDetail>> {
  const { cashSessionId, payment, lines, refunds, payments, voided } = sale
  return {
    ...summaryOf(sale, await currencyOf(c)),
    cashSessionId,
    payment,
    lines: lines.map(({ cost: _, ...line }) => line),
    refunds: refunds.map(({ refundId, lines, ...refund }) => ({
      id: refundId,
      ...refund,
      lines: lines.map(({ line, productId, quantity, total, tax, restocked }) => ({
        line,
        productId,
        quantity,
        total,
        tax,
        restocked,
      })),
    })),
    payments: payments.map(({ paymentId, ...payment }) => ({ id: paymentId, ...payment })),
    voided,
  }
}
