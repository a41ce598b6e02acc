// The purchase orders, newest first: what is awaited before all.
import type { PurchaseOrder, PurchaseOrderStatus } from '../../projections/purchase-orders.ts'
import {
  type Chip,
  type Column,
  emptyState,
  filterBar,
  hidden,
  linkButton,
  type Pager,
  pageHead,
  status,
  type Tone,
  table,
  tabs,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { PlainKey } from '../locales/index.ts'
import type { Reader } from '../reader.ts'

export const orderViews = ['awaited', 'received', 'closed', 'cancelled', 'all'] as const
export type OrderView = (typeof orderViews)[number]

const viewLabel: Readonly<Record<OrderView, PlainKey>> = {
  awaited: 'purchasing.show.awaited',
  received: 'purchasing.show.received',
  closed: 'purchasing.show.closed',
  cancelled: 'purchasing.show.cancelled',
  all: 'purchasing.show.all',
}

export interface OrderLine {
  readonly order: PurchaseOrder
  readonly supplier: string
  readonly location: string
}

export interface OrdersPage {
  readonly lines: readonly OrderLine[]
  readonly show: OrderView
  readonly search: string
  readonly chips: readonly Chip[]
  readonly address: (view: OrderView) => string
  readonly today: string
  readonly pager: Pager
  readonly mayWrite: boolean
}

const states: Readonly<Record<PurchaseOrderStatus, readonly [Tone, PlainKey]>> = {
  open: ['info', 'purchasing.status.placed'],
  partial: ['warning', 'purchasing.status.partly-received'],
  received: ['good', 'purchasing.status.received'],
  cancelled: ['neutral', 'purchasing.status.cancelled'],
  closed: ['neutral', 'purchasing.status.closed'],
}

/** How an order stands; late when it should have come. */
export const orderStatus = ({ t }: Reader, order: PurchaseOrder, today: string): Html => {
  const [tone, word] = states[order.status]
  const late = order.awaited && order.expectedOn !== null && order.expectedOn < today
  return html`${status(tone, t(word))}${late && html` ${status('danger', t('purchasing.late'))}`}`
}

export const ordersContent = (reader: Reader, page: OrdersPage): Html => {
  const { t } = reader
  return html`${pageHead({
    title: t('purchasing.title'),
    actions:
      page.mayWrite &&
      html`${linkButton('/orders/proposal', { label: t('purchasing.proposal'), look: 'primary', icon: 'check' })}${linkButton('/orders/new', { label: t('purchasing.new'), icon: 'plus' })}`,
  })}
${tabs(
  t('common.status'),
  orderViews.map((view) => ({ href: page.address(view), label: t(viewLabel[view]), current: view === page.show })),
)}
${filterBar(reader, {
  action: '/orders',
  search: { value: page.search, placeholder: t('purchasing.search-order') },
  fields: hidden('show', page.show),
  chips: page.chips,
})}
${table(reader, {
  id: 'orders',
  caption: t('purchasing.title'),
  columns: columns(reader, page.today),
  rows: page.lines,
  empty:
    page.show === 'awaited' && page.chips.length === 0
      ? emptyState(
          t('purchasing.none-awaited'),
          t('purchasing.empty-hint'),
          page.mayWrite && linkButton('/orders/proposal', { label: t('purchasing.proposal') }),
        )
      : emptyState(t('common.nothing-found'), t('common.nothing-found-hint')),
  pager: page.pager,
})}`
}

const columns = (reader: Reader, today: string): readonly Column<OrderLine>[] => {
  const { t, format } = reader
  return [
    {
      label: t('purchasing.number'),
      primary: true,
      cell: ({ order }) => html`<a href="/orders/${order.orderId}">${order.number}</a>`,
    },
    { label: t('purchasing.supplier'), cell: ({ supplier }) => supplier },
    { label: t('common.location'), kind: 'minor', cell: ({ location }) => location },
    {
      label: t('purchasing.placed-on'),
      cell: ({ order }) => html`<time datetime="${order.placedAt}">${format.date(order.day)}</time>`,
    },
    {
      label: t('purchasing.expected-on'),
      cell: ({ order }) =>
        order.expectedOn && html`<time datetime="${order.expectedOn}">${format.date(order.expectedOn)}</time>`,
    },
    { label: t('common.status'), cell: ({ order }) => orderStatus(reader, order, today) },
    { label: t('common.total'), numeric: true, cell: ({ order }) => format.money(order.total) },
  ]
}
