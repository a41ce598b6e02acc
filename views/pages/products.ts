// The list of products: found by words, category and state, sorted by name, SKU or price.
import type { ProductStock } from '../../projections/product-stock.ts'
import type { Product } from '../../projections/products.ts'
import {
  actions,
  button,
  type Chip,
  type Column,
  emptyState,
  filterBar,
  hidden,
  icon,
  linkButton,
  type Pager,
  pageHead,
  type Sort,
  select,
  status,
  submitButton,
  table,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { PlainKey } from '../locales/index.ts'
import type { Reader } from '../reader.ts'

export interface ProductLine {
  readonly product: Product
  /** Undefined: none of it ever moved. */
  readonly stock: ProductStock | undefined
}

export const productStates = ['active', 'low', 'discontinued', 'all'] as const
export type ProductState = (typeof productStates)[number]

/** How the list can be sorted. */
export const productSorts = ['nameKey', 'sku', 'price'] as const
export type ProductSort = (typeof productSorts)[number]

export interface ProductsPage {
  readonly lines: readonly ProductLine[]
  readonly count: number
  readonly filter: {
    readonly search: string
    readonly category: string
    readonly show: ProductState
    readonly sort: string
  }
  readonly chips: readonly Chip[]
  readonly categories: readonly string[]
  readonly sortBy: (by: ProductSort) => Sort
  readonly pager: Pager
  readonly csv: string
  readonly mayWrite: boolean
  /** A key for the rows' forms. */
  readonly formKey: string
}

export const stateLabel: Readonly<Record<ProductState, PlainKey>> = {
  active: 'products.show.active',
  low: 'products.show.low',
  discontinued: 'products.show.discontinued',
  all: 'products.show.all',
}

export const productsContent = (reader: Reader, page: ProductsPage): Html => {
  const { t } = reader
  const { filter, lines } = page
  return html`${pageHead({
    title: t('products.title'),
    lead: t('products.count', { count: page.count }),
    actions: html`${
      page.mayWrite &&
      html`${linkButton('/products/new', { label: t('products.new'), look: 'primary', icon: 'plus' })}${linkButton('/products/import', { label: t('products.import'), icon: 'upload' })}`
    }${linkButton(page.csv, { label: t('common.download-csv'), icon: 'download', attrs: { download: true } })}`,
  })}
${filterBar(reader, {
  action: '/products',
  search: { value: filter.search, placeholder: t('products.search') },
  fields: html`${select(
    reader,
    {},
    {
      name: 'category',
      label: t('products.category'),
      empty: t('products.every-category'),
      value: filter.category,
      choices: page.categories.map((value) => ({ value, label: value })),
    },
  )}${select(
    reader,
    {},
    {
      name: 'show',
      label: t('common.status'),
      value: filter.show,
      choices: productStates.map((value) => ({ value, label: t(stateLabel[value]) })),
    },
  )}${hidden('sort', filter.sort)}`,
  chips: page.chips,
  clear: '/products',
  attrs: {
    'hx-get': '/products',
    'hx-trigger': 'input delay:250ms, submit',
    'hx-target': '#products-found',
    'hx-select': '#products-found',
    'hx-swap': 'outerHTML',
    'hx-replace-url': 'true',
    'hx-sync': 'this:replace',
  },
})}
<div id="products-found">${table(reader, {
    id: 'products',
    caption: t('products.title'),
    columns: columns(reader, page),
    rows: lines,
    row: ({ product }) => ({ id: `product-${product.productId}` }),
    empty: nothing(reader, page),
    pager: page.pager,
  })}</div>`
}

const nothing = ({ t }: Reader, { filter, mayWrite }: ProductsPage): Html =>
  filter.search !== '' || filter.category !== '' || filter.show !== 'active'
    ? emptyState(
        filter.show === 'low' && filter.search === '' ? t('products.none-low') : t('common.nothing-found'),
        t('common.nothing-found-hint'),
        linkButton('/products', { label: t('common.clear-filters') }),
      )
    : emptyState(
        t('products.empty'),
        t('products.empty-hint'),
        mayWrite && linkButton('/products/new', { label: t('products.new'), look: 'primary', icon: 'plus' }),
      )

/** What a product looks like in a list: its photo, or the shape of one. */
export const thumbnail = ({ photoId }: Product): Html =>
  photoId
    ? html`<img class="thumb" src="/photos/${photoId}?size=small" alt="" width="36" height="36" loading="lazy" />`
    : html`<span class="placeholder thumb">${icon('products')}</span>`

/** How its stock is, in a shape and a word. */
export const stockStatus = ({ t }: Reader, { product, stock }: ProductLine): Html => {
  if (product.discontinued) return status('neutral', t('products.status.discontinued'))
  if (!stock || stock.onHand === 0) return status('danger', t('stock.level.out'))
  return stock.low ? status('warning', t('stock.level.low')) : status('good', t('stock.level.enough'))
}

const columns = (reader: Reader, page: ProductsPage): readonly Column<ProductLine>[] => {
  const { t, format } = reader
  return [
    {
      label: t('products.name'),
      primary: true,
      sort: page.sortBy('nameKey'),
      cell: ({ product }) =>
        html`<span class="named">${thumbnail(product)}<a href="/products/${product.productId}">${product.name}</a></span>`,
    },
    { label: t('products.sku'), sort: page.sortBy('sku'), cell: ({ product }) => product.sku },
    { label: t('products.category'), kind: 'minor', cell: ({ product }) => product.category },
    {
      label: t('products.price'),
      numeric: true,
      sort: page.sortBy('price'),
      cell: ({ product }) => format.money(product.price),
    },
    {
      label: t('products.on-hand'),
      numeric: true,
      cell: ({ product, stock }) => `${format.quantity(stock?.onHand ?? 0, product.decimals)} ${product.unit}`,
    },
    { label: t('common.status'), cell: (line) => stockStatus(reader, line) },
    ...(page.mayWrite ? [rowActions(reader, page.formKey)] : []),
  ]
}

const rowActions = (reader: Reader, formKey: string): Column<ProductLine> => ({
  label: reader.t('common.actions'),
  kind: 'actions',
  cell: ({ product }) =>
    actions(
      linkButton(`/products/${product.productId}/edit`, {
        label: reader.t('products.edit-of', { product: product.name }),
        look: 'quiet',
        size: 'small',
        icon: 'edit',
        iconOnly: true,
      }),
      standingForm(reader, product, formKey, 'row'),
    ),
})

/** Discontinues a product, after a question, or reinstates it. `row`: small, for lists. */
export const standingForm = ({ t }: Reader, product: Product, formKey: string, place: 'row' | 'page'): Html => {
  const { productId, name, discontinued } = product
  const small = place === 'row' && { look: 'quiet' as const, size: 'small' as const, iconOnly: true }
  const key = hidden('formKey', `${formKey}-${productId}`)
  return discontinued
    ? html`<form method="post" action="/products/${productId}/reinstate" data-guarded>${key}${submitButton({ label: t('products.reinstate'), icon: 'undo', look: 'plain', ...small })}</form>`
    : html`<form method="post" action="/products/${productId}/discontinue" data-guarded data-confirm="${t('products.discontinue-confirm', { product: name })}">${key}${button({ label: t('products.discontinue'), icon: 'trash', ...small, attrs: { type: 'submit' } })}</form>`
}
