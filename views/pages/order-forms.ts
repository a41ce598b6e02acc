// The forms of purchase orders: a new one, and a delivery.
import type { OrderedLine, PurchaseOrder } from '../../projections/purchase-orders.ts'
import { fieldAmount } from '../amount.ts'
import {
  type Column,
  card,
  dateInput,
  type FormState,
  fieldRow,
  form,
  hidden,
  linkButton,
  moneyInput,
  pageHead,
  quantityInput,
  select,
  submitButton,
  table,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { type LineFigure, lineButtonFirst, lineEditor, lineFormAttrs, lineLabels } from './goods-lines.ts'
import { locationSelect, type StockForm } from './stock-forms.ts'

export const orderFormContent = (reader: Reader, page: StockForm): Html => {
  const { t } = reader
  const id = 'order-form'
  const figures: readonly LineFigure[] = [
    { name: 'quantity', label: t('common.quantity'), kind: 'quantity' },
    { name: 'cost', label: t('stock.unit-cost'), kind: 'money', required: false },
  ]
  const labels = { supplier: t('purchasing.supplier'), ...lineLabels(reader, page.state, figures) }
  return html`${pageHead({ back: { href: '/orders', label: t('purchasing.title') }, title: t('purchasing.new') })}
${card({
  body: form(reader, {
    id,
    action: '/orders/new',
    state: { labels, ...page.state },
    attrs: lineFormAttrs(id, '/orders/new'),
    body: html`${lineButtonFirst(reader)}${hidden('formKey', page.state.values?.formKey ?? '')}
        ${fieldRow(
          select(reader, page.state, {
            name: 'supplier',
            label: t('purchasing.supplier'),
            required: true,
            empty: t('purchasing.choose-supplier'),
            choices: page.suppliers.map(({ supplierId, name }) => ({ value: supplierId, label: name })),
          }),
          locationSelect(reader, page, { name: 'location', label: t('purchasing.deliver-to') }),
          dateInput(reader, page.state, { name: 'expectedOn', label: t('purchasing.expected-on') }),
        )}
        ${lineEditor(reader, page.state, {
          figures,
          offered: page.offered,
          title: t('goods.lines'),
        })}`,
    actions: html`${submitButton({ label: t('purchasing.place') })}${linkButton('/orders', { label: t('common.cancel'), look: 'quiet' })}`,
  }),
})}`
}

export interface ReceiveOrder {
  readonly order: PurchaseOrder
  readonly supplier: string
  readonly state: FormState
}

/** What a delivery starts with: all that is awaited, at the cost that was agreed. */
export const deliveryValues = ({ locale, format }: Reader, { lines }: PurchaseOrder): Record<string, string> =>
  Object.fromEntries(
    lines.flatMap(({ productId, open, decimals, unitCost }) => [
      [`quantity.${productId}`, fieldAmount(open, decimals, locale === 'pt-MZ')],
      [`cost.${productId}`, fieldAmount(unitCost, format.minorUnits, locale === 'pt-MZ')],
    ]),
  )

export const receiveOrderContent = (reader: Reader, { order, supplier, state }: ReceiveOrder): Html => {
  const { t } = reader
  const awaited = order.lines.filter(({ open }) => open > 0)
  const labels = Object.fromEntries(
    awaited.flatMap(({ productId, name }) => [
      [`quantity.${productId}`, name],
      [`cost.${productId}`, name],
    ]),
  )
  return html`${pageHead({
    back: { href: `/orders/${order.orderId}`, label: t('purchasing.order', { number: order.number }) },
    title: t('purchasing.receive-order', { number: order.number }),
    lead: html`${supplier} · ${t('purchasing.receive-lead')}`,
  })}
${form(reader, {
  action: `/orders/${order.orderId}/receive`,
  state: { labels, ...state },
  body: html`${hidden('formKey', state.values?.formKey ?? '')}${table(reader, {
    id: 'delivery',
    caption: t('goods.lines'),
    columns: deliveryColumns(reader, state),
    rows: awaited,
    empty: html``,
  })}`,
  actions: html`${submitButton({ label: t('purchasing.receive') })}${linkButton(`/orders/${order.orderId}`, { label: t('common.cancel'), look: 'quiet' })}`,
})}`
}

const deliveryColumns = (reader: Reader, state: FormState): readonly Column<OrderedLine>[] => {
  const { t, format } = reader
  return [
    { label: t('common.product'), primary: true, cell: ({ name, sku }) => html`${name}<small>${sku}</small>` },
    {
      label: t('purchasing.outstanding'),
      numeric: true,
      cell: ({ open, decimals }) => format.quantity(open, decimals),
    },
    {
      label: t('purchasing.came'),
      numeric: true,
      cell: ({ productId, name }) =>
        quantityInput(reader, state, {
          name: `quantity.${productId}`,
          label: t('purchasing.came-of', { product: name }),
          required: true,
          attrs: { required: false },
        }),
    },
    {
      label: t('stock.unit-cost'),
      numeric: true,
      cell: ({ productId, name }) =>
        moneyInput(reader, state, {
          name: `cost.${productId}`,
          label: t('purchasing.cost-of', { product: name }),
          required: true,
          attrs: { required: false },
        }),
    },
  ]
}
