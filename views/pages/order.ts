// One purchase order: what was ordered, what of it came, and its path.
import type { OrderedLine, PurchaseOrder } from '../../projections/purchase-orders.ts'
import {
  button,
  type Column,
  card,
  closes,
  detailList,
  dialog,
  type Fact,
  type FormState,
  form,
  hidden,
  input,
  linkButton,
  opens,
  pageHead,
  pathline,
  submitButton,
  table,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { orderStatus } from './orders.ts'

export interface OrderPage {
  readonly order: PurchaseOrder
  readonly supplier: string
  readonly location: string
  readonly today: string
  readonly nameOf: (actor: string) => string
  readonly mayReceive: boolean
  readonly mayWrite: boolean
  /** Of the form that ends the order, when it was refused. */
  readonly state: FormState
}

export const orderContent = (reader: Reader, page: OrderPage): Html => {
  const { t, format } = reader
  const { order } = page
  const how = order.status === 'open' ? 'cancel' : order.status === 'partial' ? 'close' : undefined
  const refused = page.state.errors !== undefined
  return html`${pageHead({
    back: { href: '/orders', label: t('purchasing.title') },
    title: t('purchasing.order', { number: order.number }),
    lead: orderStatus(reader, order, page.today),
    actions: html`${
      page.mayReceive &&
      order.awaited &&
      linkButton(`/orders/${order.orderId}/receive`, { label: t('purchasing.receive'), look: 'primary', icon: 'check' })
    }${page.mayWrite && how && !refused && button({ label: t(`purchasing.${how}`), attrs: opens('end-order') })}`,
  })}
${page.mayWrite && how && ending(reader, page, how)}
<div class="columns-wide">
  <div class="stack">
    ${card({ title: t('goods.lines'), flush: true, body: linesTable(reader, order) })}
    ${card({
      title: t('common.details'),
      body: detailList([
        [t('purchasing.supplier'), html`<a href="/suppliers/${order.supplierId}">${page.supplier}</a>`],
        [t('purchasing.deliver-to'), page.location],
        [t('purchasing.placed-on'), format.date(order.day)],
        [t('purchasing.expected-on'), order.expectedOn ? format.date(order.expectedOn) : '–'],
      ]),
    })}
  </div>
  ${card({ title: t('purchasing.path'), body: pathline(t('purchasing.path'), facts(reader, page)) })}
</div>
`
}

const linesTable = (reader: Reader, order: PurchaseOrder): Html => {
  const { t, format } = reader
  const columns: readonly Column<OrderedLine>[] = [
    {
      label: t('common.product'),
      primary: true,
      cell: ({ productId, name, sku }) => html`<a href="/products/${productId}">${name}</a><small>${sku}</small>`,
    },
    {
      label: t('purchasing.ordered'),
      numeric: true,
      cell: ({ quantity, decimals }) => format.quantity(quantity, decimals),
    },
    {
      label: t('purchasing.received'),
      numeric: true,
      cell: ({ received, decimals }) => format.quantity(received, decimals),
    },
    {
      label: t('purchasing.outstanding'),
      numeric: true,
      cell: ({ open, decimals }) => format.quantity(open, decimals),
    },
    { label: t('stock.unit-cost'), numeric: true, cell: ({ unitCost }) => format.money(unitCost) },
  ]
  return table(reader, {
    id: 'order-lines',
    caption: t('goods.lines'),
    columns,
    rows: order.lines,
    totals: [t('common.total'), '', '', '', format.money(order.total)],
    empty: html``,
  })
}

const facts = (reader: Reader, { order, nameOf, supplier }: OrderPage): readonly Fact[] => {
  const { t, format } = reader
  const when = (instant: string) => ({ instant, text: format.dateTime(instant) })
  const known = new Map(order.lines.map((line) => [line.productId, line]))
  const received = order.receipts.map(
    ({ at, receivedBy, lines }, nth): Fact => ({
      title: t(
        order.status === 'received' && nth === order.receipts.length - 1
          ? 'purchasing.fact.received'
          : 'purchasing.fact.partly-received',
      ),
      when: when(at),
      who: nameOf(receivedBy),
      tone: 'good',
      body: html`<ul>${lines.map(({ productId, quantity }) => {
        const line = known.get(productId)
        return html`<li>${format.quantity(quantity, line?.decimals)} × ${line?.name}</li>`
      })}</ul>`,
    }),
  )
  return [
    { title: t('purchasing.fact.placed'), when: when(order.placedAt), who: nameOf(order.placedBy), body: supplier },
    ...received,
    ...(order.awaited ? [awaited(reader, order)] : []),
    ...(order.endedAt && (order.status === 'cancelled' || order.status === 'closed')
      ? [{ title: t(`purchasing.status.${order.status}`), when: when(order.endedAt), body: order.reason ?? '' }]
      : []),
  ]
}

const awaited = ({ t, format }: Reader, { expectedOn }: PurchaseOrder): Fact => ({
  title: t('purchasing.fact.awaited'),
  pending: true,
  ...(expectedOn && { body: format.date(expectedOn) }),
})

/** In a dialog; on the page itself where it was refused, so that what is wrong is seen. */
const ending = (reader: Reader, { order, state }: OrderPage, how: 'cancel' | 'close'): Html => {
  const { t } = reader
  const isRefused = state.errors !== undefined
  const body = form(reader, {
    action: `/orders/${order.orderId}/${how}`,
    state: { ...state, labels: { reason: t('common.reason') } },
    body: html`<p>${t(`purchasing.${how}-hint`)}</p>${hidden('formKey', state.values?.formKey ?? '')}${input(reader, state, { name: 'reason', label: t('common.reason'), required: true, attrs: { maxlength: 200 } })}`,
    actions: html`${submitButton({ label: t(`purchasing.${how}`), look: 'danger' })}${!isRefused && button({ label: t('common.back'), attrs: closes('end-order') })}`,
  })
  const title = t(`purchasing.${how}`)
  return isRefused ? card({ title, body }) : dialog(reader, { id: 'end-order', title, body })
}
