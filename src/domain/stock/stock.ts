// The rules of the stock of one product at one location: what comes, goes and is counted, and what it is worth.
import { type Decider, evolve, isRejection, nothing, type Rejection, reject } from '../../kernel/decider.ts'
import { type EventIn, event } from '../../kernel/event.ts'
import { priceOf, proportion } from '../money.ts'
import { maxAmount, maxQuantity } from '../values.ts'
import { type StockEvents, stockEvents } from './events.ts'

/** Every command carries the product's reorder point: at or below it, the stock is low. */
type Asked<Type extends keyof StockEvents, Decided extends keyof StockEvents[Type] = never> = Omit<
  StockEvents[Type],
  'onHand' | Decided
> & { readonly reorderPoint: number }

/** What a unit is held to cost where there is nothing on hand to average, and the decimals that a quantity counts of it. */
type Standard = { readonly standard: { readonly unitCost: number; readonly decimals: number } }

export type StockCommands = {
  ReceiveStock: Asked<'StockReceived'>
  SellStock: Asked<'StockSold', 'cost'>
  ReturnStock: Asked<'StockReturned'>
  AdjustStock: Asked<'StockAdjusted', 'value'> & Standard
  TransferStockOut: Asked<'StockTransferredOut', 'cost'>
  TransferStockIn: Asked<'StockTransferredIn'>
  CountStock: Asked<'StockCounted', 'difference' | 'value'> & Standard & { readonly counted: number }
  /** `quantity`: what the sale will take. The sale's SellStock follows in the same append. */
  CountStockAtTill: Asked<'StockCountedAtTill', 'difference' | 'value'> & Standard & { readonly quantity: number }
  ReviewReorderPoint: Asked<'StockFellBelowReorderPoint'>
}

/** `kept`: anything was ever recorded here; `value`: what all that is on hand has cost. */
export type Stock = {
  readonly kept: boolean
  readonly onHand: number
  readonly value: number
  readonly low: boolean
}

/** The id of the stock of a product at a location. */
export const stockId = (productId: string, locationId: string): string => `${productId}@${locationId}`

type Fact = EventIn<Omit<StockEvents, 'StockFellBelowReorderPoint' | 'StockRoseAboveReorderPoint'>>

/** The fact, unless the log could not hold what it leads to. */
const withinRange = (before: Stock, fact: Fact): readonly EventIn<StockEvents>[] | Rejection => {
  const { onHand, value } = evolve(stock, before, fact)
  const { productId, locationId } = fact.data
  return onHand > maxQuantity || value > maxAmount ? reject('stock-out-of-range', { productId, locationId }) : [fact]
}

/** The fact, and the crossing of the reorder point when it brings one. */
const recorded = (before: Stock, reorderPoint: number, fact: Fact): readonly EventIn<StockEvents>[] | Rejection => {
  const facts = withinRange(before, fact)
  if (isRejection(facts)) return facts
  const { productId, locationId, at } = fact.data
  return [...facts, ...crossing(evolve(stock, before, fact), { productId, locationId, at, reorderPoint })]
}

const crossing = ({ low, onHand }: Stock, at: Asked<'StockFellBelowReorderPoint'>): readonly EventIn<StockEvents>[] => {
  if (onHand <= at.reorderPoint === low) return nothing
  return [event(low ? 'StockRoseAboveReorderPoint' : 'StockFellBelowReorderPoint', { ...at, onHand })]
}

const insufficient = ({ onHand }: Stock, productId: string, asked: number): Rejection =>
  reject('insufficient-stock', { productId, onHand, asked })

/** What a part of the stock has cost on the average: the whole value with the last piece, so that no rounding is ever lost or made up. */
const costOf = ({ onHand, value }: Stock, quantity: number): number =>
  onHand === 0 ? 0 : proportion(value, quantity, onHand)

/** What a difference is worth: leaving at the average cost, coming at it too, or at the standard cost where nothing is on hand. */
const differenceOf = (stock: Stock, difference: number, { unitCost, decimals }: Standard['standard']): number => {
  if (difference < 0) return 0 - costOf(stock, -difference)
  return stock.onHand > 0 ? costOf(stock, difference) : priceOf(unitCost, difference, decimals)
}

/**
 * Never below nothing: `insufficient-stock` { productId, onHand, asked }. More than the log can hold: `stock-out-of-range`.
 * An adjustment by nothing is not recorded; a count that finds no difference is, since somebody vouched for it.
 */
export const stock: Decider<StockCommands, StockEvents, Stock> = {
  events: stockEvents,
  initial: { kept: false, onHand: 0, value: 0, low: false },
  snapshotVersion: 1,

  decide: {
    ReceiveStock: (stock, { reorderPoint, ...receipt }) =>
      recorded(stock, reorderPoint, event('StockReceived', { ...receipt, onHand: stock.onHand + receipt.quantity })),

    SellStock: (stock, { reorderPoint, ...sale }) => {
      const { productId, quantity } = sale
      if (quantity > stock.onHand) return insufficient(stock, productId, quantity)
      const sold = { ...sale, cost: costOf(stock, quantity), onHand: stock.onHand - quantity }
      return recorded(stock, reorderPoint, event('StockSold', sold))
    },

    ReturnStock: (stock, { reorderPoint, ...goods }) =>
      recorded(stock, reorderPoint, event('StockReturned', { ...goods, onHand: stock.onHand + goods.quantity })),

    AdjustStock: (stock, { reorderPoint, standard, ...adjustment }) => {
      const { productId, change } = adjustment
      if (change === 0) return nothing
      if (stock.onHand + change < 0) return insufficient(stock, productId, -change)
      const value = differenceOf(stock, change, standard)
      return recorded(
        stock,
        reorderPoint,
        event('StockAdjusted', { ...adjustment, value, onHand: stock.onHand + change }),
      )
    },

    TransferStockOut: (stock, { reorderPoint, ...transfer }) => {
      const { productId, quantity } = transfer
      if (quantity > stock.onHand) return insufficient(stock, productId, quantity)
      const sent = { ...transfer, cost: costOf(stock, quantity), onHand: stock.onHand - quantity }
      return recorded(stock, reorderPoint, event('StockTransferredOut', sent))
    },

    TransferStockIn: (stock, { reorderPoint, ...transfer }) =>
      recorded(
        stock,
        reorderPoint,
        event('StockTransferredIn', { ...transfer, onHand: stock.onHand + transfer.quantity }),
      ),

    CountStock: (stock, { reorderPoint, standard, counted, ...count }) => {
      const difference = counted - stock.onHand
      const value = differenceOf(stock, difference, standard)
      return recorded(stock, reorderPoint, event('StockCounted', { ...count, difference, value, onHand: counted }))
    },

    // The sale that follows takes it all again: whether that crosses the reorder point is for the sale to say.
    CountStockAtTill: (stock, { reorderPoint: _reorderPoint, standard, quantity, ...count }) => {
      const difference = quantity - stock.onHand
      if (difference <= 0) return nothing
      const value = differenceOf(stock, difference, standard)
      return withinRange(stock, event('StockCountedAtTill', { ...count, difference, value, onHand: quantity }))
    },

    // A product that was never kept at a location does not run low there.
    ReviewReorderPoint: (stock, review) => (stock.kept ? crossing(stock, review) : nothing),
  },

  evolve: {
    StockReceived: (stock, { onHand, value }) => moved(stock, onHand, value),
    StockSold: (stock, { onHand, cost }) => moved(stock, onHand, -cost),
    StockReturned: (stock, { onHand, cost }) => moved(stock, onHand, cost),
    StockAdjusted: (stock, { onHand, value }) => moved(stock, onHand, value),
    StockTransferredOut: (stock, { onHand, cost }) => moved(stock, onHand, -cost),
    StockTransferredIn: (stock, { onHand, cost }) => moved(stock, onHand, cost),
    StockCounted: (stock, { onHand, value }) => moved(stock, onHand, value),
    StockCountedAtTill: (stock, { onHand, value }) => moved(stock, onHand, value),
    StockFellBelowReorderPoint: (stock) => ({ ...stock, low: true }),
    StockRoseAboveReorderPoint: (stock) => ({ ...stock, low: false }),
  },
}

const moved = ({ low, value }: Stock, onHand: number, worth: number): Stock => ({
  kept: true,
  onHand,
  value: value + worth,
  low,
})
