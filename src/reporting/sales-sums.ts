// What reports of sales have in common: sums, margins, and the figures on top with those of the period before.
import type { Figures } from '../../projections/sales-figures.ts'
import { type Cells, column, type Figure, shareOf, sumOf } from './report.ts'

/** Sums of figures; `sales` where sales are counted. */
export interface Sums extends Figures {
  readonly sales?: number
  readonly refunds?: number
}

/** Revenue without tax. */
export const netOf = ({ revenue, tax }: Figures): number => revenue - tax
/** What remains of the net revenue after the cost of the goods. */
export const marginOf = (figures: Figures): number => netOf(figures) - figures.cost
export const marginShareOf = (figures: Figures): number | null => shareOf(marginOf(figures), netOf(figures))
/** What a sale brings on average; null without sales. */
export const averageOf = (revenue: number, sales: number): number | null =>
  sales <= 0 ? null : Math.round(revenue / sales)

export const sums = (items: readonly Sums[]) => ({
  revenue: sumOf(items, ({ revenue }) => revenue),
  tax: sumOf(items, ({ tax }) => tax),
  cost: sumOf(items, ({ cost }) => cost),
  sales: sumOf(items, ({ sales = 0 }) => sales),
  refunds: sumOf(items, ({ refunds = 0 }) => refunds),
})

/** The cells that every report of sales ends with. */
export const moneyCells = (figures: Figures): Cells => ({
  revenue: figures.revenue,
  net: netOf(figures),
  tax: figures.tax,
  cost: figures.cost,
  margin: marginOf(figures),
  'margin-share': marginShareOf(figures),
})

type Total = ReturnType<typeof sums>

/** Revenue, margin, its share, and where sales are counted their number and average. */
export const salesTiles = (now: Total, before: Total): readonly Figure[] => [
  { ...column('revenue'), value: now.revenue, before: before.revenue, better: 'more' },
  { ...column('margin'), value: marginOf(now), before: marginOf(before), better: 'more' },
  { ...column('sales'), value: now.sales, before: before.sales, better: 'more' },
  {
    ...column('average'),
    value: averageOf(now.revenue, now.sales),
    before: averageOf(before.revenue, before.sales),
    better: 'more',
  },
]

/** The same for what is not counted in sales, such as products. */
export const marginTiles = (now: Total, before: Total): readonly Figure[] => [
  { ...column('revenue'), value: now.revenue, before: before.revenue, better: 'more' },
  { ...column('net'), value: netOf(now), before: netOf(before), better: 'more' },
  { ...column('margin'), value: marginOf(now), before: marginOf(before), better: 'more' },
  { ...column('margin-share'), value: marginShareOf(now), before: marginShareOf(before), better: 'more' },
]
