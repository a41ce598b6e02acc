// Every sale with all that followed it: refunds, payments of what was owed, the void.
import type { DomainEvents } from '../src/domain/events.ts'
import type { RefundLine, SaleLine } from '../src/domain/sales/events.ts'
import type { PaymentMethod } from '../src/domain/values.ts'
import { asItBegan, projection } from './projection.ts'

export type SaleStatus = 'registered' | 'partly-refunded' | 'refunded' | 'voided'

export interface SoldLine extends SaleLine {
  /** How much of the quantity has come back. */
  readonly refunded: number
}

export interface Refund {
  readonly refundId: string
  readonly document: string
  readonly at: string
  readonly cashierId: string
  readonly method: PaymentMethod
  readonly total: number
  readonly tax: number
  /** The part of the total that was taken off what is owed. */
  readonly debtReduced: number
  readonly reason: string
  readonly lines: readonly RefundLine[]
}

export interface SalePayment {
  readonly paymentId: string
  readonly document: string
  readonly at: string
  readonly cashierId: string
  readonly method: PaymentMethod
  readonly amount: number
}

export interface Sale {
  readonly saleId: string
  readonly document: string
  /** The number of its document in the series, by which people ask for it. */
  readonly number: number
  readonly at: string
  readonly day: string
  readonly locationId: string
  readonly till: number
  readonly cashierId: string
  readonly cashSessionId: string | null
  readonly customerId: string | null
  readonly status: SaleStatus
  readonly method: PaymentMethod
  readonly payment: DomainEvents['SaleRegistered']['payment']
  readonly discount: number
  readonly total: number
  readonly tax: number
  readonly cost: number
  /** What was given back or taken off the debt by refunds. */
  readonly refunded: number
  /** What is still owed of a sale on account. */
  readonly outstanding: number
  readonly lines: readonly SoldLine[]
  readonly refunds: readonly Refund[]
  readonly payments: readonly SalePayment[]
  readonly voided: { readonly at: string; readonly cashierId: string; readonly reason: string } | null
}

const key = ({ data }: { readonly data: { readonly saleId: string } }) => data.saleId

const numberOf = (document: string) => Number(document.slice(document.lastIndexOf('/') + 1))

const withRefunded = (lines: readonly SoldLine[], refund: readonly RefundLine[]): readonly SoldLine[] =>
  lines.map((line, index) => ({
    ...line,
    refunded: refund.reduce((sum, back) => (back.line === index ? sum + back.quantity : sum), line.refunded),
  }))

export const sales = projection<Sale>('sales', {
  version: 2,
  // A sale is indexed by a few wide indexes: lists are in order of time, and what they filter by stands in the same index.
  indexes: [
    { fields: ['at'], beside: ['day', 'locationId', 'cashierId', 'status', 'method', 'outstanding'] },
    { fields: ['customerId', 'at'], beside: ['outstanding'] },
    'document',
    'number',
  ],
  on: {
    SaleRegistered: {
      key,
      initial: ({ data: { hour: _, lines, payment, ...sale } }) => ({
        ...sale,
        number: numberOf(sale.document),
        status: 'registered',
        method: payment.method,
        payment,
        refunded: 0,
        outstanding: payment.method === 'account' ? sale.total : 0,
        lines: lines.map((line) => ({ ...line, refunded: 0 })),
        refunds: [],
        payments: [],
        voided: null,
      }),
      apply: asItBegan,
    },
    SaleRefunded: {
      key,
      apply: (sale, { data }) => {
        const { refundId, document, at, cashierId, method, total, tax, debtReduced, reason, lines } = data
        return {
          ...sale,
          status: data.complete ? 'refunded' : 'partly-refunded',
          refunded: sale.refunded + total,
          outstanding: sale.outstanding - debtReduced,
          lines: withRefunded(sale.lines, lines),
          refunds: [
            ...sale.refunds,
            { refundId, document, at, cashierId, method, total, tax, debtReduced, reason, lines },
          ],
        }
      },
    },
    SalePaymentReceived: {
      key,
      apply: (sale, { data: { paymentId, document, at, cashierId, method, amount, outstanding } }) => ({
        ...sale,
        outstanding,
        payments: [...sale.payments, { paymentId, document, at, cashierId, method, amount }],
      }),
    },
    SaleVoided: {
      key,
      apply: (sale, { data: { at, cashierId, reason } }) => ({
        ...sale,
        status: 'voided',
        outstanding: 0,
        voided: { at, cashierId, reason },
      }),
    },
  },
})
