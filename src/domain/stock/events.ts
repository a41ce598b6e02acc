// Everything that can happen to the stock of one product at one location. A ledger: each fact carries the balance after it.
import { z } from 'zod'
import { type DataOf, events, v1 } from '../../kernel/event.ts'
import { amount, count, id, instant, money, note, quantity, text } from '../values.ts'

const at = { productId: id, locationId: id, at: instant }
/** `onHand`: what is there after the fact. */
const balance = { onHand: count }

export const adjustmentReasons = ['damaged', 'expired', 'lost', 'found', 'own-use', 'opening', 'other'] as const

export const stockEvents = events('stock', {
  /** `value`: what the received quantity cost in all. */
  StockReceived: v1({
    ...at,
    receiptId: id,
    quantity,
    unitCost: amount,
    value: amount,
    supplierId: id.nullable(),
    purchaseOrderId: id.nullable(),
    ...balance,
  }),
  /** `cost`: the moving-average cost of what was sold. */
  StockSold: v1({ ...at, saleId: id, quantity, cost: amount, ...balance }),
  /** Came back by a refund or a void, at the cost at which it had left. */
  StockReturned: v1({ ...at, saleId: id, refundId: id, quantity, cost: amount, ...balance }),
  /** `value`: by how much the stock's value changes, same sign as `change`. */
  StockAdjusted: v1({
    ...at,
    adjustmentId: id,
    change: z.int(),
    reason: z.enum(adjustmentReasons),
    note,
    value: money,
    ...balance,
  }),
  StockTransferredOut: v1({ ...at, transferId: id, to: id, quantity, cost: amount, ...balance }),
  StockTransferredIn: v1({ ...at, transferId: id, from: id, quantity, cost: amount, ...balance }),
  /** `onHand` is what was counted; `difference` to what the log said. */
  StockCounted: v1({ ...at, countId: id, difference: z.int(), value: money, note, ...balance }),
  /** The customer held it in hand although the log said there was none: the permitted override, before the sale takes it. */
  StockCountedAtTill: v1({ ...at, saleId: id, difference: quantity, value: amount, reason: text, ...balance }),
  StockFellBelowReorderPoint: v1({ ...at, reorderPoint: count, ...balance }),
  StockRoseAboveReorderPoint: v1({ ...at, reorderPoint: count, ...balance }),
})
export type StockEvents = DataOf<typeof stockEvents>
