// What a line comes to, computed as the server does: integers, price × quantity rounded half up, the tax within the total.
import type { Line } from './basket.ts'

export type Amounts = {
  readonly gross: number
  readonly discount: number
  readonly total: number
  readonly tax: number
}

/** amount × part / whole, rounded half up; exact whatever their size. */
export function proportion(amount: number, part: number, whole: number): number {
  const divisor = BigInt(whole)
  return Number((2n * BigInt(amount) * BigInt(part) + divisor) / (2n * divisor))
}

export function amountsOf({ product, quantity, unitPrice, discount }: Line): Amounts {
  const gross = proportion(unitPrice, quantity, 10 ** product.decimals)
  const total = gross - discount
  return { gross, discount, total, tax: proportion(total, product.taxRate, 10_000 + product.taxRate) }
}
