// The rules of a sale: what it comes to, how it is taken back, whole or in part, and how a sale on account is paid.
import { type Decider, isRejection, type Rejection, reject } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { priceLine, sumOf } from '../money.ts'
import { maxAmount, type PaymentMethod } from '../values.ts'
import { type SaleEvents, type SaleLine, saleEvents } from './events.ts'
import { afterReturn, everythingLeft, piecesOf, type Returned, type SoldLine } from './returning.ts'

type Handled = Pick<
  SaleEvents['SaleRegistered'],
  'saleId' | 'locationId' | 'till' | 'cashierId' | 'cashSessionId' | 'at' | 'day' | 'hour'
>
type Payment = SaleEvents['SaleRegistered']['payment']
export type UnpricedLine = Omit<SaleLine, 'total' | 'tax'>

export type SaleCommands = {
  /** Lines are priced here. `tendered` counts for cash only. */
  RegisterSale: Handled & {
    readonly customerId: string | null
    readonly lines: readonly UnpricedLine[]
    readonly payment: Omit<Payment, 'change'>
    readonly document: string
  }
  VoidSale: Handled & { readonly refundId: string; readonly reason: string; readonly restock: boolean }
  /** `lines`: all that is left, unless named. `method`: how money is given back; as it was paid, unless named. */
  RefundSale: Handled & {
    readonly refundId: string
    readonly lines: readonly Returned[] | { readonly everything: true; readonly restock: boolean }
    readonly method: PaymentMethod | null
    readonly reason: string
    readonly document: string
  }
  ReceivePayment: Handled & {
    readonly paymentId: string
    readonly amount: number
    readonly method: Exclude<PaymentMethod, 'account'>
    readonly document: string
  }
}

export type Sale = {
  readonly voided: boolean
  readonly customerId: string | null
  readonly soldBy: string
  readonly soldAtHour: number
  readonly day: string
  readonly locationId: string
  readonly till: number
  readonly document: string
  readonly method: PaymentMethod
  readonly lines: readonly SoldLine[]
  readonly discount: number
  readonly total: number
  /** What a customer still owes of a sale on account. */
  readonly owed: number
}

/** The sale as it stands, or why nothing can be done with it. */
const standing = (sale: Sale | null): Sale | Rejection => {
  if (!sale) return reject('unknown-sale')
  return sale.voided ? reject('already-voided') : sale
}

const pricedLines = (lines: readonly UnpricedLine[]): readonly SaleLine[] | Rejection => {
  const priced: SaleLine[] = []
  for (const [index, line] of lines.entries()) {
    const amounts = priceLine(line)
    if (isRejection(amounts)) return reject(amounts.code, { line: index, ...amounts.details })
    priced.push({ ...line, ...amounts })
  }
  return priced
}

const sums = (lines: readonly { readonly total: number; readonly tax: number; readonly cost: number }[]) => ({
  total: sumOf(lines, ({ total }) => total),
  tax: sumOf(lines, ({ tax }) => tax),
  cost: sumOf(lines, ({ cost }) => cost),
})

const paid = (asked: Omit<Payment, 'change'>, total: number): Payment | Rejection => {
  const { method, tendered, reference } = asked
  if (method !== 'cash' || tendered === null) return { method, tendered: null, change: 0, reference }
  return tendered < total
    ? reject('tendered-too-little', { total, tendered })
    : { method, tendered, change: tendered - total, reference }
}

/** Why a sale can no longer be voided, only refunded. */
const voidable = (sale: Sale, day: string): 'other-day' | 'refunded' | 'paid' | 'yes' => {
  if (sale.day !== day) return 'other-day'
  if (sale.lines.some(({ returned }) => returned > 0)) return 'refunded'
  return sale.method === 'account' && sale.owed < sale.total ? 'paid' : 'yes'
}

/** How a refund is settled: the debt goes down first, the rest is given back. */
const settled = (sale: Sale, total: number, method: PaymentMethod | null) => {
  const debtReduced = Math.min(sale.owed, total)
  const givenBack = total - debtReduced
  if (sale.method !== 'account')
    return method === 'account' ? reject('not-on-account') : { method: method ?? sale.method, debtReduced }
  if (givenBack === 0) return { method: sale.method, debtReduced }
  return method === null || method === 'account'
    ? reject('refund-method-required', { givenBack })
    : { method, debtReduced }
}

/**
 * All commands but RegisterSale: `unknown-sale`, `already-voided`.
 * RegisterSale: `discount-too-large`, `amount-too-large`, `tendered-too-little` { total, tendered }, `customer-required` (on account).
 * VoidSale: `cannot-void` { reason: other-day, refunded or paid }.
 * RefundSale: `nothing-left`, `no-such-line`, `more-than-sold` { line, asked, left }, `refund-method-required` { givenBack } where a sale on
 * account was paid already, `not-on-account`.
 * ReceivePayment: `not-on-account`, `more-than-owed` { owed, asked }.
 */
export const sale: Decider<SaleCommands, SaleEvents, Sale | null> = {
  events: saleEvents,
  initial: null,

  decide: {
    RegisterSale: (sale, { lines: asked, payment: offered, ...rest }) => {
      if (sale) return reject('already-registered')
      if (offered.method === 'account' && rest.customerId === null) return reject('customer-required')
      const lines = pricedLines(asked)
      if (isRejection(lines)) return lines
      const amounts = sums(lines)
      if (amounts.total > maxAmount || amounts.cost > maxAmount) return reject('amount-too-large')
      const payment = paid(offered, amounts.total)
      if (isRejection(payment)) return payment
      const discount = sumOf(lines, ({ discount }) => discount)
      return [event('SaleRegistered', { ...rest, lines: [...lines], discount, ...amounts, payment })]
    },

    VoidSale: (state, { restock, ...rest }) => {
      const sale = standing(state)
      if (isRejection(sale)) return sale
      const reason = voidable(sale, rest.day)
      if (reason !== 'yes') return reject('cannot-void', { reason })
      const { customerId, soldBy, soldAtHour, discount, method } = sale
      const lines = [...everythingLeft(sale.lines, restock)]
      return [event('SaleVoided', { ...rest, customerId, soldBy, soldAtHour, lines, discount, ...sums(lines), method })]
    },

    RefundSale: (state, { lines: asked, method, ...rest }) => {
      const sale = standing(state)
      if (isRejection(sale)) return sale
      const lines = 'everything' in asked ? everythingLeft(sale.lines, asked.restock) : piecesOf(sale.lines, asked)
      if (isRejection(lines)) return lines
      if (lines.length === 0) return reject('nothing-left')
      const amounts = sums(lines)
      const settlement = settled(sale, amounts.total, method)
      if (isRejection(settlement)) return settlement
      const complete = everythingLeft(afterReturn(sale.lines, lines), false).length === 0
      const { customerId } = sale
      return [event('SaleRefunded', { ...rest, customerId, lines: [...lines], ...amounts, ...settlement, complete })]
    },

    ReceivePayment: (state, payment) => {
      const sale = standing(state)
      if (isRejection(sale)) return sale
      const { customerId, owed } = sale
      if (sale.method !== 'account' || customerId === null) return reject('not-on-account')
      if (payment.amount > owed) return reject('more-than-owed', { owed, asked: payment.amount })
      return [event('SalePaymentReceived', { ...payment, customerId, outstanding: owed - payment.amount })]
    },
  },

  evolve: {
    SaleRegistered: (
      _,
      { customerId, cashierId, hour, day, locationId, till, document, payment, lines, discount, total },
    ) => ({
      voided: false,
      customerId,
      soldBy: cashierId,
      soldAtHour: hour,
      day,
      locationId,
      till,
      document,
      method: payment.method,
      lines: lines.map((line) => ({ ...line, returned: 0 })),
      discount,
      total,
      owed: payment.method === 'account' ? total : 0,
    }),
    SaleVoided: (sale) => sale && { ...sale, voided: true, owed: 0 },
    SaleRefunded: (sale, { lines, debtReduced }) =>
      sale && { ...sale, lines: afterReturn(sale.lines, lines), owed: sale.owed - debtReduced },
    SalePaymentReceived: (sale, { outstanding }) => sale && { ...sale, owed: outstanding },
  },
}
