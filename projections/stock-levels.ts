// What is on hand of each product at each location, what it is worth, and whether it runs low.
import { projection } from './projection.ts'
import { changeOf, onEveryMovement } from './stock-movement.ts'

export interface StockLevel {
  readonly productId: string
  readonly locationId: string
  readonly onHand: number
  /** At moving-average cost. */
  readonly value: number
  readonly low: boolean
  readonly lastMovedAt: string
}

interface Placed {
  readonly data: { readonly productId: string; readonly locationId: string; readonly at: string }
}

/** The id of the level of a product at a location. */
export const stockLevelId = (productId: string, locationId: string) => `${productId}@${locationId}`

const key = ({ data }: Placed) => stockLevelId(data.productId, data.locationId)
const empty = ({ data: { productId, locationId, at } }: Placed): StockLevel => ({
  productId,
  locationId,
  onHand: 0,
  value: 0,
  low: false,
  lastMovedAt: at,
})

export const stockLevels = projection<StockLevel>('stock-levels', {
  version: 1,
  indexes: ['productId', 'locationId', 'low', ['locationId', 'low']],
  on: {
    ...onEveryMovement<StockLevel>({
      key,
      initial: empty,
      apply: (level, event) => ({
        ...level,
        onHand: event.data.onHand,
        value: level.value + changeOf(event).value,
        lastMovedAt: event.data.at,
      }),
    }),
    StockFellBelowReorderPoint: { key, initial: empty, apply: (level) => ({ ...level, low: true }) },
    StockRoseAboveReorderPoint: { key, initial: empty, apply: (level) => ({ ...level, low: false }) },
  },
})
