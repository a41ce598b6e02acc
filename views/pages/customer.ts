// One customer: how to reach them, what they bought, what they owe, what they paid.
import type { Customer } from '../../projections/customers.ts'
import type { Sale, SalePayment } from '../../projections/sales.ts'
import {
  type Column,
  card,
  detailList,
  emptyState,
  figureTile,
  linkButton,
  linkList,
  notice,
  type Pager,
  pageHead,
  status,
  type Tone,
  table,
  tiles,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { PlainKey } from '../locales/index.ts'
import type { Reader } from '../reader.ts'
import { customerName } from './customers.ts'
import { storyLink } from './story-link.ts'

/** A payment of a sale on account. */
export type CustomerPayment = SalePayment & { readonly saleId: string }

export interface CustomerPage {
  readonly customer: Customer
  readonly purchases: readonly Sale[]
  readonly pager: Pager
  /** Sales of which something is still owed, oldest first. */
  readonly unpaid: readonly Sale[]
  /** The latest first. */
  readonly payments: readonly CustomerPayment[]
  readonly mayWrite: boolean
  readonly mayErase: boolean
  readonly mayAudit: boolean
}

export const customerContent = (reader: Reader, page: CustomerPage): Html => {
  const { t, format } = reader
  const { customer } = page
  return html`${pageHead({
    back: { href: '/customers', label: t('customers.title') },
    title: customerName(reader, customer),
    lead: t('customers.since', { date: format.date(customer.registeredAt) }),
    actions: html`${!customer.erased && buttons(reader, page)}${
      page.mayAudit && storyLink(reader, 'customer', customer.customerId)
    }`,
  })}
${customer.erased && notice('info', t('customers.erased'), t('customers.erased-notice'))}
${tiles(
  figureTile({
    label: t('customers.outstanding'),
    value: format.money(customer.balance),
    note: page.unpaid.length > 0 && t('customers.unpaid-count', { count: page.unpaid.length }),
  }),
  figureTile({ label: t('customers.spent'), value: format.money(customer.bought) }),
  figureTile({
    label: t('customers.purchases'),
    value: format.number(customer.purchases),
    note:
      customer.lastPurchaseAt !== null && `${t('customers.last-purchase')}: ${format.date(customer.lastPurchaseAt)}`,
  }),
)}
<div class="columns-wide">
  ${card({ title: t('customers.purchases'), flush: true, body: purchases(reader, page) })}
  <div class="stack">
    ${!customer.erased && card({ title: t('customers.contact'), body: contact(reader, customer) })}
    ${page.unpaid.length > 0 && card({ title: t('customers.unpaid'), body: unpaid(reader, page.unpaid) })}
    ${card({ title: t('customers.payments'), body: payments(reader, page.payments) })}
  </div>
</div>`
}

const buttons = ({ t }: Reader, { customer, mayWrite, mayErase }: CustomerPage): Html => {
  const path = `/customers/${customer.customerId}`
  return html`${mayWrite && linkButton(`${path}/edit`, { label: t('common.edit'), icon: 'edit' })}${mayErase && linkButton(`${path}/erase`, { label: t('customers.erase'), icon: 'trash' })}`
}

const contact = ({ t }: Reader, { phone, email, nuit, address }: Customer): Html =>
  detailList([
    [
      t('common.phone'),
      phone === null ? t('common.not-set') : html`<a href="tel:${phone.replaceAll(' ', '')}">${phone}</a>`,
    ],
    [t('common.email'), email === null ? t('common.not-set') : html`<a href="mailto:${email}">${email}</a>`],
    [t('common.nuit'), nuit === null ? t('common.not-set') : html`<span class="code">${nuit}</span>`],
    [t('common.address'), address ?? t('common.not-set')],
  ])

const unpaid = (reader: Reader, sales: readonly Sale[]): Html =>
  linkList(
    sales.map(({ saleId, document, at, outstanding }) => ({
      href: `/sales/${saleId}`,
      title: document,
      note: reader.format.date(at),
      end: reader.format.money(outstanding),
    })),
  )

const payments = ({ t, format }: Reader, received: readonly CustomerPayment[]): Html =>
  received.length === 0
    ? html`<p class="soft">${t('customers.no-payments')}</p>`
    : linkList(
        received.map(({ saleId, document, at, method, amount }) => ({
          href: `/sales/${saleId}`,
          title: document,
          note: `${format.date(at)} · ${t(`common.payment.${method}`)}`,
          end: format.money(amount),
        })),
      )

const standing: Readonly<Record<Sale['status'], { readonly tone: Tone; readonly word: PlainKey }>> = {
  registered: { tone: 'good', word: 'sales.status.completed' },
  'partly-refunded': { tone: 'warning', word: 'sales.status.partly-refunded' },
  refunded: { tone: 'neutral', word: 'sales.status.refunded' },
  voided: { tone: 'neutral', word: 'sales.status.voided' },
}

const saleStatus = ({ t }: Reader, sale: Sale): Html => {
  if (sale.outstanding > 0) return status('warning', t('sales.status.owing'))
  const { tone, word } = standing[sale.status]
  return status(tone, t(word))
}

const purchases = (reader: Reader, page: CustomerPage): Html => {
  const { t, format } = reader
  const columns: readonly Column<Sale>[] = [
    {
      label: t('customers.document'),
      primary: true,
      cell: ({ saleId, document }) => html`<a href="/sales/${saleId}">${document}</a>`,
    },
    { label: t('common.date'), cell: ({ at }) => format.dateTime(at) },
    { label: t('sales.payment'), kind: 'minor', cell: ({ method }) => t(`common.payment.${method}`) },
    { label: t('common.status'), cell: (sale) => saleStatus(reader, sale) },
    { label: t('common.total'), numeric: true, cell: ({ total }) => format.money(total) },
  ]
  return table(reader, {
    id: 'purchases',
    caption: t('customers.purchases'),
    columns,
    rows: page.purchases,
    empty: emptyState(t('customers.no-purchases')),
    pager: page.pager,
  })
}
