// The facts that move stock, read alike: by how much the quantity and its value change.
import type { StockEvents } from '../src/domain/stock/events.ts'
import type { RecordedIn } from '../src/kernel/event.ts'
import type { Handler } from '../src/kernel/projection.ts'

export type MovementType = Exclude<keyof StockEvents, 'StockFellBelowReorderPoint' | 'StockRoseAboveReorderPoint'>
export type MovementFact = RecordedIn<Pick<StockEvents, MovementType>>

export interface StockChange {
  /** In the product's smallest unit; negative when it leaves. */
  readonly quantity: number
  /** At cost, in the minor unit; negative when it leaves. */
  readonly value: number
}

/** By how much a fact changes the stock of its product at its location. */
export function changeOf({ type, data }: MovementFact): StockChange {
  switch (type) {
    case 'StockReceived':
      return { quantity: data.quantity, value: data.value }
    case 'StockReturned':
    case 'StockTransferredIn':
      return { quantity: data.quantity, value: data.cost }
    case 'StockSold':
    case 'StockTransferredOut':
      return { quantity: -data.quantity, value: 0 - data.cost }
    case 'StockAdjusted':
      return { quantity: data.change, value: data.value }
    case 'StockCounted':
    case 'StockCountedAtTill':
      return { quantity: data.difference, value: data.value }
  }
}

/** The same handler for every fact that moves stock. */
export const onEveryMovement = <Doc>(handler: Handler<Doc, MovementFact>) => ({
  StockReceived: handler,
  StockSold: handler,
  StockReturned: handler,
  StockAdjusted: handler,
  StockTransferredOut: handler,
  StockTransferredIn: handler,
  StockCounted: handler,
  StockCountedAtTill: handler,
})
