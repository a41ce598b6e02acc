// Every movement of stock, one document each, in the order in which they happened: the ledger that a person reads.
import { positionOf } from './position.ts'
import { asItBegan, projection } from './projection.ts'
import { changeOf, type MovementFact, onEveryMovement } from './stock-movement.ts'

export type MovementKind =
  | 'received'
  | 'sold'
  | 'returned'
  | 'adjusted'
  | 'transferred-out'
  | 'transferred-in'
  | 'counted'
  | 'counted-at-till'

export interface StockMovement {
  readonly productId: string
  readonly locationId: string
  readonly kind: MovementKind
  readonly at: string
  /** As in the event's metadata: `person:<id>`, or a part of the system. */
  readonly actor: string
  readonly change: number
  readonly onHand: number
  /** By how much the stock's value changed. */
  readonly value: number
  /** What it belongs to: the receipt, sale, refund, adjustment, transfer or count. */
  readonly referenceId: string
  /** For goods that were sold or returned: the sale, to link to. */
  readonly saleId: string | null
  /** The other end of a transfer. */
  readonly otherLocationId: string | null
  readonly supplierId: string | null
  /** Why it was adjusted or counted at the till. */
  readonly reason: string | null
  readonly note: string
}

type Story = Pick<StockMovement, 'kind' | 'referenceId'> & Partial<StockMovement>

function storyOf({ type, data }: MovementFact): Story {
  switch (type) {
    case 'StockReceived':
      return { kind: 'received', referenceId: data.receiptId, supplierId: data.supplierId }
    case 'StockSold':
      return { kind: 'sold', referenceId: data.saleId, saleId: data.saleId }
    case 'StockReturned':
      return { kind: 'returned', referenceId: data.refundId, saleId: data.saleId }
    case 'StockAdjusted':
      return { kind: 'adjusted', referenceId: data.adjustmentId, reason: data.reason, note: data.note }
    case 'StockTransferredOut':
      return { kind: 'transferred-out', referenceId: data.transferId, otherLocationId: data.to }
    case 'StockTransferredIn':
      return { kind: 'transferred-in', referenceId: data.transferId, otherLocationId: data.from }
    case 'StockCounted':
      return { kind: 'counted', referenceId: data.countId, note: data.note }
    case 'StockCountedAtTill':
      return { kind: 'counted-at-till', referenceId: data.saleId, saleId: data.saleId, reason: data.reason }
  }
}

const movementOf = (event: MovementFact): StockMovement => {
  const { productId, locationId, at, onHand } = event.data
  const { quantity, value } = changeOf(event)
  return {
    productId,
    locationId,
    at,
    actor: event.metadata.actor,
    change: quantity,
    onHand,
    value,
    saleId: null,
    otherLocationId: null,
    supplierId: null,
    reason: null,
    note: '',
    ...storyOf(event),
  }
}

export const stockMovements = projection<StockMovement>('stock-movements', {
  version: 2,
  indexes: [
    { fields: ['at'], beside: ['locationId', 'kind'] },
    { fields: ['productId', 'at'], beside: ['locationId', 'kind'] },
    'referenceId',
  ],
  on: onEveryMovement<StockMovement>({ key: positionOf, initial: movementOf, apply: asItBegan }),
})
