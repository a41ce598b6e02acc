// What was ordered from suppliers, what of it came, and what is still awaited.
import type { DomainEvents } from '../src/domain/events.ts'
import { asItBegan, projection } from './projection.ts'

type Placed = DomainEvents['PurchaseOrderPlaced']
type Received = DomainEvents['PurchaseOrderReceived']

export type PurchaseOrderStatus = 'open' | 'partial' | 'received' | 'cancelled' | 'closed'

export type OrderedLine = Placed['lines'][number] & {
  readonly received: number
  /** Still awaited; nothing of an order that has ended. */
  readonly open: number
}

export interface PurchaseOrderReceipt {
  readonly receiptId: string
  readonly at: string
  readonly receivedBy: string
  readonly lines: Received['lines']
}

export interface PurchaseOrder {
  readonly orderId: string
  readonly number: string
  readonly supplierId: string
  readonly locationId: string
  readonly status: PurchaseOrderStatus
  /** Whether anything is still awaited. */
  readonly awaited: boolean
  readonly total: number
  readonly expectedOn: string | null
  readonly placedBy: string
  readonly placedAt: string
  readonly day: string
  readonly lines: readonly OrderedLine[]
  readonly receipts: readonly PurchaseOrderReceipt[]
  /** Why it was cancelled or closed. */
  readonly reason: string | null
  readonly endedAt: string | null
}

const key = ({ data }: { readonly data: { readonly orderId: string } }) => data.orderId

/** The lines after a delivery; a product stands on one line of each. */
const fill = (lines: readonly OrderedLine[], delivered: Received['lines']): readonly OrderedLine[] =>
  lines.map((line) => {
    const quantity = delivered.find(({ productId }) => productId === line.productId)?.quantity ?? 0
    return { ...line, received: line.received + quantity, open: line.open - quantity }
  })

const nothingAwaited = (lines: readonly OrderedLine[]) => lines.map((line) => ({ ...line, open: 0 }))

const ended = (
  order: PurchaseOrder,
  status: PurchaseOrderStatus,
  { reason, at }: { readonly reason: string; readonly at: string },
): PurchaseOrder => ({
  ...order,
  status,
  awaited: false,
  lines: nothingAwaited(order.lines),
  reason,
  endedAt: at,
})

export const purchaseOrders = projection<PurchaseOrder>('purchase-orders', {
  version: 1,
  indexes: [
    'placedAt',
    'number',
    ['status', 'placedAt'],
    ['awaited', 'expectedOn'],
    ['supplierId', 'placedAt'],
    ['locationId', 'placedAt'],
  ],
  search: ['number'],
  on: {
    PurchaseOrderPlaced: {
      key,
      initial: ({ data: { at, lines, ...order } }) => ({
        ...order,
        status: 'open',
        awaited: true,
        placedAt: at,
        lines: lines.map((line) => ({ ...line, received: 0, open: line.quantity })),
        receipts: [],
        reason: null,
        endedAt: null,
      }),
      apply: asItBegan,
    },
    PurchaseOrderReceived: {
      key,
      apply: (order, { data: { receiptId, at, receivedBy, lines, complete } }) => ({
        ...order,
        status: complete ? 'received' : 'partial',
        awaited: !complete,
        lines: fill(order.lines, lines),
        receipts: [...order.receipts, { receiptId, at, receivedBy, lines }],
        endedAt: complete ? at : null,
      }),
    },
    PurchaseOrderCancelled: { key, apply: (order, { data }) => ended(order, 'cancelled', data) },
    PurchaseOrderClosed: { key, apply: (order, { data }) => ended(order, 'closed', data) },
  },
})
