// What stock is worth: the moving average, carried as a total so that no rounding is ever lost or made up.

/** a × b ÷ c, rounded half up, exact whatever their size. All are integers, not negative; c is at least 1. */
export function proportion(a: number, b: number, c: number): number {
  const doubled = 2 * a * b + c
  if (Number.isSafeInteger(doubled)) return (doubled - (doubled % (2 * c))) / (2 * c)
  const divisor = 2n * BigInt(c)
  return Number((2n * BigInt(a) * BigInt(b) + BigInt(c)) / divisor)
}

/** What a quantity costs. `unitCost` is for one unit; the quantity's integer counts `decimals` decimals of it. */
export const worthOf = (quantity: number, unitCost: number, decimals: number): number =>
  proportion(quantity, unitCost, 10 ** decimals)

/** The part of the value that leaves with a part of the stock: all of it with the last piece. */
export const costOf = ({ onHand, value }: { onHand: number; value: number }, quantity: number): number =>
  onHand === 0 ? 0 : proportion(value, quantity, onHand)
