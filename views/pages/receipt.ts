// The receipt, as wide as 80 mm paper: of a sale, a credit note or the payment of an invoice.
import type { PaymentMethod } from '../../src/domain/values.ts'
import { button, linkButton, pageHead } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export interface ReceiptLine {
  readonly name: string
  readonly quantity: number
  readonly decimals: number
  readonly unit: string
  /** Absent where a line only tells what came back. */
  readonly unitPrice?: number
  readonly discount?: number
  readonly total: number
}

export interface Receipt {
  readonly saleId: string
  readonly type: 'VD' | 'FT' | 'RC' | 'NC'
  readonly document: string
  readonly refersTo: string | null
  readonly at: string
  readonly company: {
    readonly name: string
    readonly nuit: string | null
    readonly address: string
    readonly phone: string | null
  }
  readonly location: string
  readonly till: number
  readonly cashier: string
  readonly customer: { readonly name: string | null; readonly nuit: string | null }
  readonly lines: readonly ReceiptLine[]
  readonly taxes: readonly { readonly taxRate: number; readonly net: number; readonly tax: number }[]
  readonly discount: number
  readonly total: number
  readonly method: PaymentMethod
  readonly tendered: number | null
  readonly change: number
  readonly reference: string | null
  readonly reason: string | null
  readonly hash: string | null
  readonly cancelled: boolean
}

/** What a line says below its name: quantity and price, where there is one. */
export const lineNote = (
  { format, t }: Reader,
  { quantity, decimals, unit, unitPrice, discount = 0 }: ReceiptLine,
): string => {
  const many = `${format.quantity(quantity, decimals)} ${unit}`
  const priced = unitPrice === undefined ? many : `${many} × ${format.amount(unitPrice)}`
  return discount > 0 ? `${priced} · ${t('till.discounted', { amount: format.amount(discount) })}` : priced
}

/** Who sells: name, address, phone, tax number. */
export const companyLines = ({ company, location, till }: Receipt, { t }: Reader): readonly string[] => [
  ...(company.address ? [company.address] : []),
  ...(company.phone ? [company.phone] : []),
  ...(company.nuit ? [`NUIT ${company.nuit}`] : []),
  `${location} · ${t('cash.till', { number: till })}`,
]

/** The rows of names and values between the lines and the foot. */
export const receiptRows = (receipt: Receipt, { t, format }: Reader) => ({
  head: [
    [t('common.date'), format.dateTime(receipt.at)],
    [t('sales.cashier'), receipt.cashier],
    ...(receipt.customer.name ? [[t('sales.customer'), receipt.customer.name]] : []),
    ...(receipt.customer.nuit ? [[t('sales.receipt-nuit'), receipt.customer.nuit]] : []),
  ] as const,
  taxes: receipt.taxes.map(
    ({ taxRate, net, tax }) =>
      [
        t('sales.receipt-tax', { rate: format.taxRate(taxRate), base: format.amount(net) }),
        format.amount(tax),
      ] as const,
  ),
  payment: [
    [t('sales.payment'), t(`common.payment.${receipt.method}`)],
    ...(receipt.reference ? [[t('sales.reference'), receipt.reference]] : []),
    ...(receipt.tendered === null
      ? []
      : [
          [t('sales.receipt-tendered'), format.amount(receipt.tendered)],
          [t('sales.receipt-change'), format.amount(receipt.change)],
        ]),
    ...(receipt.reason ? [[t('common.reason'), receipt.reason]] : []),
  ] as const,
})

const rows = (shown: readonly (readonly (string | undefined)[])[]): Html =>
  html`<div class="receipt-rows">${shown.map(([label, value]) => html`<div><span>${label}</span><span>${value}</span></div>`)}</div>`

/** The paper itself. */
export const receiptPaper = (reader: Reader, receipt: Receipt): Html => {
  const { t, format } = reader
  const { head, taxes, payment } = receiptRows(receipt, reader)
  return html`<article class="receipt" aria-label="${t('sales.receipt')}">
    <header class="receipt-head">
      <h2>${receipt.company.name}</h2>
      ${companyLines(receipt, reader).map((line) => html`<p>${line}</p>`)}
    </header>
    <div class="receipt-head">
      <p><strong>${t(`sales.document.${receipt.type}`)} ${receipt.document}</strong></p>
      ${receipt.refersTo && html`<p>${t('sales.refers-to', { document: receipt.refersTo })}</p>`}
      ${receipt.cancelled && html`<p><strong>${t('sales.cancelled')}</strong></p>`}
    </div>
    ${rows(head)}
    ${
      receipt.lines.length > 0 &&
      html`<table><caption class="sr-only">${t('sales.lines')}</caption><tbody>${receipt.lines.map(
        (line) =>
          html`<tr><td>${line.name}<small>${lineNote(reader, line)}</small></td><td class="num">${format.amount(line.total)}</td></tr>`,
      )}</tbody></table>`
    }
    <p class="receipt-total"><span>${t('common.total')}</span><span>${format.money(receipt.total)}</span></p>
    ${taxes.length > 0 && rows(taxes)}
    ${rows(payment)}
    <footer class="receipt-foot">
      <p>${t('sales.receipt-thanks')}</p>
      ${receipt.hash && html`<p class="receipt-hash">${t('sales.receipt-hash')}<br>${receipt.hash}</p>`}
    </footer>
  </article>`
}

/** The page around the paper: print, PDF, back to the sale. */
export const receiptContent = (
  reader: Reader,
  { receipt, pdf, saleDocument }: { readonly receipt: Receipt; readonly pdf: string; readonly saleDocument: string },
): Html => {
  const { t } = reader
  return html`<div class="stack">
  <div class="no-print">${pageHead({
    title: t(`sales.document.${receipt.type}`),
    back: { href: `/sales/${receipt.saleId}`, label: t('sales.back-to-sale', { document: saleDocument }) },
    actions: html`${button({ label: t('common.print'), look: 'primary', icon: 'print', attrs: { 'data-print': true } })}
      ${linkButton(pdf, { label: t('common.download-pdf'), icon: 'download', attrs: { download: true } })}`,
  })}</div>
  ${receiptPaper(reader, receipt)}
</div>`
}
