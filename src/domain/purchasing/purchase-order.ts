// The rules of purchase orders: placed with a supplier, received whole or in parts, cancelled or closed.
import { type Decider, nothing, reject } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { duplicateIn } from '../lines.ts'
import { priceOf, sumOf } from '../money.ts'
import { maxAmount } from '../values.ts'
import { type PurchaseOrderEvents, purchaseOrderEvents } from './events.ts'

export type PurchaseOrderCommands = {
  PlacePurchaseOrder: Omit<PurchaseOrderEvents['PurchaseOrderPlaced'], 'total'>
  ReceivePurchaseOrder: Omit<PurchaseOrderEvents['PurchaseOrderReceived'], 'complete'>
  CancelPurchaseOrder: PurchaseOrderEvents['PurchaseOrderCancelled']
  ClosePurchaseOrder: PurchaseOrderEvents['PurchaseOrderClosed']
}

type OrderedLine = PurchaseOrderEvents['PurchaseOrderPlaced']['lines'][number] & {
  /** How much of it has not come yet. */
  readonly outstanding: number
}

/** A purchase order as it stands. */
export type PurchaseOrder = {
  readonly status: 'placed' | 'partly-received' | 'received' | 'cancelled' | 'closed'
  readonly supplierId: string
  readonly locationId: string
  readonly lines: readonly OrderedLine[]
}

/** Why a delivery does not fit its order; undefined when it does. */
const mismatch = (order: PurchaseOrder, delivered: PurchaseOrderCommands['ReceivePurchaseOrder']['lines']) => {
  for (const { productId, quantity } of delivered) {
    const line = order.lines.find((line) => line.productId === productId)
    if (!line) return reject('not-ordered', { productId })
    if (quantity > line.outstanding)
      return reject('more-than-ordered', { productId, outstanding: line.outstanding, received: quantity })
  }
  return duplicateIn(delivered)
}

const received = (lines: readonly OrderedLine[], delivered: PurchaseOrderCommands['ReceivePurchaseOrder']['lines']) =>
  lines.map((line) => {
    const quantity = delivered.find(({ productId }) => productId === line.productId)?.quantity ?? 0
    return { ...line, outstanding: line.outstanding - quantity }
  })

const isComplete = (lines: readonly OrderedLine[]): boolean => lines.every(({ outstanding }) => outstanding === 0)

const unknown = (orderId: string) => reject('unknown-purchase-order', { orderId })
const notOpen = (orderId: string, status: PurchaseOrder['status']) =>
  reject('purchase-order-not-open', { orderId, status })

/**
 * The state is null until the order is placed.
 * Placing: `already-registered`, `duplicate-line` { productId }, `amount-too-large`.
 * Receiving: `not-ordered` { productId }, `more-than-ordered` { productId, outstanding, received }, `duplicate-line`; what was sent beyond
 * the order is received as stock without it, so that an order never hides what nobody asked for.
 * Cancelling serves an order of which nothing came, closing one of which a part came: else `already-received`, `nothing-received`.
 * All: `unknown-purchase-order` { orderId }, `purchase-order-not-open` { orderId, status }.
 */
export const purchaseOrder: Decider<PurchaseOrderCommands, PurchaseOrderEvents, PurchaseOrder | null> = {
  events: purchaseOrderEvents,
  initial: null,

  decide: {
    PlacePurchaseOrder: (order, placed) => {
      if (order) return reject('already-registered', { orderId: placed.orderId })
      const total = sumOf(placed.lines, ({ unitCost, quantity, decimals }) => priceOf(unitCost, quantity, decimals))
      if (total > maxAmount) return reject('amount-too-large', { largest: maxAmount })
      return duplicateIn(placed.lines) ?? [event('PurchaseOrderPlaced', { ...placed, total })]
    },
    ReceivePurchaseOrder: (order, delivery) => {
      if (!order) return unknown(delivery.orderId)
      if (order.status === 'cancelled' || order.status === 'closed') return notOpen(delivery.orderId, order.status)
      const complete = isComplete(received(order.lines, delivery.lines))
      return mismatch(order, delivery.lines) ?? [event('PurchaseOrderReceived', { ...delivery, complete })]
    },
    CancelPurchaseOrder: (order, cancellation) => {
      if (!order) return unknown(cancellation.orderId)
      if (order.status === 'cancelled') return nothing
      if (order.status !== 'placed') return reject('already-received', { orderId: cancellation.orderId })
      return [event('PurchaseOrderCancelled', cancellation)]
    },
    ClosePurchaseOrder: (order, closing) => {
      if (!order) return unknown(closing.orderId)
      if (order.status === 'cancelled') return notOpen(closing.orderId, order.status)
      if (order.status === 'placed') return reject('nothing-received', { orderId: closing.orderId })
      // What has come whole or is closed awaits nothing any more.
      return order.status === 'partly-received' ? [event('PurchaseOrderClosed', closing)] : nothing
    },
  },

  evolve: {
    PurchaseOrderPlaced: (_, { supplierId, locationId, lines }) => ({
      status: 'placed',
      supplierId,
      locationId,
      lines: lines.map((line) => ({ ...line, outstanding: line.quantity })),
    }),
    PurchaseOrderReceived: (order, { lines, complete }) =>
      order && {
        ...order,
        status: complete ? 'received' : 'partly-received',
        lines: received(order.lines, lines),
      },
    PurchaseOrderCancelled: (order) => order && { ...order, status: 'cancelled' },
    PurchaseOrderClosed: (order) => order && { ...order, status: 'closed' },
  },
}
