// One sale: what was sold, how it was paid, its fiscal document, and its story.
import type { FiscalDocument } from '../../projections/fiscal-documents.ts'
import type { Sale, SoldLine } from '../../projections/sales.ts'
import { card, detailList, type Fact, linkButton, pageHead, pathline, table } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { saleStatus } from './sales.ts'
import { storyLink } from './story-link.ts'

export interface SalePage {
  readonly sale: Sale
  readonly document: FiscalDocument | undefined
  readonly customerNuit: string | null
  readonly names: ReadonlyMap<string, string>
  readonly may: { readonly refund: boolean; readonly void: boolean; readonly pay: boolean; readonly audit: boolean }
}

export const saleContent = (reader: Reader, page: SalePage): Html => {
  const { t, format } = reader
  const { sale, may } = page
  const to = (path: string) => `/sales/${sale.saleId}/${path}`
  return html`${pageHead({
    title: sale.document,
    lead: html`${saleStatus(reader, sale)} · <time datetime="${sale.at}">${format.dateTime(sale.at)}</time>`,
    back: { href: '/sales', label: t('sales.back') },
    actions: html`${may.pay && linkButton(to('payment'), { label: t('sales.receive-payment'), look: 'primary', icon: 'cash' })}
      ${linkButton(to('receipt'), { label: t('sales.receipt'), icon: 'print' })}
      ${may.refund && linkButton(to('refund'), { label: t('sales.refund'), icon: 'undo' })}
      ${may.void && linkButton(to('void'), { label: t('sales.void'), look: 'danger' })}
      ${may.audit && storyLink(reader, 'sale', sale.saleId)}`,
  })}
<div class="columns-wide">
  <div class="stack">
    ${card({ title: t('sales.lines'), flush: true, body: lines(reader, sale) })}
    ${card({ title: t('common.details'), body: details(reader, page) })}
  </div>
  ${card({ title: t('sales.story'), body: pathline(t('sales.story'), story(reader, page)) })}
</div>`
}

const lines = (reader: Reader, sale: Sale): Html => {
  const { t, format } = reader
  const sum = (label: string, value: string) =>
    html`<div class="sum"><span>${label}</span><span class="amount">${value}</span></div>`
  return html`${table<SoldLine>(reader, {
    id: 'lines',
    caption: t('sales.lines'),
    rows: sale.lines,
    empty: html``,
    columns: [
      {
        label: t('common.product'),
        primary: true,
        cell: ({ productId, name, sku, refunded, decimals }) =>
          html`<a href="/products/${productId}">${name}</a><small>${sku}${refunded > 0 && ` · ${t('sales.left', { quantity: format.quantity(refunded, decimals) })}`}</small>`,
      },
      {
        label: t('common.quantity'),
        numeric: true,
        cell: ({ quantity, decimals, unit }) => `${format.quantity(quantity, decimals)} ${unit}`,
      },
      { label: t('sales.unit-price'), numeric: true, cell: ({ unitPrice }) => format.amount(unitPrice) },
      {
        label: t('sales.discount'),
        numeric: true,
        cell: ({ discount }) => (discount > 0 ? format.amount(-discount) : ''),
      },
      { label: t('common.tax'), numeric: true, kind: 'minor', cell: ({ taxRate }) => format.taxRate(taxRate) },
      { label: t('common.total'), numeric: true, cell: ({ total }) => format.amount(total) },
    ],
  })}
  <div class="sale-sums">
    ${sale.discount > 0 && sum(t('sales.discount'), format.money(-sale.discount))}
    ${sum(t('till.tax-included'), format.money(sale.tax))}
    <div class="sum sum-total"><span>${t('common.total')}</span><span class="amount">${format.money(sale.total)}</span></div>
    ${sale.refunded > 0 && sum(t('sales.refunded'), format.money(-sale.refunded))}
    ${sale.outstanding > 0 && sum(t('sales.outstanding'), format.money(sale.outstanding))}
  </div>`
}

const details = (reader: Reader, { sale, document, customerNuit, names }: SalePage): Html => {
  const { t, format } = reader
  const { payment, customerId } = sale
  const buyer = customerId
    ? html`<a href="/customers/${customerId}">${names.get(customerId)}</a>`
    : t('till.customer-none')
  return detailList([
    [t('sales.payment'), t(`common.payment.${sale.method}`)],
    ...(payment.tendered === null
      ? []
      : ([
          [t('sales.receipt-tendered'), html`<span class="amount">${format.money(payment.tendered)}</span>`],
          [t('sales.receipt-change'), html`<span class="amount">${format.money(payment.change)}</span>`],
        ] as const)),
    ...(payment.reference ? [[t('sales.reference'), payment.reference] as const] : []),
    [t('sales.customer'), buyer],
    ...(customerNuit ? [[t('common.nuit'), html`<span class="num">${customerNuit}</span>`] as const] : []),
    [t('sales.cashier'), names.get(sale.cashierId)],
    [t('common.location'), html`${names.get(sale.locationId)} · ${t('cash.till', { number: sale.till })}`],
    ...(document
      ? ([
          [t('sales.receipt-hash'), html`<span class="code">${document.hash}</span>`],
          [t('sales.previous-hash'), html`<span class="code soft">${document.previousHash}</span>`],
        ] as const)
      : []),
  ])
}

/** Everything that happened to the sale, oldest first. */
const story = (reader: Reader, { sale, names }: SalePage): readonly Fact[] => {
  const { t, format } = reader
  const fact = (at: string, who: string, rest: Omit<Fact, 'when' | 'who'>) => ({
    at,
    fact: { ...rest, when: { text: format.dateTime(at), instant: at }, who: names.get(who) },
  })
  const receipt = (document: string) =>
    html`<a href="/sales/${sale.saleId}/receipt?document=${encodeURIComponent(document)}">${document}</a>`
  const facts = [
    fact(sale.at, sale.cashierId, {
      title: t('sales.story.registered', { amount: format.money(sale.total) }),
      tone: 'good',
      body: html`${receipt(sale.document)} · ${t(`common.payment.${sale.method}`)}`,
    }),
    ...sale.payments.map(({ at, cashierId, amount, method, document }) =>
      fact(at, cashierId, {
        title: t('sales.story.payment', { amount: format.money(amount) }),
        tone: 'good',
        body: html`${receipt(document)} · ${t(`common.payment.${method}`)}`,
      }),
    ),
    ...sale.refunds.map((refund) =>
      fact(refund.at, refund.cashierId, {
        title: t('sales.story.refunded', { amount: format.money(refund.total) }),
        tone: 'warning',
        body: html`${receipt(refund.document)} · ${refund.lines.map(
          ({ line, quantity }, at) =>
            html`${at > 0 && ', '}${format.quantity(quantity, sale.lines[line]?.decimals)} × ${sale.lines[line]?.name}`,
        )}<br>“${refund.reason}”`,
      }),
    ),
    ...(sale.voided
      ? [
          fact(sale.voided.at, sale.voided.cashierId, {
            title: t('sales.story.voided'),
            tone: 'danger',
            body: html`${t('sales.story.cancelled', { document: sale.document })}<br>“${sale.voided.reason}”`,
          }),
        ]
      : []),
  ].sort((a, b) => a.at.localeCompare(b.at))
  const owing: readonly Fact[] =
    sale.outstanding > 0
      ? [{ title: t('sales.story.owing', { amount: format.money(sale.outstanding) }), pending: true }]
      : []
  return [...facts.map((each) => each.fact), ...owing]
}
