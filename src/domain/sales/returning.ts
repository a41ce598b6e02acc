// What comes back of a sale: the shares of price, tax and cost that belong to the returned pieces.
import { type Rejection, reject } from '../../kernel/decider.ts'
import { shareOf } from '../money.ts'
import type { RefundLine, SaleLine } from './events.ts'

/** A line of a sale, and how much of it has come back so far. */
export type SoldLine = SaleLine & { readonly returned: number }

/** So many of the line with this index; whether they go back on the shelf. */
export interface Returned {
  readonly line: number
  readonly quantity: number
  readonly restock: boolean
}

const backFrom = (sold: SoldLine, { line, quantity, restock }: Returned): RefundLine => {
  const part = { already: sold.returned, quantity, of: sold.quantity }
  return {
    line,
    productId: sold.productId,
    category: sold.category,
    taxRate: sold.taxRate,
    quantity,
    total: shareOf(sold.total, part),
    tax: shareOf(sold.tax, part),
    cost: shareOf(sold.cost, part),
    restocked: restock,
  }
}

/** The sold lines after some of them came back. */
export const afterReturn = (sold: readonly SoldLine[], back: readonly RefundLine[]): readonly SoldLine[] =>
  sold.map((line, index) => ({
    ...line,
    returned: back.reduce((sum, each) => (each.line === index ? sum + each.quantity : sum), line.returned),
  }))

/** Everything that has not come back yet. */
export const everythingLeft = (sold: readonly SoldLine[], restock: boolean): readonly RefundLine[] =>
  sold.flatMap((line, index) => {
    const quantity = line.quantity - line.returned
    return quantity > 0 ? [backFrom(line, { line: index, quantity, restock })] : []
  })

/** The named pieces. Rejected: `no-such-line` { line }, `more-than-sold` { line, asked, left }. */
export function piecesOf(sold: readonly SoldLine[], asked: readonly Returned[]): readonly RefundLine[] | Rejection {
  let left = sold
  const back: RefundLine[] = []
  for (const returned of asked) {
    const line = left[returned.line]
    if (!line) return reject('no-such-line', { line: returned.line })
    const remaining = line.quantity - line.returned
    if (returned.quantity > remaining)
      return reject('more-than-sold', { line: returned.line, asked: returned.quantity, left: remaining })
    const piece = backFrom(line, returned)
    back.push(piece)
    left = afterReturn(left, [piece])
  }
  return back
}
