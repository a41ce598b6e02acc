// What a sale, a refund or a void adds to the figures, read alike. All figures of sales count by these rules:
// - a sale counts on its own day;
// - a refund counts on the day it is made, negative, whenever the sale was; for whom and where it is made;
// - a void is taken back from the sale's own day and hour, and from who had sold it (it is only possible on that day);
// - revenue includes tax; margin is revenue less tax and cost, so that it is never kept beside them;
// - goods that came back but could not be put back on the shelf stay a cost.
import type { SaleEvents } from '../src/domain/sales/events.ts'
import type { PaymentMethod } from '../src/domain/values.ts'
import type { RecordedIn } from '../src/kernel/event.ts'
import type { Handler } from '../src/kernel/projection.ts'

export type SalesFact = RecordedIn<Pick<SaleEvents, 'SaleRegistered' | 'SaleVoided' | 'SaleRefunded'>>

export interface Figures {
  readonly revenue: number
  readonly tax: number
  readonly cost: number
}

/** What one line of a sale adds; what comes back is negative. */
export interface LineFigures extends Figures {
  readonly productId: string
  readonly category: string
  readonly taxRate: number
  readonly quantity: number
}

export const noFigures: Figures = { revenue: 0, tax: 0, cost: 0 }

export const add = (a: Figures, b: Figures): Figures => ({
  revenue: a.revenue + b.revenue,
  tax: a.tax + b.tax,
  cost: a.cost + b.cost,
})

// Many read models ask the same fact, one after the other.
const reckoned = new WeakMap<object, readonly LineFigures[]>()

/** What each line of the fact adds. */
export function linesOf(fact: SalesFact): readonly LineFigures[] {
  let lines = reckoned.get(fact.data)
  if (!lines) {
    lines = reckonLines(fact)
    reckoned.set(fact.data, lines)
  }
  return lines
}

function reckonLines({ type, data }: SalesFact): readonly LineFigures[] {
  if (type === 'SaleRegistered')
    return data.lines.map(({ productId, category, taxRate, quantity, total, tax, cost }) => ({
      productId,
      category,
      taxRate,
      quantity,
      revenue: total,
      tax,
      cost,
    }))
  return data.lines.map(({ productId, category, taxRate, quantity, total, tax, cost, restocked }) => ({
    productId,
    category,
    taxRate,
    quantity: -quantity,
    revenue: -total,
    tax: -tax,
    cost: restocked ? -cost : 0,
  }))
}

/** What the whole fact adds. */
export const figuresOf = (fact: SalesFact): Figures => linesOf(fact).reduce(add, noFigures)

/** What the fact adds to what each method of payment has brought; `account` is what customers owe instead. */
export function paidBy({ type, data }: SalesFact): Readonly<Partial<Record<PaymentMethod, number>>> {
  switch (type) {
    case 'SaleRegistered':
      return { [data.payment.method]: data.total }
    case 'SaleVoided':
      return { [data.method]: -data.total }
    case 'SaleRefunded': {
      const givenBack = data.method === 'account' ? 0 : data.total - data.debtReduced
      return { ...(givenBack > 0 ? { [data.method]: -givenBack } : {}), account: givenBack - data.total }
    }
  }
}

/** How many sales, refunds and voids the fact adds: a voided sale is none. */
export const countsOf = ({ type }: SalesFact) => ({
  sales: type === 'SaleRegistered' ? 1 : type === 'SaleVoided' ? -1 : 0,
  refunds: type === 'SaleRefunded' ? 1 : 0,
  voids: type === 'SaleVoided' ? 1 : 0,
})

/** Who sold, or takes back. */
export const sellerOf = ({ type, data }: SalesFact): string => (type === 'SaleVoided' ? data.soldBy : data.cashierId)

/** The local hour in which the fact counts. */
export const hourOf = ({ type, data }: SalesFact): number => (type === 'SaleVoided' ? data.soldAtHour : data.hour)

/** The same handler for every fact that changes the figures of sales. */
export const onEverySalesFact = <Doc>(handler: Handler<Doc, SalesFact>) => ({
  SaleRegistered: handler,
  SaleVoided: handler,
  SaleRefunded: handler,
})
