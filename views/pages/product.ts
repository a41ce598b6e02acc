// One product: what it is, what it costs, where how much of it is, what has happened to it.
import type { Location } from '../../projections/locations.ts'
import type { ProductChange } from '../../projections/product-history.ts'
import {
  type Column,
  card,
  detailList,
  emptyState,
  type Fact,
  linkButton,
  pageHead,
  pathline,
  placeholder,
  status,
  table,
  trendChart,
} from '../components/index.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { type MovementLine, movementColumns } from './movements.ts'
import { photoForm } from './product-photo.ts'
import { type ProductLine, standingForm, stockStatus } from './products.ts'
import { storyLink } from './story-link.ts'

export interface ProductPage extends ProductLine {
  readonly locations: readonly Location[]
  /** Newest first. */
  readonly history: readonly { readonly change: ProductChange; readonly who: string }[]
  /** Oldest first. */
  readonly prices: readonly { readonly at: string; readonly price: number }[]
  readonly movements: readonly MovementLine[]
  readonly mayWrite: boolean
  readonly mayAudit: boolean
  readonly maySeeMargin: boolean
  readonly mayMove: boolean
  readonly formKey: string
}

export const productContent = (reader: Reader, page: ProductPage): Html => {
  const { t } = reader
  const { product } = page
  return html`${pageHead({
    back: { href: '/products', label: t('products.title') },
    title: product.name,
    lead: html`<span class="code">${product.sku}</span> · ${stockStatus(reader, page)}`,
    actions: html`${
      page.mayWrite &&
      html`${linkButton(`/products/${product.productId}/edit`, { label: t('common.edit'), look: 'primary', icon: 'edit' })}${standingForm(reader, product, page.formKey, 'page')}`
    }${page.mayAudit && storyLink(reader, 'product', product.productId)}`,
  })}
<div class="columns-wide">
  <div class="stack">
    ${card({ title: t('common.details'), body: about(reader, page) })}
    ${card({ title: t('products.stock-by-location'), flush: true, body: byLocation(reader, page) })}
    ${card({
      title: t('products.movements'),
      link: { href: `/stock/movements?product=${product.productId}`, label: t('common.see-all') },
      flush: true,
      body: table(reader, {
        id: 'movements',
        caption: t('products.movements'),
        columns: movementColumns(reader, { product: false, location: true, person: false }),
        rows: page.movements,
        empty: emptyState(t('stock.no-movements')),
      }),
    })}
  </div>
  <div class="stack">
    ${card({ title: t('products.price-history'), body: prices(reader, page) })}
    ${card({
      title: t('common.history'),
      body: pathline(
        t('common.history'),
        page.history.map((one) => fact(reader, page, one)),
      ),
    })}
  </div>
</div>`
}

const about = (reader: Reader, { product, mayWrite, maySeeMargin, formKey }: ProductPage): Html => {
  const { t, format } = reader
  const photo = product.photoId
    ? html`<img class="photo" src="/photos/${product.photoId}" alt="${t('products.photo-of', { product: product.name })}" width="112" height="112" />`
    : placeholder('camera')
  const untaxed = Math.round((product.price * 10_000) / (10_000 + product.taxRate))
  return html`<div class="with-photo">
    <div class="stack">${photo}${mayWrite && photoForm(reader, product, formKey)}</div>
    ${detailList([
      [t('products.price'), html`<span class="amount">${format.money(product.price)}</span>`],
      [t('products.tax-rate'), format.taxRate(product.taxRate)],
      ...(maySeeMargin
        ? ([
            [t('products.cost'), html`<span class="amount">${format.money(product.cost)}</span>`],
            [
              t('products.margin'),
              html`<span class="amount">${format.money(untaxed - product.cost)}</span>${untaxed > 0 && html` <span class="soft">${format.percent((untaxed - product.cost) / untaxed)}</span>`}`,
            ],
          ] as const)
        : []),
      [t('products.category'), product.category],
      [t('products.unit'), product.unit],
      [t('products.reorder-point'), `${format.quantity(product.reorderPoint, product.decimals)} ${product.unit}`],
      [t('products.barcode'), product.barcode ?? '–'],
    ])}
  </div>`
}

interface AtLocation {
  readonly location: Location
  readonly onHand: number
  readonly value: number
  readonly low: boolean
}

const byLocation = (reader: Reader, { product, stock, locations, maySeeMargin, mayMove }: ProductPage): Html => {
  const { t, format } = reader
  const rows = locations.flatMap((location): AtLocation[] => {
    const there = stock?.byLocation[location.locationId]
    if (!there) return location.open ? [{ location, onHand: 0, value: 0, low: false }] : []
    return [{ location, ...there }]
  })
  const quantity = (count: number) => `${format.quantity(count, product.decimals)} ${product.unit}`
  const columns: readonly Column<AtLocation>[] = [
    {
      label: t('common.location'),
      primary: true,
      cell: ({ location }) =>
        html`<a href="/stock?location=${location.locationId}&amp;search=${encodeURIComponent(product.sku)}">${location.name}</a>`,
    },
    { label: t('products.on-hand'), numeric: true, cell: ({ onHand }) => quantity(onHand) },
    { label: t('common.status'), cell: (row) => levelStatus(reader, row) },
    ...(maySeeMargin
      ? [{ label: t('stock.value'), numeric: true, cell: ({ value }: AtLocation) => format.money(value) }]
      : []),
  ]
  const totals: readonly Content[] = [
    t('common.total'),
    quantity(stock?.onHand ?? 0),
    '',
    ...(maySeeMargin ? [format.money(stock?.value ?? 0)] : []),
  ]
  return html`${table(reader, {
    id: 'stock-by-location',
    caption: t('products.stock-by-location'),
    columns,
    rows,
    ...(rows.length > 1 && { totals }),
    empty: emptyState(t('stock.empty')),
  })}${mayMove && !product.discontinued && html`<div class="card-foot">${linkButton(`/stock/count?search=${encodeURIComponent(product.sku)}`, { label: t('stock.count'), size: 'small' })}${linkButton(`/stock/transfer?product=${product.productId}`, { label: t('stock.transfer'), size: 'small' })}</div>`}`
}

/** How much there is, in a shape and a word. */
export const levelStatus = (
  { t }: Reader,
  { onHand, low }: { readonly onHand: number; readonly low: boolean },
): Html => {
  if (onHand === 0) return status('danger', t('stock.level.out'))
  return low ? status('warning', t('stock.level.low')) : status('good', t('stock.level.enough'))
}

const prices = (reader: Reader, page: ProductPage): Html => {
  const { t, format } = reader
  if (page.prices.length < 2)
    return html`<p class="soft">${t('products.price-since', { date: format.date(page.product.registeredAt) })}</p>`
  return trendChart(reader, {
    title: t('products.price'),
    unit: format.currencySign,
    over: t('common.date'),
    points: page.prices.map(({ at, price }) => ({ label: format.dayShort(at), value: price })),
    value: format.money,
    axis: format.amountShort,
  })
}

const fact = (reader: Reader, { product }: ProductPage, { change, who }: ProductPage['history'][number]): Fact => {
  const { t, format } = reader
  const { kind, at, before, after } = change
  const figure = {
    price: format.money,
    cost: format.money,
    'tax-rate': format.taxRate,
    'reorder-point': (count: number) => format.quantity(count, product.decimals),
  }
  const written = Object.hasOwn(figure, kind) ? figure[kind as keyof typeof figure] : undefined
  const from = written && before !== null && `${written(before)} → `
  return {
    title: t(`products.fact.${kind}`),
    when: { text: format.dateTime(at), instant: at },
    who,
    ...(written && after !== null && { body: html`<span class="amount">${from}${written(after)}</span>` }),
  }
}
