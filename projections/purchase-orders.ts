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

/** A product may stand on several lines: what came fills them in turn, what came beyond the order is added to the last. */
function fill(lines: readonly OrderedLine[], { productId, quantity }: Received['lines'][number]) {
  const last = lines.findLastIndex((line) => line.productId === productId)
  let left = quantity
  return lines.map((line, index) => {
    if (line.productId !== productId) return line
    const taken = index === last ? left : Math.min(left, line.open)
    left -= taken
    return { ...line, received: line.received + taken, open: Math.max(0, line.open - taken) }
  })
}

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
      apply: (order, { data: { receiptId, at, receivedBy, lines, complete } }) => {
        const filled = lines.reduce(fill, order.lines)
        return {
          ...order,
          status: complete ? 'received' : 'partial',
          awaited: !complete,
          lines: complete ? nothingAwaited(filled) : filled,
          receipts: [...order.receipts, { receiptId, at, receivedBy, lines }],
          endedAt: complete ? at : null,
        }
      },
    },
    PurchaseOrderCancelled: { key, apply: (order, { data }) => ended(order, 'cancelled', data) },
    PurchaseOrderClosed: { key, apply: (order, { data }) => ended(order, 'closed', data) },
  },
})
