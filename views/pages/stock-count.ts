// A count: a sheet that does not say what is expected, so that people count and do not copy; then the differences, before anything is recorded.
import type { Location } from '../../projections/locations.ts'
import type { Product } from '../../projections/products.ts'
import {
  type Column,
  card,
  emptyState,
  type FormState,
  filterBar,
  form,
  hidden,
  linkButton,
  notice,
  pageHead,
  quantityInput,
  select,
  status,
  submitButton,
  table,
  textarea,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export interface CountSheet {
  readonly state: FormState
  readonly products: readonly Product[]
  /** There are more products than the sheet shows. */
  readonly more: boolean
  readonly places: readonly Location[]
  readonly categories: readonly string[]
  readonly filter: { readonly location: string; readonly category: string; readonly search: string }
}

export const countContent = (reader: Reader, page: CountSheet): Html => {
  const { t } = reader
  const { filter, state, products } = page
  const labels = Object.fromEntries(products.map(({ productId, name }) => [`counted.${productId}`, name]))
  return html`${pageHead({
    back: { href: `/stock?location=${filter.location}`, label: t('stock.title') },
    title: t('stock.count'),
    lead: t('stock.count-lead'),
  })}
${filterBar(reader, {
  action: '/stock/count',
  search: { value: filter.search, placeholder: t('products.search') },
  fields: html`${select(
    reader,
    {},
    {
      name: 'location',
      label: t('common.location'),
      value: filter.location,
      choices: page.places.map(({ locationId, name }) => ({ value: locationId, label: name })),
    },
  )}${select(
    reader,
    {},
    {
      name: 'category',
      label: t('products.category'),
      empty: t('products.every-category'),
      value: filter.category,
      choices: page.categories.map((value) => ({ value, label: value })),
    },
  )}`,
})}
${page.more && notice('info', t('stock.count-more'), t('stock.count-more-hint'))}
${
  products.length === 0
    ? card({ body: emptyState(t('common.nothing-found'), t('common.nothing-found-hint')) })
    : form(reader, {
        action: '/stock/count',
        state: { ...state, labels },
        attrs: { 'data-draft': `count ${filter.location}` },
        body: html`${hidden('formKey', state.values?.formKey ?? '')}${hidden('location', filter.location)}${hidden('category', filter.category)}${hidden('search', filter.search)}
          ${table(reader, {
            id: 'count-sheet',
            caption: t('stock.count'),
            columns: sheetColumns(reader, state),
            rows: products,
            empty: html``,
          })}
          ${textarea(reader, state, { name: 'note', label: t('common.note'), attrs: { maxlength: 2000, rows: 2 } })}`,
        actions: html`${submitButton({ label: t('stock.see-differences') })}${linkButton('/stock', { label: t('common.cancel'), look: 'quiet' })}`,
      })
}`
}

const sheetColumns = (reader: Reader, state: FormState): readonly Column<Product>[] => {
  const { t } = reader
  return [
    { label: t('common.product'), primary: true, cell: ({ name, sku }) => html`${name}<small>${sku}</small>` },
    { label: t('products.category'), kind: 'minor', cell: ({ category }) => category },
    {
      label: t('stock.counted'),
      numeric: true,
      cell: ({ productId, name, unit }) =>
        quantityInput(reader, state, {
          name: `counted.${productId}`,
          label: t('stock.counted-of', { product: name }),
          required: true,
          unit,
          attrs: { required: false, autocomplete: 'off' },
        }),
    },
  ]
}

export interface Difference {
  readonly product: Product
  readonly expected: number
  readonly counted: number
  /** What the difference is worth, as far as is known now. */
  readonly value: number
}

export interface CountDifferences {
  readonly differences: readonly Difference[]
  readonly location: string
  readonly note: string
  /** All that was typed, to be sent again or gone back to. */
  readonly typed: Readonly<Record<string, string>>
  readonly maySeeValue: boolean
}

/** What was counted against what was expected, before it is recorded. */
export const differencesContent = (reader: Reader, page: CountDifferences): Html => {
  const { t, format } = reader
  const { differences } = page
  const wrong = differences.filter(({ counted, expected }) => counted !== expected)
  const carried = Object.entries(page.typed).map(([name, value]) => hidden(name, value))
  return html`${pageHead({
    title: t('stock.count-check'),
    lead: html`${page.location} · ${t('stock.counted-products', { count: differences.length })}`,
  })}
${wrong.length === 0 ? notice('good', t('stock.no-differences')) : notice('warning', t('stock.differences', { count: wrong.length }), t('stock.differences-hint'))}
${table(reader, {
  id: 'differences',
  caption: t('stock.count-check'),
  columns: differenceColumns(reader, page.maySeeValue),
  rows: differences,
  empty: html``,
  ...(page.maySeeValue &&
    wrong.length > 0 && {
      totals: [t('common.total'), '', '', '', format.money(differences.reduce((sum, { value }) => sum + value, 0))],
    }),
})}
${page.note !== '' && card({ title: t('common.note'), body: page.note })}
<div class="actions sticky-foot">
  <form method="post" action="/stock/count/confirm" data-guarded data-draft-ends="count ${page.typed.location}">${carried}${submitButton({ label: t('stock.confirm-count') })}</form>
  <form method="post" action="/stock/count" data-guarded>${carried}${hidden('again', '1')}${submitButton({ label: t('stock.count-again'), look: 'plain' })}</form>
</div>`
}

const differenceColumns = (reader: Reader, maySeeValue: boolean): readonly Column<Difference>[] => {
  const { t, format } = reader
  const difference = ({ counted, expected, product }: Difference) =>
    counted === expected
      ? status('good', t('stock.agrees'))
      : status('warning', `${format.change(counted - expected, product.decimals)} ${product.unit}`)
  return [
    {
      label: t('common.product'),
      primary: true,
      cell: ({ product }) => html`${product.name}<small>${product.sku}</small>`,
    },
    {
      label: t('stock.expected'),
      numeric: true,
      cell: ({ product, expected }) => format.quantity(expected, product.decimals),
    },
    {
      label: t('stock.counted'),
      numeric: true,
      cell: ({ product, counted }) => format.quantity(counted, product.decimals),
    },
    { label: t('stock.difference'), cell: difference },
    ...(maySeeValue
      ? [{ label: t('common.value'), numeric: true, cell: ({ value }: Difference) => format.money(value) }]
      : []),
  ]
}
