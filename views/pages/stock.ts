// The stock of a location, or of all: what is on hand, what runs low, what it is worth.
import type { Location } from '../../projections/locations.ts'
import type { Product } from '../../projections/products.ts'
import {
  actions,
  type Chip,
  type Column,
  emptyState,
  filterBar,
  hidden,
  linkButton,
  live,
  type Pager,
  pageHead,
  select,
  table,
  tabs,
} from '../components/index.ts'
import { attributes, type Html, html } from '../html.ts'
import type { PlainKey } from '../locales/index.ts'
import type { Reader } from '../reader.ts'
import { levelStatus } from './product.ts'

export interface StockLine {
  readonly product: Product
  readonly onHand: number
  readonly value: number
  readonly low: boolean
  readonly lastMovedAt: string | undefined
}

export const stockStates = ['every', 'low', 'out'] as const
export type StockState = (typeof stockStates)[number]

export const stockStateLabel: Readonly<Record<StockState, PlainKey>> = {
  every: 'stock.show.every',
  low: 'stock.show.low',
  out: 'stock.show.out',
}

export interface StockPage {
  readonly lines: readonly StockLine[]
  readonly count: number
  readonly places: readonly Location[]
  readonly tabAddress: (locationId: string | undefined) => string
  readonly filter: { readonly search: string; readonly show: StockState; readonly locationId: string | undefined }
  readonly chips: readonly Chip[]
  readonly clear: string
  /** The address of this very page. */
  readonly here: string
  readonly pager: Pager
  readonly may: {
    readonly receive: boolean
    readonly adjust: boolean
    readonly transfer: boolean
    readonly count: boolean
    readonly seeValue: boolean
  }
}

export const stockContent = (reader: Reader, page: StockPage): Html => {
  const { t } = reader
  const { filter, may } = page
  const at = filter.locationId === undefined ? '' : `?location=${filter.locationId}`
  return html`${pageHead({
    title: t('stock.title'),
    lead: t('products.count', { count: page.count }),
    actions: html`${may.receive && linkButton(`/stock/receive${at}`, { label: t('stock.receive'), look: 'primary', icon: 'plus' })}${may.count && linkButton(`/stock/count${at}`, { label: t('stock.count'), icon: 'check' })}${may.transfer && linkButton(`/stock/transfer${at}`, { label: t('stock.transfer'), icon: 'orders' })}${may.adjust && linkButton(`/stock/adjust${at}`, { label: t('stock.adjust'), icon: 'edit' })}${linkButton(`/stock/movements${at}`, { label: t('stock.movements'), icon: 'reports' })}`,
  })}
${tabs(t('common.location'), [
  { href: page.tabAddress(undefined), label: t('stock.all-locations'), current: filter.locationId === undefined },
  ...page.places.map(({ locationId, name }) => ({
    href: page.tabAddress(locationId),
    label: name,
    current: locationId === filter.locationId,
  })),
])}
${filterBar(reader, {
  action: '/stock',
  search: { value: filter.search, placeholder: t('products.search') },
  fields: html`${select(
    reader,
    {},
    {
      name: 'show',
      label: t('common.status'),
      value: filter.show,
      choices: stockStates.map((value) => ({ value, label: t(stockStateLabel[value]) })),
    },
  )}${hidden('location', filter.locationId ?? 'all')}`,
  chips: page.chips,
  clear: page.clear,
  attrs: {
    'hx-get': '/stock',
    'hx-trigger': 'input delay:250ms, submit',
    'hx-target': '#stock-found',
    'hx-select': '#stock-found',
    'hx-swap': 'outerHTML',
    'hx-replace-url': 'true',
    'hx-sync': 'this:replace',
  },
})}
<div${attributes(live({ id: 'stock-found', href: page.here, hears: ['stock-changed', 'low-stock-alert', 'product-changed'], isList: true }))}>${table(
    reader,
    {
      id: 'stock',
      caption: t('stock.title'),
      columns: columns(reader, page),
      rows: page.lines,
      row: ({ product }) => ({ id: `stock-${product.productId}` }),
      empty: nothing(reader, page),
      pager: page.pager,
    },
  )}</div>`
}

const nothing = ({ t }: Reader, { filter, clear }: StockPage): Html =>
  filter.show === 'low' && filter.search === ''
    ? emptyState(t('products.none-low'), t('stock.none-low-hint'))
    : filter.search !== '' || filter.show !== 'every'
      ? emptyState(
          t('common.nothing-found'),
          t('common.nothing-found-hint'),
          linkButton(clear, { label: t('common.clear-filters') }),
        )
      : emptyState(t('stock.empty'), t('stock.empty-hint'))

const columns = (reader: Reader, { filter, may }: StockPage): readonly Column<StockLine>[] => {
  const { t, format } = reader
  const at = filter.locationId === undefined ? '' : `&location=${filter.locationId}`
  const small = { look: 'quiet', size: 'small', iconOnly: true } as const
  return [
    {
      label: t('common.product'),
      primary: true,
      cell: ({ product }) =>
        html`<a href="/products/${product.productId}">${product.name}</a><small>${product.sku}</small>`,
    },
    {
      label: t('stock.on-hand'),
      numeric: true,
      cell: ({ product, onHand }) => `${format.quantity(onHand, product.decimals)} ${product.unit}`,
    },
    {
      label: t('stock.reorder-point'),
      numeric: true,
      cell: ({ product }) => format.quantity(product.reorderPoint, product.decimals),
    },
    { label: t('common.status'), cell: (line) => levelStatus(reader, line) },
    ...(may.seeValue
      ? [{ label: t('stock.value'), numeric: true, cell: ({ value }: StockLine) => format.money(value) }]
      : []),
    {
      label: t('stock.last-moved'),
      kind: 'minor',
      cell: ({ lastMovedAt }) =>
        lastMovedAt !== undefined && html`<time datetime="${lastMovedAt}">${format.dateTime(lastMovedAt)}</time>`,
    },
    {
      label: t('common.actions'),
      kind: 'actions',
      cell: ({ product }) =>
        actions(
          may.count &&
            linkButton(`/stock/count?search=${encodeURIComponent(product.sku)}${at}`, {
              label: t('stock.count-of', { product: product.name }),
              icon: 'check',
              ...small,
            }),
          may.adjust &&
            linkButton(`/stock/adjust?product=${product.productId}${at}`, {
              label: t('stock.adjust-of', { product: product.name }),
              icon: 'edit',
              ...small,
            }),
        ),
    },
  ]
}
