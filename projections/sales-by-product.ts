// What each product sold, by day: one document for each product, location and month, so that a report over a year reads few of them
// and a sale touches one for each product. sales-figures.ts says how refunds and voids count. Names are the products' own: join by id.
import { projection } from './projection.ts'
import { add, type Figures, linesOf, noFigures, onEverySalesFact, type SalesFact } from './sales-figures.ts'

export interface ProductFigures extends Figures {
  /** In the product's smallest unit, what came back taken off. */
  readonly quantity: number
}

export interface ProductMonth {
  /** YYYY-MM */
  readonly month: string
  readonly productId: string
  readonly locationId: string
  /** By day, YYYY-MM-DD; days without sales are absent. */
  readonly days: Readonly<Record<string, ProductFigures>>
}

/** The id of a product's month at a location. */
export const productMonthId = (month: string, productId: string, locationId: string) =>
  `${month}/${productId}@${locationId}`

const monthOf = (day: string) => day.slice(0, 7)
const idOf = ({ data: { day, locationId } }: SalesFact, productId: string) =>
  productMonthId(monthOf(day), productId, locationId)

const nothingSold: ProductFigures = { quantity: 0, ...noFigures }
const plus = (a: ProductFigures, b: ProductFigures): ProductFigures => ({
  quantity: a.quantity + b.quantity,
  ...add(a, b),
})

/** What the products sold on the days from `from` to `to`, both included; products that neither sold nor came back are absent. */
export function soldByProduct(
  months: Iterable<ProductMonth>,
  { from, to }: { readonly from: string; readonly to: string },
): ReadonlyMap<string, ProductFigures> {
  const sold = new Map<string, ProductFigures>()
  for (const { productId, days } of months)
    for (const [day, figures] of Object.entries(days))
      if (day >= from && day <= to) sold.set(productId, plus(sold.get(productId) ?? nothingSold, figures))
  return sold
}

export const salesByProduct = projection<ProductMonth>('sales-by-product', {
  version: 1,
  indexes: [
    ['month', 'locationId'],
    ['productId', 'month'],
  ],
  on: onEverySalesFact<ProductMonth>({
    // A product may stand on several lines: its document is touched once.
    key: (fact) => [...new Set(fact.data.lines.map(({ productId }) => idOf(fact, productId)))],
    initial: ({ data: { day, locationId } }, id) => {
      const month = monthOf(day)
      return { month, productId: id.slice(month.length + 1, -1 - locationId.length), locationId, days: {} }
    },
    apply: (month, fact) => {
      const { day } = fact.data
      const own = linesOf(fact).filter(({ productId }) => productId === month.productId)
      return { ...month, days: { ...month.days, [day]: own.reduce(plus, month.days[day] ?? nothingSold) } }
    },
  }),
})
