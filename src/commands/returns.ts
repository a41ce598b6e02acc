// Taking back: refunds with their credit notes, and sales voided on their own day. Goods go back to the stock, cash out of the drawer.
import { series, seriesId, seriesOf } from '../domain/fiscal/series.ts'
import { product } from '../domain/products/product.ts'
import type { RefundLine } from '../domain/sales/events.ts'
import { type Sale, sale } from '../domain/sales/sale.ts'
import { stock, stockId } from '../domain/stock/stock.ts'
import type { PaymentMethod } from '../domain/values.ts'
import { counterAt, issue, nextAt, nuitOf, settleCash } from './counter.ts'
import { type Context, type Desk, type Outcome, personIn } from './handling.ts'
import { factIn, refuse, type Unit } from './unit.ts'

export interface RefundSale {
  readonly saleId: string
  /** Where it comes back; where it was sold unless named. */
  readonly locationId?: string | undefined
  readonly till?: number | undefined
  /** All that is left unless named; by the index of the line in the sale. */
  readonly lines?:
    | readonly { readonly line: number; readonly quantity: number; readonly restock?: boolean | undefined }[]
    | undefined
  /** Whether the goods can be sold again; true unless said, and each line may say otherwise. */
  readonly restock?: boolean | undefined
  /** How money is given back; as it was paid unless named. */
  readonly method?: PaymentMethod | undefined
  readonly reason: string
}

export type RefundAnswer = {
  readonly id: string
  readonly total: number
  readonly tax: number
  readonly document: string
  /** What is given back in money; the rest was taken off a debt. */
  readonly givenBack: number
  readonly complete: boolean
}

export interface VoidSale {
  readonly saleId: string
  readonly till?: number | undefined
  readonly restock?: boolean | undefined
  readonly reason: string
}

export type VoidAnswer = { readonly id: string; readonly total: number; readonly tax: number }

/** The sale that is to be taken back. Refused: `unknown-sale` { saleId }. */
export const knownSale = (unit: Unit, saleId: string): Sale =>
  unit.state(sale, saleId) ?? refuse('unknown-sale', { saleId })

/** The goods that can be sold again go to the shelf at the cost at which they had left, a product at a time. */
function putBack(
  unit: Unit,
  lines: readonly RefundLine[],
  back: { readonly saleId: string; readonly refundId: string; readonly locationId: string; readonly at: string },
): void {
  const goods = new Map<string, { quantity: number; cost: number }>()
  for (const { productId, quantity, cost, restocked } of lines) {
    if (!restocked) continue
    const before = goods.get(productId) ?? { quantity: 0, cost: 0 }
    goods.set(productId, { quantity: before.quantity + quantity, cost: before.cost + cost })
  }
  for (const [productId, { quantity, cost }] of goods) {
    const reorderPoint = unit.state(product, productId)?.reorderPoint ?? 0
    const returned = { ...back, productId, quantity, cost, reorderPoint }
    unit.decide(stock, stockId(productId, back.locationId), 'ReturnStock', returned)
  }
}

/** Refunds a sale, whole or by line. Rejections: those of the sale's rules and of the counter. */
export function refundSale(
  { commands, now, newId }: Desk,
  asked: RefundSale,
  context: Context,
): Promise<Outcome<RefundAnswer>> {
  const { saleId, reason, restock = true } = asked
  const at = now().toISOString()
  const refundId = newId()

  return commands.execute(context, (unit) => {
    const sold = knownSale(unit, saleId)
    const { locationId = sold.locationId, till = sold.till } = asked
    const counter = counterAt(unit, { locationId, till, cashierId: personIn(context), at })
    const next = nextAt(unit, 'NC', counter)
    const refunded = unit.decide(sale, saleId, 'RefundSale', {
      ...counter.handled,
      saleId,
      refundId,
      lines: asked.lines?.map((line) => ({ ...line, restock: line.restock ?? restock })) ?? {
        everything: true,
        restock,
      },
      method: asked.method ?? null,
      reason,
      document: next.document,
    })
    const { lines, total, tax, customerId, method, debtReduced, complete } = factIn(refunded, 'SaleRefunded')
    putBack(unit, lines, { saleId, refundId, locationId, at })
    const customerNuit = nuitOf(unit, customerId)
    const source = { sourceId: refundId, saleId, customerId, customerNuit, total, tax, refersTo: sold.document }
    issue(unit, counter, next, source)
    const givenBack = total - debtReduced
    settleCash(unit, counter.handled, { method, sourceId: refundId, amount: -givenBack })
    return { id: refundId, total, tax, document: next.document, givenBack, complete }
  })
}

/** Voids a sale on the day it was made, where it was made. Rejections: those of the sale's rules and of the counter. */
export function voidSale(
  { commands, now, newId }: Desk,
  asked: VoidSale,
  context: Context,
): Promise<Outcome<VoidAnswer>> {
  const { saleId, reason, restock = true } = asked
  const at = now().toISOString()
  const refundId = newId()

  return commands.execute(context, (unit) => {
    const { locationId, document, ...sold } = knownSale(unit, saleId)
    const { handled } = counterAt(unit, {
      locationId,
      till: asked.till ?? sold.till,
      cashierId: personIn(context),
      at,
    })
    const voided = unit.decide(sale, saleId, 'VoidSale', { ...handled, saleId, refundId, reason, restock })
    const { lines, total, tax, method } = factIn(voided, 'SaleVoided')
    putBack(unit, lines, { saleId, refundId, locationId, at })
    const name = seriesOf(document)
    const { day } = handled
    unit.decide(series, seriesId(name), 'CancelDocument', { series: name, document, saleId, reason, at, day })
    settleCash(unit, handled, { method, sourceId: refundId, amount: -total })
    return { id: refundId, total, tax }
  })
}
