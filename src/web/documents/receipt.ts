// A receipt from the read models: of a sale, of one of its refunds, or of a payment.
import { customers } from '../../../projections/customers.ts'
import { documentBuyers, nuitOn } from '../../../projections/document-buyers.ts'
import { type FiscalDocument, fiscalDocuments } from '../../../projections/fiscal-documents.ts'
import type { Sale } from '../../../projections/sales.ts'
import type { Receipt, ReceiptLine } from '../../../views/pages/receipt.ts'
import { sumOf, taxSummary } from '../../domain/money.ts'
import type { AppContext } from '../environment.ts'
import { companyOf } from '../pages/frame.ts'

type Part = Pick<
  Receipt,
  'at' | 'lines' | 'taxes' | 'discount' | 'total' | 'method' | 'tendered' | 'change' | 'reference' | 'reason'
> & { readonly cashierId: string }

const ofSale = ({ at, cashierId, lines, total, method, payment }: Sale): Part => ({
  at,
  cashierId,
  lines,
  taxes: taxSummary(lines),
  discount: sumOf(lines, ({ discount }) => discount),
  total,
  method,
  tendered: payment.tendered,
  change: payment.change,
  reference: payment.reference,
  reason: null,
})

const nothingHandedOver = { discount: 0, tendered: null, change: 0, reference: null }

function ofRefund(sale: Sale, document: string): Part | undefined {
  const refund = sale.refunds.find((each) => each.document === document)
  if (!refund) return undefined
  const { at, cashierId, total, method, reason } = refund
  const lines = refund.lines.flatMap(({ line, quantity, total }): ReceiptLine[] => {
    const sold = sale.lines[line]
    return sold ? [{ name: sold.name, decimals: sold.decimals, unit: sold.unit, quantity, total }] : []
  })
  return { at, cashierId, lines, taxes: taxSummary(refund.lines), total, method, reason, ...nothingHandedOver }
}

function ofPayment(sale: Sale, document: string): Part | undefined {
  const payment = sale.payments.find((each) => each.document === document)
  if (!payment) return undefined
  const { at, cashierId, amount, method } = payment
  return { at, cashierId, lines: [], taxes: [], total: amount, method, reason: null, ...nothingHandedOver }
}

/** The buyer's tax number as the document bears it. */
export async function buyerNuit(c: AppContext, document: FiscalDocument | undefined): Promise<string | null> {
  if (!document) return null
  const buyer = await c.get('system').models.get(documentBuyers, document.subjectId)
  return nuitOn(document, buyer?.document)
}

const typeOf = (document: string): Receipt['type'] =>
  (['FT', 'RC', 'NC'] as const).find((type) => document.startsWith(`${type} `)) ?? 'VD'

/** The receipt of a document of the sale; undefined when the sale has no such document. */
export async function receiptOf(
  c: AppContext,
  sale: Sale,
  document: string,
  names: ReadonlyMap<string, string>,
): Promise<Receipt | undefined> {
  const part = document === sale.document ? ofSale(sale) : (ofRefund(sale, document) ?? ofPayment(sale, document))
  if (!part) return undefined
  const { models } = c.get('system')
  const [company, fiscal, customer] = await Promise.all([
    companyOf(c),
    models.get(fiscalDocuments, document),
    sale.customerId === null ? undefined : models.get(customers, sale.customerId),
  ])
  const { cashierId, ...told } = part
  return {
    ...told,
    saleId: sale.saleId,
    type: typeOf(document),
    document,
    refersTo: fiscal?.document.refersTo ?? null,
    company: {
      name: company?.name ?? '',
      nuit: fiscal ? fiscal.document.companyNuit : (company?.nuit ?? null),
      address: company?.address ?? '',
      phone: company?.phone ?? null,
    },
    location: names.get(sale.locationId) ?? '',
    till: sale.till,
    cashier: names.get(cashierId) ?? '',
    customer: { name: customer?.document.name ?? null, nuit: await buyerNuit(c, fiscal?.document) },
    hash: fiscal?.document.hash ?? null,
    cancelled: fiscal?.document.status === 'cancelled',
  }
}
