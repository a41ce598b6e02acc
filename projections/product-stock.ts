// The stock of each product over all locations: the total that lists show, and how it is spread.
import { projection } from './projection.ts'
import { changeOf, type MovementFact, onEveryMovement } from './stock-movement.ts'

export interface StockAtLocation {
  readonly onHand: number
  readonly value: number
  readonly low: boolean
}

export interface ProductStock {
  readonly productId: string
  readonly onHand: number
  /** At moving-average cost. */
  readonly value: number
  /** At one location at least. */
  readonly low: boolean
  readonly byLocation: Readonly<Record<string, StockAtLocation>>
  /** What it cost at the last receipt, and who had delivered it. */
  readonly lastReceived: { readonly supplierId: string | null; readonly unitCost: number; readonly at: string } | null
}

interface OfProduct {
  readonly data: { readonly productId: string; readonly locationId: string }
}

const nowhere: StockAtLocation = { onHand: 0, value: 0, low: false }
const key = ({ data }: OfProduct) => data.productId
const empty = ({ data }: OfProduct): ProductStock => ({
  productId: data.productId,
  onHand: 0,
  value: 0,
  low: false,
  byLocation: {},
  lastReceived: null,
})

const receiptOf = ({ type, data }: MovementFact): ProductStock['lastReceived'] =>
  type === 'StockReceived' ? { supplierId: data.supplierId, unitCost: data.unitCost, at: data.at } : null

const markLow =
  (low: boolean) =>
  (stock: ProductStock, { data: { locationId } }: OfProduct): ProductStock => {
    const byLocation = { ...stock.byLocation, [locationId]: { ...(stock.byLocation[locationId] ?? nowhere), low } }
    return { ...stock, low: Object.values(byLocation).some((there) => there.low), byLocation }
  }

export const productStock = projection<ProductStock>('product-stock', {
  version: 1,
  indexes: ['low', 'onHand', 'value'],
  on: {
    ...onEveryMovement<ProductStock>({
      key,
      initial: empty,
      apply: (stock, event) => {
        const { locationId } = event.data
        const change = changeOf(event)
        const before = stock.byLocation[locationId] ?? nowhere
        return {
          ...stock,
          onHand: stock.onHand + change.quantity,
          value: stock.value + change.value,
          byLocation: {
            ...stock.byLocation,
            [locationId]: { ...before, onHand: before.onHand + change.quantity, value: before.value + change.value },
          },
          lastReceived: receiptOf(event) ?? stock.lastReceived,
        }
      },
    }),
    StockFellBelowReorderPoint: { key, initial: empty, apply: markLow(true) },
    StockRoseAboveReorderPoint: { key, initial: empty, apply: markLow(false) },
  },
})
