// The forms that move stock: received, adjusted with a reason, transferred.
import type { Location } from '../../projections/locations.ts'
import type { Product } from '../../projections/products.ts'
import type { Supplier } from '../../projections/suppliers.ts'
import {
  card,
  type Field,
  type FormState,
  fieldRow,
  form,
  hidden,
  linkButton,
  pageHead,
  select,
  submitButton,
  textarea,
} from '../components/index.ts'
import { type Content, type Html, html } from '../html.ts'
import type { PlainKey } from '../locales/index.ts'
import type { Reader } from '../reader.ts'
import { type LineFigure, lineButtonFirst, lineEditor, lineFormAttrs, lineLabels } from './goods-lines.ts'

export interface StockForm {
  readonly state: FormState
  readonly offered: readonly Product[]
  readonly places: readonly Location[]
  readonly suppliers: readonly Supplier[]
}

export const adjustmentReasons = ['damaged', 'expired', 'lost', 'own-use', 'found', 'opening', 'other'] as const

/** A choice among the open locations. */
export const locationSelect = (
  reader: Reader,
  { state, places }: Pick<StockForm, 'state' | 'places'>,
  field: Pick<Field, 'name' | 'label' | 'value'>,
): Html =>
  select(reader, state, {
    required: true,
    ...field,
    choices: places.map(({ locationId, name }) => ({ value: locationId, label: name })),
  })

const quantity = ({ t }: Reader): LineFigure => ({ name: 'quantity', label: t('common.quantity'), kind: 'quantity' })

const stockForm = (
  reader: Reader,
  page: StockForm,
  given: {
    readonly path: string
    readonly title: PlainKey
    readonly lead?: PlainKey
    readonly head: Content
    readonly figures: readonly LineFigure[]
    readonly note?: boolean
  },
): Html => {
  const { t } = reader
  const id = 'stock-form'
  const labels = {
    reason: t('common.reason'),
    to: t('stock.transfer-to'),
    ...lineLabels(reader, page.state, given.figures),
  }
  return html`${pageHead({
    back: { href: '/stock', label: t('stock.title') },
    title: t(given.title),
    ...(given.lead && { lead: t(given.lead) }),
  })}
${card({
  body: form(reader, {
    id,
    action: given.path,
    state: { labels, ...page.state },
    attrs: lineFormAttrs(id, given.path),
    body: html`${lineButtonFirst(reader)}${hidden('formKey', page.state.values?.formKey ?? '')}${given.head}
        ${lineEditor(reader, page.state, { figures: given.figures, offered: page.offered, title: t('goods.lines') })}
        ${given.note && textarea(reader, page.state, { name: 'note', label: t('common.note'), attrs: { maxlength: 2000, rows: 2 } })}`,
    actions: html`${submitButton({ label: t(given.title) })}${linkButton('/stock', { label: t('common.cancel'), look: 'quiet' })}`,
  }),
})}`
}

export const receiveContent = (reader: Reader, page: StockForm): Html => {
  const { t } = reader
  return stockForm(reader, page, {
    path: '/stock/receive',
    title: 'stock.receive',
    lead: 'stock.receive-lead',
    head: fieldRow(
      locationSelect(reader, page, { name: 'location', label: t('common.location') }),
      select(reader, page.state, {
        name: 'supplier',
        label: t('stock.supplier'),
        empty: t('stock.no-supplier'),
        choices: page.suppliers.map(({ supplierId, name }) => ({ value: supplierId, label: name })),
      }),
    ),
    figures: [quantity(reader), { name: 'cost', label: t('stock.unit-cost'), kind: 'money' }],
  })
}

export const adjustContent = (reader: Reader, page: StockForm): Html => {
  const { t } = reader
  return stockForm(reader, page, {
    path: '/stock/adjust',
    title: 'stock.adjust',
    lead: 'stock.adjust-lead',
    head: fieldRow(
      locationSelect(reader, page, { name: 'location', label: t('common.location') }),
      select(reader, page.state, {
        name: 'reason',
        label: t('common.reason'),
        required: true,
        empty: t('stock.choose-reason'),
        choices: adjustmentReasons.map((reason) => ({ value: reason, label: t(`stock.reason.${reason}`) })),
        hint: t('stock.reason-hint'),
      }),
    ),
    figures: [quantity(reader)],
    note: true,
  })
}

export const transferContent = (reader: Reader, page: StockForm): Html => {
  const { t } = reader
  return stockForm(reader, page, {
    path: '/stock/transfer',
    title: 'stock.transfer',
    head: fieldRow(
      locationSelect(reader, page, { name: 'location', label: t('stock.transfer-from') }),
      select(reader, page.state, {
        name: 'to',
        label: t('stock.transfer-to'),
        required: true,
        empty: t('stock.choose-location'),
        choices: page.places.map(({ locationId, name }) => ({ value: locationId, label: name })),
      }),
    ),
    figures: [quantity(reader)],
  })
}
