// What should be ordered again: a proposal from what is there, what is coming and what has been selling.

/** Days of sales that an order should last beyond its delivery. */
const coveredDays = 14
/** Days over which sales are looked at. */
export const observedDays = 30

export interface ReorderCandidate {
  readonly productId: string
  readonly locationId: string
  readonly onHand: number
  readonly reorderPoint: number
  /** Ordered, and still awaited. */
  readonly onOrder: number
  /** In the last `observedDays` days; negative when more came back than was sold. */
  readonly soldLast30Days: number
  /** Days from order to delivery. */
  readonly leadDays: number
}

export interface ReorderProposal extends ReorderCandidate {
  readonly quantity: number
}

/**
 * Proposed is what is at or below its reorder point even when all that is awaited has come. The quantity fills it up to the larger of
 * - twice the reorder point, and
 * - the reorder point and what sells, at the pace of the last 30 days, until the delivery and for two weeks after it (rounded up).
 * What has no reorder point and does not sell is never proposed. Order is kept.
 */
export function proposeReorder(candidates: readonly ReorderCandidate[]): readonly ReorderProposal[] {
  return candidates.flatMap((candidate) => {
    const available = candidate.onHand + candidate.onOrder
    const quantity = Math.max(2 * candidate.reorderPoint, candidate.reorderPoint + expectedSales(candidate)) - available
    return available <= candidate.reorderPoint && quantity > 0 ? [{ ...candidate, quantity }] : []
  })
}

const expectedSales = ({ soldLast30Days, leadDays }: ReorderCandidate): number =>
  Math.ceil((Math.max(0, soldLast30Days) * (leadDays + coveredDays)) / observedDays)
