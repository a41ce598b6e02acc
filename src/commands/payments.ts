// Payments of sales on account, with their receipts.
import { sale } from '../domain/sales/sale.ts'
import type { PaymentMethod } from '../domain/values.ts'
import { counterAt, issue, nextAt, nuitOf, settleCash } from './counter.ts'
import { type Context, type Desk, type Outcome, personIn } from './handling.ts'
import { knownSale } from './returns.ts'
import { factIn } from './unit.ts'

export interface ReceivePayment {
  readonly saleId: string
  /** Where it is paid; where it was sold unless named. */
  readonly locationId?: string | undefined
  readonly till?: number | undefined
  readonly amount: number
  readonly method: Exclude<PaymentMethod, 'account'>
}

export type PaymentAnswer = { readonly id: string; readonly document: string; readonly outstanding: number }

/** Receives a payment of a sale on account. Rejections: those of the sale's rules and of the counter. */
export function receivePayment(
  { commands, now, newId }: Desk,
  asked: ReceivePayment,
  context: Context,
): Promise<Outcome<PaymentAnswer>> {
  const { saleId, amount, method } = asked
  const at = now().toISOString()
  const paymentId = newId()

  return commands.execute(context, (unit) => {
    const sold = knownSale(unit, saleId)
    const { locationId = sold.locationId, till = sold.till } = asked
    const counter = counterAt(unit, { locationId, till, cashierId: personIn(context), at })
    const next = nextAt(unit, 'RC', counter)
    const payment = { ...counter.handled, saleId, paymentId, amount, method, document: next.document }
    const received = unit.decide(sale, saleId, 'ReceivePayment', payment)
    const { customerId, outstanding } = factIn(received, 'SalePaymentReceived')
    // The tax was told by the invoice.
    const taxed = { total: amount, tax: 0, refersTo: sold.document }
    const customerNuit = nuitOf(unit, customerId)
    issue(unit, counter, next, { sourceId: paymentId, saleId, customerId, customerNuit, ...taxed })
    settleCash(unit, counter.handled, { method, sourceId: paymentId, amount })
    return { id: paymentId, document: next.document, outstanding }
  })
}
