// The arithmetic of money: integers only, rounded half up in exactly one way. docs/money.md tells it with examples.
import { type Rejection, reject } from '../kernel/decider.ts'
import { maxAmount } from './values.ts'

/** amount × part / whole, rounded half up, exact whatever their size. All are integers, not negative; `whole` is at least 1. */
export function proportion(amount: number, part: number, whole: number): number {
  const doubled = 2 * amount * part + whole
  if (Number.isSafeInteger(doubled)) return (doubled - (doubled % (2 * whole))) / (2 * whole)
  const divisor = BigInt(whole)
  return Number((2n * BigInt(amount) * BigInt(part) + divisor) / (2n * divisor))
}

/** What a price per unit comes to for a quantity that counts `decimals` decimals of the unit. */
export const priceOf = (unitPrice: number, quantity: number, decimals: number): number =>
  proportion(unitPrice, quantity, 10 ** decimals)

/** The tax within an amount that includes it; `rate` in basis points. */
export const taxWithin = (total: number, rate: number): number => proportion(total, rate, 10_000 + rate)

/**
 * The part of `total` that belongs to `quantity` of `of` pieces when `already` of them were settled before. These parts telescope: however
 * the pieces are split, in whatever order, all of them together give exactly `total`.
 */
export const shareOf = (total: number, { already, quantity, of }: { already: number; quantity: number; of: number }) =>
  proportion(total, already + quantity, of) - proportion(total, already, of)

export interface PricedLine {
  readonly total: number
  readonly tax: number
}

/** A line's amounts. `discount` is an amount of the whole line. Rejected: `discount-too-large`, `amount-too-large`. */
export function priceLine(line: {
  readonly unitPrice: number
  readonly quantity: number
  readonly decimals: number
  readonly discount: number
  readonly taxRate: number
}): PricedLine | Rejection {
  const gross = priceOf(line.unitPrice, line.quantity, line.decimals)
  if (gross > maxAmount) return reject('amount-too-large', { largest: maxAmount })
  if (line.discount > gross) return reject('discount-too-large', { gross, discount: line.discount })
  const total = gross - line.discount
  return { total, tax: taxWithin(total, line.taxRate) }
}

/** The sum of one amount over all lines. */
export const sumOf = <Line>(lines: readonly Line[], amount: (line: Line) => number): number =>
  lines.reduce((sum, line) => sum + amount(line), 0)

export interface TaxSummary extends PricedLine {
  readonly taxRate: number
  readonly net: number
}

/** What each tax rate comes to on a document: the sums of its lines, lowest rate first. */
export function taxSummary(lines: readonly (PricedLine & { readonly taxRate: number })[]): readonly TaxSummary[] {
  const rates = [...new Set(lines.map(({ taxRate }) => taxRate))].sort((a, b) => a - b)
  return rates.map((taxRate) => {
    const ofRate = lines.filter((line) => line.taxRate === taxRate)
    const total = sumOf(ofRate, (line) => line.total)
    const tax = sumOf(ofRate, (line) => line.tax)
    return { taxRate, net: total - tax, tax, total }
  })
}
