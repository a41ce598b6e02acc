// Commands that move and count goods. All lines of a command are recorded in one append or none; each product has one line.
// All may be refused with `unknown-product`, `unknown-location`, `location-closed`, `duplicate-line` or `stock-out-of-range`.
import { type StockCommands, stock, stockId } from '../domain/stock/stock.ts'
import type { Made } from './change.ts'
import { oneLineEach, openLocationOf, productOf, type ReceivedLine, receiveLine, standardOf } from './goods.ts'
import type { Context, Desk, Outcome } from './handling.ts'
import { factIn, refuse } from './unit.ts'

export interface Receipt {
  readonly locationId: string
  readonly supplierId: string | null
  readonly lines: readonly ReceivedLine[]
}

export interface Adjustment {
  readonly locationId: string
  readonly reason: StockCommands['AdjustStock']['reason']
  readonly note: string
  /** `unitCost`: what is found is worth where there was none; else the product's cost. */
  readonly lines: readonly {
    readonly productId: string
    readonly change: number
    readonly unitCost?: number | undefined
  }[]
}

export interface Transfer {
  readonly from: string
  readonly to: string
  readonly lines: readonly { readonly productId: string; readonly quantity: number }[]
}

export interface Count {
  readonly locationId: string
  readonly note: string
  readonly lines: readonly { readonly productId: string; readonly counted: number }[]
}

/** Goods from a supplier, without an order. */
export function receiveStock(
  { commands, newId, now }: Desk,
  { locationId, supplierId, lines }: Receipt,
  context: Context,
): Promise<Outcome<Made>> {
  const receiptId = newId()
  const arrival = { receiptId, locationId, supplierId, purchaseOrderId: null, at: now().toISOString() }
  return commands.execute(context, (unit) => {
    openLocationOf(unit, locationId)
    oneLineEach(lines)
    for (const line of lines) receiveLine(unit, arrival, line)
    return { id: receiptId }
  })
}

/** Rejections besides: `insufficient-stock` { productId, onHand, asked }. */
export function adjustStock(
  { commands, newId, now }: Desk,
  { locationId, reason, note, lines }: Adjustment,
  context: Context,
): Promise<Outcome<Made>> {
  const adjustmentId = newId()
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    openLocationOf(unit, locationId)
    oneLineEach(lines)
    for (const { productId, change, unitCost } of lines) {
      const of = productOf(unit, productId)
      unit.decide(stock, stockId(productId, locationId), 'AdjustStock', {
        productId,
        locationId,
        adjustmentId,
        change,
        reason,
        note,
        standard: standardOf(of, unitCost),
        reorderPoint: of.reorderPoint,
        at,
      })
    }
    return { id: adjustmentId }
  })
}

/** Goods leave one location and reach the other at once, at the same cost. Rejections besides: `same-location`, `insufficient-stock`. */
export function transferStock(
  { commands, newId, now }: Desk,
  { from, to, lines }: Transfer,
  context: Context,
): Promise<Outcome<Made>> {
  const transferId = newId()
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    if (from === to) refuse('same-location', { locationId: from })
    openLocationOf(unit, from)
    openLocationOf(unit, to)
    oneLineEach(lines)
    for (const { productId, quantity } of lines) {
      const { reorderPoint } = productOf(unit, productId)
      const goods = { productId, transferId, quantity, reorderPoint, at }
      const sent = unit.decide(stock, stockId(productId, from), 'TransferStockOut', { ...goods, locationId: from, to })
      const { cost } = factIn(sent, 'StockTransferredOut')
      unit.decide(stock, stockId(productId, to), 'TransferStockIn', { ...goods, locationId: to, from, cost })
    }
    return { id: transferId }
  })
}

/** What was counted is what there is, whatever the log said. */
export function countStock(
  { commands, newId, now }: Desk,
  { locationId, note, lines }: Count,
  context: Context,
): Promise<Outcome<Made>> {
  const countId = newId()
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    openLocationOf(unit, locationId)
    oneLineEach(lines)
    for (const { productId, counted } of lines) {
      const of = productOf(unit, productId)
      unit.decide(stock, stockId(productId, locationId), 'CountStock', {
        productId,
        locationId,
        countId,
        counted,
        note,
        standard: standardOf(of),
        reorderPoint: of.reorderPoint,
        at,
      })
    }
    return { id: countId }
  })
}
