// Sample lists and details: a table with filters, a sale with its story, an empty list.
import * as ui from '../../views/components/index.ts'
import { type Html, html } from '../../views/html.ts'
import { type Frame, layout } from '../../views/layout.ts'
import { products, type Sample } from './sample-frame.ts'

export const tableSample = (frame: Frame): Html => {
  const { reader } = frame
  const { t, format } = reader
  const columns: readonly ui.Column<Sample>[] = [
    {
      label: t('products.name'),
      primary: true,
      sort: { href: '?sort=-name', direction: 'ascending' },
      cell: (row) => html`<a href="/products/${row.id}">${row.name}</a>`,
    },
    { label: t('products.sku'), cell: (row) => html`<span class="code">${row.sku}</span>`, kind: 'minor' },
    { label: t('products.category'), cell: (row) => row.category, sort: { href: '?sort=category' } },
    {
      label: t('products.price'),
      numeric: true,
      cell: (row) => format.money(row.price),
      sort: { href: '?sort=price' },
    },
    {
      label: t('products.on-hand'),
      numeric: true,
      cell: (row) => `${format.quantity(row.onHand, row.decimals)} ${row.unit}`,
    },
    {
      label: t('common.status'),
      cell: (row) =>
        row.onHand === 0
          ? ui.status('danger', t('stock.level.out'))
          : row.onHand < row.reorderPoint
            ? ui.status('warning', t('stock.level.low'))
            : ui.status('good', t('stock.level.enough')),
    },
    {
      label: t('common.actions'),
      kind: 'actions',
      cell: (row) =>
        ui.actions(ui.linkButton(`/products/${row.id}/edit`, { label: t('common.edit'), size: 'small', icon: 'edit' })),
    },
  ]
  return layout(frame, {
    title: t('products.title'),
    current: 'products',
    main: html`
${ui.pageHead({
  title: t('products.title'),
  lead: t('common.results', { count: products.length }),
  actions: html`${ui.linkButton('/products/new', { label: t('products.new'), look: 'primary', icon: 'plus' })}${ui.linkButton('/products/import', { label: t('products.import'), icon: 'upload' })}${ui.linkButton('/products.csv', { label: t('common.download-csv'), icon: 'download' })}`,
})}
${ui.filterBar(reader, {
  action: '/products',
  search: { placeholder: t('common.search'), value: 'a' },
  fields: ui.select(
    reader,
    {},
    {
      name: 'category',
      label: t('products.category'),
      empty: t('common.all'),
      choices: ['Mercearia', 'Frescos', 'Bebidas'].map((value) => ({ value, label: value })),
    },
  ),
  chips: [
    { label: 'Mercearia', without: '/products?search=a' },
    { label: '“a”', without: '/products?category=Mercearia' },
  ],
  clear: '/products',
})}
${ui.table(reader, {
  id: 'products',
  caption: t('products.title'),
  columns,
  rows: products,
  row: ({ id }) => ({ id: `product-${id}` }),
  empty: ui.emptyState(t('products.empty')),
  pager: { next: '?after=x', note: t('common.results', { count: products.length }) },
})}`,
  })
}

export const saleSample = (frame: Frame): Html => {
  const { reader } = frame
  const { t, format } = reader
  const at = (minute: number) => {
    const instant = `2026-11-24T14:${String(minute).padStart(2, '0')}:00Z`
    return { instant, text: format.dateTime(instant) }
  }
  return layout(
    {
      ...frame,
      toasts: [
        { text: t('till.completed'), undo: { action: '/sales/1/void' } },
        { text: t('errors.conflict'), tone: 'danger' },
      ],
    },
    {
      title: t('sales.sale', { document: 'VD MPT1-2026/412' }),
      current: 'sales',
      main: html`
${ui.pageHead({
  back: { href: '/sales', label: t('sales.title') },
  title: t('sales.sale', { document: 'VD MPT1-2026/412' }),
  lead: ui.status('warning', t('sales.status.partly-refunded')),
  actions: html`${ui.linkButton('/sales/1/receipt', { label: t('sales.receipt'), icon: 'print' })}${ui.linkButton('/sales/1/refund', { label: t('sales.refund'), icon: 'undo' })}${ui.button({ label: t('sales.void'), look: 'danger', attrs: { 'hx-post': '/sales/1/void', 'hx-confirm': t('sales.void-confirm', { document: 'VD MPT1-2026/412' }) } })}`,
})}
${ui.tabs(t('common.details'), [
  { href: '?', label: t('common.details'), current: true },
  { href: '?tab=history', label: t('common.history'), count: 4 },
])}
<div class="columns-wide">
  <div class="stack">
    ${ui.card({
      title: t('common.details'),
      body: ui.detailList([
        [t('sales.cashier'), 'Amélia Cossa'],
        [t('sales.customer'), 'Construções Zambeze, Lda.'],
        [t('sales.payment'), t('common.payment.cash')],
        [t('common.total'), html`<span class="amount">${format.money(185_000)}</span>`],
      ]),
    })}
    ${ui.card({
      title: t('reports.sales-by-product'),
      body: ui.rankingChart(reader, {
        title: t('reports.sales-by-product'),
        unit: format.currencySign,
        over: t('common.product'),
        points: products.slice(0, 5).map((product, at) => ({ label: product.name, value: 900_000 / (at + 1) })),
        value: format.money,
        hrefs: products.slice(0, 5).map(({ id }) => `/products/${id}`),
      }),
    })}
    ${ui.notice('info', t('errors.conflict'))}
    ${ui.progress(t('common.loading'), { value: 40, max: 100, text: format.percent(0.4) })}
    ${ui.skeleton(t('common.loading'))}
  </div>
  ${ui.card({
    title: t('sales.story'),
    body: ui.pathline(t('sales.story'), [
      { title: t('till.completed'), when: at(2), who: 'Amélia Cossa', body: format.money(185_000) },
      { title: 'VD MPT1-2026/412', when: at(2), body: html`<span class="code">a41f 90c2 77de</span>` },
      {
        title: t('sales.status.partly-refunded'),
        when: at(31),
        who: 'Graça Machava',
        tone: 'warning',
        body: `NC MPT1-2026/9 · ${format.money(48_500)}`,
      },
      { title: t('sales.receive-payment'), pending: true },
    ]),
  })}
</div>`,
    },
  )
}

export const emptySample = (frame: Frame): Html => {
  const { t } = frame.reader
  return layout(frame, {
    title: t('purchasing.title'),
    current: 'orders',
    main: html`${ui.pageHead({ title: t('purchasing.title') })}${ui.card({
      body: ui.emptyState(
        t('purchasing.empty'),
        t('purchasing.empty-hint'),
        ui.linkButton('/orders/proposal', { label: t('purchasing.proposal'), look: 'primary' }),
      ),
    })}`,
  })
}
