// Figures as other programs read them: with a point, without grouping.

/** An amount of the minor unit in the whole one: `1234.50`. */
export const plainAmount = (minor: number): string => (minor / 100).toFixed(2)

/** A count of the smallest unit in the whole one: `1.500` for 1500 of a thousandth. */
export const plainQuantity = (quantity: number, decimals: number): string =>
  (quantity / 10 ** decimals).toFixed(decimals)
