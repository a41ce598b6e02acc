// Selling: the sale, its fiscal document, the stock that it takes and the cash that it brings, in one append.
import { customer } from '../domain/customers/customer.ts'
import { isNuit, plainNuit } from '../domain/nuit.ts'
import { sale, type UnpricedLine } from '../domain/sales/sale.ts'
import type { PaymentMethod } from '../domain/values.ts'
import { counterAt, issue, nextAt, nuitOf, settleCash } from './counter.ts'
import { type Context, type Desk, type Outcome, personIn } from './handling.ts'
import { namedLines, raiseCounts, type SaleLineAsked, type SalePermissions, takeStock, withCost } from './sale-lines.ts'
import { factIn, refuse, type Unit } from './unit.ts'

export interface RegisterSale extends SalePermissions {
  /** Made by a till that was off-line; otherwise a new one is made. */
  readonly saleId?: string | undefined
  readonly locationId: string
  /** 1 unless named. */
  readonly till?: number | undefined
  readonly lines: readonly SaleLineAsked[]
  readonly payment: {
    readonly method: PaymentMethod
    /** Cash handed over. */
    readonly tendered?: number | null | undefined
    readonly reference?: string | null | undefined
  }
  readonly customerId?: string | null | undefined
  /** For a buyer who only gives the number, or in place of the customer's own. */
  readonly customerNuit?: string | null | undefined
  /** The customer holds it in hand although the log says that it is not there. */
  readonly override?: { readonly reason: string } | null | undefined
}

export type SaleAnswer = {
  readonly id: string
  readonly total: number
  readonly tax: number
  readonly document: string
  readonly change: number
}

/** The buyer's tax number for the document. Refused: `unknown-customer` { customerId }, `invalid-nuit` { nuit }. */
function buyerOf(unit: Unit, { customerId = null, customerNuit = null }: RegisterSale) {
  if (customerId !== null && unit.state(customer, customerId).status !== 'active')
    refuse('unknown-customer', { customerId })
  if (customerNuit === null) return { customerId, customerNuit: nuitOf(unit, customerId) }
  const nuit = plainNuit(customerNuit)
  return isNuit(nuit) ? { customerId, customerNuit: nuit } : refuse('invalid-nuit', { nuit: customerNuit })
}

/**
 * Registers a sale. Rejections: `insufficient-stock` { lines: [{ productId, onHand, asked }] } with all that is short, `not-permitted`
 * { permission, line? }, `unknown-product` { productId }, `unknown-location`, `location-closed`, `unknown-till`, `unknown-customer`,
 * `invalid-nuit`, `not-set-up`, and those of the sale's own rules. A discontinued product is sold as long as there is some.
 */
export function registerSale(
  { commands, now, newId }: Desk,
  asked: RegisterSale,
  context: Context,
): Promise<Outcome<SaleAnswer>> {
  const at = now().toISOString()
  const saleId = asked.saleId ?? newId()
  const { locationId, till = 1, payment } = asked
  const taskIds = asked.override ? asked.lines.map(() => newId()) : []

  return commands.execute(context, (unit) => {
    const counter = counterAt(unit, { locationId, till, cashierId: personIn(context), at })
    const { customerId, customerNuit } = buyerOf(unit, asked)
    const named = namedLines(unit, asked.lines, asked)
    const { taken, countedAtTill } = takeStock(unit, named, { saleId, locationId, at }, asked)
    const lines: readonly UnpricedLine[] = withCost(named, taken)
    const next = nextAt(unit, payment.method === 'account' ? 'FT' : 'VD', counter)

    // An id that was made here needs no look whether it is known.
    const register = asked.saleId === undefined ? 'create' : 'decide'
    const registered = unit[register](sale, saleId, 'RegisterSale', {
      ...counter.handled,
      saleId,
      customerId,
      lines,
      payment: { method: payment.method, tendered: payment.tendered ?? null, reference: payment.reference ?? null },
      document: next.document,
    })
    const { total, tax, payment: paid } = factIn(registered, 'SaleRegistered')
    issue(unit, counter, next, { sourceId: saleId, saleId, customerId, customerNuit, total, tax, refersTo: null })
    raiseCounts(unit, countedAtTill, taskIds, counter.handled)
    settleCash(unit, counter.handled, { method: paid.method, sourceId: saleId, amount: total })
    return { id: saleId, total, tax, document: next.document, change: paid.change }
  })
}
