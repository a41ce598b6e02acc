// The sales: filtered by day, state, cashier and payment, found by their document's number.
import type { Sale, SaleStatus } from '../../projections/sales.ts'
import {
  type Chip,
  type Column,
  dateInput,
  emptyState,
  filterBar,
  linkButton,
  live,
  pageHead,
  select,
  status,
  type Tab,
  type Tone,
  table,
  tabs,
} from '../components/index.ts'
import { attributes, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export const saleFilters = ['registered', 'partly-refunded', 'refunded', 'voided', 'owing'] as const
export const methods = ['cash', 'card', 'mpesa', 'account'] as const

/** What the list is asked for; its address carries it. */
export interface SalesAsked {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly status?: (typeof saleFilters)[number] | undefined
  readonly cashier?: string | undefined
  readonly method?: (typeof methods)[number] | undefined
  readonly search?: string | undefined
}

export interface SalesPage {
  readonly asked: SalesAsked
  readonly sales: readonly Sale[]
  readonly count: number
  readonly next: string | undefined
  /** Whether this is not the first page. */
  readonly further: boolean
  readonly today: string
  readonly periods: { readonly yesterday: string; readonly week: string; readonly month: string }
  readonly cashiers: readonly { readonly id: string; readonly name: string }[]
  /** Names of people, locations and customers by their ids. */
  readonly names: ReadonlyMap<string, string>
  readonly maySell: boolean
}

/** The address of the list with these filters. */
export const salesAddress = (
  asked: SalesAsked,
  more: Readonly<Record<string, string>> = {},
  path = '/sales',
): string => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...asked, ...more })) if (value) query.set(name, value)
  return query.size === 0 ? path : `${path}?${query}`
}

const tones: Readonly<Record<SaleStatus, Tone>> = {
  registered: 'good',
  'partly-refunded': 'warning',
  refunded: 'neutral',
  voided: 'danger',
}

/** How a sale stands: a shape and a word. */
export const saleStatus = ({ t }: Reader, { status: state, outstanding }: Sale): Html =>
  outstanding > 0 && state === 'registered'
    ? status('warning', t('sales.status.owing'))
    : status(tones[state], t(`sales.status.${state}`))

export const salesContent = (reader: Reader, page: SalesPage): Html => {
  const { t } = reader
  const { asked, sales, count, next, further } = page
  const isFiltered = Object.values(asked).some(Boolean)
  return html`${pageHead({
    title: t('sales.title'),
    lead: html`<span id="sales-count">${t('sales.count', { count })}</span>`,
    actions: html`${page.maySell && linkButton('/till', { label: t('till.new-sale'), look: 'primary', icon: 'till' })}
      ${linkButton(salesAddress(asked, {}, '/sales.csv'), { label: t('common.download-csv'), icon: 'download', attrs: { download: true } })}`,
  })}
${periods(reader, page)}
${filters(reader, page)}
<div${attributes(further ? {} : live({ id: 'sales-found', href: salesAddress(asked), hears: ['new-sale', 'sale-changed'], isList: true, along: ['sales-count'] }))}>${table(
    reader,
    {
      id: 'sales',
      caption: t('sales.list'),
      columns: columns(reader, page),
      rows: sales,
      row: ({ saleId }) => ({ id: `sale-${saleId}` }),
      empty: isFiltered
        ? emptyState(
            t('common.nothing-found'),
            t('common.nothing-found-hint'),
            linkButton('/sales', { label: t('common.clear-filters') }),
          )
        : emptyState(
            t('sales.empty'),
            t('sales.empty-hint'),
            page.maySell && linkButton('/till', { label: t('till.new-sale'), look: 'primary' }),
          ),
      pager: {
        previous: further ? salesAddress(asked) : undefined,
        next: next && salesAddress(asked, { after: next }),
      },
    },
  )}</div>`
}

const columns = (reader: Reader, { names }: SalesPage): readonly Column<Sale>[] => {
  const { t, format } = reader
  return [
    {
      label: t('sales.document'),
      primary: true,
      cell: ({ saleId, document, locationId }) =>
        html`<a class="num" href="/sales/${saleId}">${document}</a><small>${names.get(locationId)}</small>`,
    },
    {
      label: t('common.date'),
      cell: ({ at }) => html`<time class="num" datetime="${at}">${format.dateTime(at)}</time>`,
    },
    { label: t('sales.cashier'), cell: ({ cashierId }) => names.get(cashierId) },
    {
      label: t('sales.customer'),
      kind: 'minor',
      cell: ({ customerId }) =>
        customerId ? names.get(customerId) : html`<span class="soft">${t('till.customer-none')}</span>`,
    },
    { label: t('sales.payment'), cell: ({ method }) => t(`common.payment.${method}`) },
    { label: t('common.status'), cell: (sale) => saleStatus(reader, sale) },
    { label: t('common.total'), numeric: true, cell: ({ total }) => format.money(total) },
  ]
}

const periods = ({ t }: Reader, { asked, today, periods: { yesterday, week, month } }: SalesPage): Html => {
  const tab = (label: string, from: string | undefined, to: string | undefined): Tab => ({
    label,
    href: salesAddress({ ...asked, from, to }),
    current: asked.from === from && asked.to === to,
  })
  return tabs(t('sales.periods'), [
    tab(t('sales.period.all'), undefined, undefined),
    tab(t('common.today'), today, today),
    tab(t('common.yesterday'), yesterday, yesterday),
    tab(t('sales.period.week'), week, today),
    tab(t('sales.period.month'), month, today),
  ])
}

const filters = (reader: Reader, page: SalesPage): Html => {
  const { t } = reader
  const { asked, cashiers } = page
  return filterBar(reader, {
    action: '/sales',
    search: { value: asked.search ?? '', placeholder: t('sales.search') },
    fields: html`${dateInput(reader, {}, { name: 'from', label: t('common.from'), value: asked.from ?? '' })}
      ${dateInput(reader, {}, { name: 'to', label: t('common.to'), value: asked.to ?? '' })}
      ${select(reader, {}, { name: 'status', label: t('common.status'), value: asked.status ?? '', empty: t('sales.any-status'), choices: saleFilters.map((value) => ({ value, label: t(`sales.status.${value}`) })) })}
      ${select(reader, {}, { name: 'cashier', label: t('sales.cashier'), value: asked.cashier ?? '', empty: t('sales.any-cashier'), choices: cashiers.map(({ id, name }) => ({ value: id, label: name })) })}
      ${select(reader, {}, { name: 'method', label: t('sales.payment'), value: asked.method ?? '', empty: t('sales.any-payment'), choices: methods.map((value) => ({ value, label: t(`common.payment.${value}`) })) })}`,
    chips: chips(reader, page),
    clear: '/sales',
  })
}

const chips = ({ t, format }: Reader, { asked, names }: SalesPage): readonly Chip[] => {
  const chip = (name: keyof SalesAsked, label: string): Chip => ({
    label,
    without: salesAddress({ ...asked, [name]: undefined }),
  })
  return [
    ...(asked.search ? [chip('search', asked.search)] : []),
    ...(asked.from ? [chip('from', t('sales.from', { day: format.date(asked.from) }))] : []),
    ...(asked.to ? [chip('to', t('sales.until', { day: format.date(asked.to) }))] : []),
    ...(asked.status ? [chip('status', t(`sales.status.${asked.status}`))] : []),
    ...(asked.cashier ? [chip('cashier', names.get(asked.cashier) ?? t('people.somebody'))] : []),
    ...(asked.method ? [chip('method', t(`common.payment.${asked.method}`))] : []),
  ]
}
