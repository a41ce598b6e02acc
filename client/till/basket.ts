// The basket: what is being bought, and every change to it. Pure: each change gives a new basket.
import { type Amounts, amountsOf } from './money.ts'

/** A product as the server tells it on its button. Amounts in the minor unit, quantities in the smallest unit. */
export type Product = {
  readonly id: string
  readonly sku: string
  readonly barcode: string | null
  readonly name: string
  readonly unit: string
  readonly decimals: number
  readonly price: number
  readonly taxRate: number
  readonly onHand: number
}

export type Line = {
  readonly product: Product
  readonly quantity: number
  readonly unitPrice: number
  /** Of the whole line. */
  readonly discount: number
}

export type Customer = { readonly id: string; readonly name: string }

export type Basket = {
  /** Made once for each basket: the same sale sent again is registered once. */
  readonly key: string
  readonly lines: readonly Line[]
  readonly customer: Customer | null
  /** The tax number of a buyer who is no customer. */
  readonly nuit: string
  /** What was sent and has not been answered yet: it is sent again as it was, until there is an answer. */
  readonly sent: string | null
}

export const emptyBasket = (key: string): Basket => ({ key, lines: [], customer: null, nuit: '', sent: null })

/** One of what people count: a piece, a kilogram. */
export const oneOf = ({ decimals }: Product): number => 10 ** decimals

const withLine = (basket: Basket, changed: Line): Basket => ({
  ...basket,
  lines: basket.lines.map((line) => (line.product.id === changed.product.id ? changed : line)),
})

export const lineOf = (basket: Basket, productId: string): Line | undefined =>
  basket.lines.find(({ product }) => product.id === productId)

/** One more of the product; a new line when it has none. */
export function addProduct(basket: Basket, product: Product): Basket {
  const line = lineOf(basket, product.id)
  if (line) return withLine(basket, { ...line, quantity: line.quantity + oneOf(product) })
  const added = { product, quantity: oneOf(product), unitPrice: product.price, discount: 0 }
  return { ...basket, lines: [...basket.lines, added] }
}

export const removeLine = (basket: Basket, productId: string): Basket => ({
  ...basket,
  lines: basket.lines.filter(({ product }) => product.id !== productId),
})

/** Quantity, price or discount of a line; a quantity of nothing removes it. A discount is never more than the line comes to. */
export function changeLine(basket: Basket, productId: string, change: Partial<Omit<Line, 'product'>>): Basket {
  const line = lineOf(basket, productId)
  if (!line) return basket
  const changed = { ...line, ...change }
  if (changed.quantity <= 0) return removeLine(basket, productId)
  return withLine(basket, { ...changed, discount: Math.min(changed.discount, amountsOf(changed).gross) })
}

/** So many pieces more, or less. */
export function step(basket: Basket, productId: string, pieces: number): Basket {
  const line = lineOf(basket, productId)
  return line ? changeLine(basket, productId, { quantity: line.quantity + pieces * oneOf(line.product) }) : basket
}

/** What the whole basket comes to. */
export const totalsOf = (basket: Basket): Amounts =>
  basket.lines.map(amountsOf).reduce(
    (sum, line) => ({
      gross: sum.gross + line.gross,
      discount: sum.discount + line.discount,
      total: sum.total + line.total,
      tax: sum.tax + line.tax,
    }),
    { gross: 0, discount: 0, total: 0, tax: 0 },
  )
