// The figures of each day, for each location and for all: what the dashboard and the reports by day, hour and location show.
// sales-figures.ts says how refunds and voids count.
import type { PaymentMethod } from '../src/domain/values.ts'
import { projection } from './projection.ts'
import { add, countsOf, type Figures, figuresOf, hourOf, linesOf, onEverySalesFact, paidBy } from './sales-figures.ts'

export interface DayOfSales extends Figures {
  readonly day: string
  /** A location's id, or `all`. */
  readonly locationId: string
  /** Sales that were not voided. */
  readonly sales: number
  readonly refunds: number
  readonly voids: number
  /** Lines sold, those of voided sales taken off. */
  readonly lines: number
  readonly discount: number
  /** What refunds gave back; already taken off the revenue. */
  readonly refunded: number
  /** What each method brought, less what was given back by it; `account`: what was sold on account. */
  readonly byMethod: Readonly<Partial<Record<PaymentMethod, number>>>
  /** What customers paid of what they owed; no revenue of this day. */
  readonly collected: number
  /** By local hour, 24 each. */
  readonly revenueByHour: readonly number[]
  readonly salesByHour: readonly number[]
}

/** Instead of a location's id: the figures of all of them. */
export const allLocations = 'all'

/** The id of a day's figures at a location or at `allLocations`. */
export const dayOfSalesId = (day: string, locationId: string) => `${day}@${locationId}`

interface Handled {
  readonly data: { readonly day: string; readonly locationId: string }
}

const key = ({ data: { day, locationId } }: Handled) => [dayOfSalesId(day, locationId), dayOfSalesId(day, allLocations)]

const noHours: readonly number[] = Array.from({ length: 24 }, () => 0)

const begin = ({ data: { day, locationId } }: Handled, id: string): DayOfSales => ({
  day,
  locationId: id === dayOfSalesId(day, allLocations) ? allLocations : locationId,
  sales: 0,
  refunds: 0,
  voids: 0,
  lines: 0,
  revenue: 0,
  tax: 0,
  discount: 0,
  cost: 0,
  refunded: 0,
  byMethod: {},
  collected: 0,
  revenueByHour: noHours,
  salesByHour: noHours,
})

const addAt = (hours: readonly number[], hour: number, amount: number) =>
  amount === 0 ? hours : hours.with(hour, (hours[hour] ?? 0) + amount)

function addByMethod(byMethod: DayOfSales['byMethod'], paid: DayOfSales['byMethod']): DayOfSales['byMethod'] {
  const sum = { ...byMethod }
  for (const method of Object.keys(paid) as PaymentMethod[]) sum[method] = (sum[method] ?? 0) + (paid[method] ?? 0)
  return sum
}

export const salesByDay = projection<DayOfSales>('sales-by-day', {
  version: 1,
  indexes: ['day', ['locationId', 'day']],
  on: {
    ...onEverySalesFact<DayOfSales>({
      key,
      initial: begin,
      apply: (day, fact) => {
        const figures = figuresOf(fact)
        const counts = countsOf(fact)
        const voided = fact.type === 'SaleVoided' ? -1 : 1
        return {
          ...day,
          ...add(day, figures),
          sales: day.sales + counts.sales,
          refunds: day.refunds + counts.refunds,
          voids: day.voids + counts.voids,
          lines: day.lines + (fact.type === 'SaleRefunded' ? 0 : voided * linesOf(fact).length),
          discount: day.discount + (fact.type === 'SaleRefunded' ? 0 : voided * fact.data.discount),
          refunded: day.refunded + (fact.type === 'SaleRefunded' ? fact.data.total : 0),
          byMethod: addByMethod(day.byMethod, paidBy(fact)),
          revenueByHour: addAt(day.revenueByHour, hourOf(fact), figures.revenue),
          salesByHour: addAt(day.salesByHour, hourOf(fact), counts.sales),
        }
      },
    }),
    SalePaymentReceived: {
      key,
      initial: begin,
      apply: (day, { data }) => ({ ...day, collected: day.collected + data.amount }),
    },
  },
})
