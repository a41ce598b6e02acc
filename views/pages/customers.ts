// The list of customers: found by words, sorted by name, what they bought or what they owe.
import type { Customer } from '../../projections/customers.ts'
import {
  type Chip,
  type Column,
  emptyState,
  filterBar,
  hidden,
  linkButton,
  type Pager,
  pageHead,
  type Sort,
  select,
  table,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { PlainKey } from '../locales/index.ts'
import type { Reader } from '../reader.ts'

export const customerShows = ['all', 'owing', 'erased'] as const
export type CustomerShow = (typeof customerShows)[number]

/** How the list can be sorted. */
export const customerSorts = ['nameKey', 'bought', 'balance', 'lastPurchaseAt'] as const
export type CustomerSort = (typeof customerSorts)[number]

export interface CustomersPage {
  readonly customers: readonly Customer[]
  readonly count: number
  readonly filter: { readonly search: string; readonly show: CustomerShow; readonly sort: string }
  readonly chips: readonly Chip[]
  readonly sortBy: (by: CustomerSort) => Sort
  readonly pager: Pager
  readonly mayWrite: boolean
}

export const showLabel: Readonly<Record<CustomerShow, PlainKey>> = {
  all: 'customers.show.all',
  owing: 'customers.show.owing',
  erased: 'customers.show.erased',
}

/** How a customer is called; those who were erased have no name any more. */
export const customerName = ({ t }: Reader, { name }: Pick<Customer, 'name'>): string =>
  name ?? t('customers.erased-name')

export const customersContent = (reader: Reader, page: CustomersPage): Html => {
  const { t } = reader
  const { filter } = page
  return html`${pageHead({
    title: t('customers.title'),
    lead: t('customers.count', { count: page.count }),
    actions:
      page.mayWrite && linkButton('/customers/new', { label: t('customers.new'), look: 'primary', icon: 'plus' }),
  })}
${filterBar(reader, {
  action: '/customers',
  search: { value: filter.search, placeholder: t('customers.search') },
  fields: html`${select(
    reader,
    {},
    {
      name: 'show',
      label: t('customers.show'),
      required: true,
      value: filter.show,
      choices: customerShows.map((value) => ({ value, label: t(showLabel[value]) })),
    },
  )}${hidden('sort', filter.sort)}`,
  chips: page.chips,
  clear: '/customers',
  attrs: {
    'hx-get': '/customers',
    'hx-trigger': 'input delay:250ms, submit',
    'hx-target': '#customers-found',
    'hx-select': '#customers-found',
    'hx-swap': 'outerHTML',
    'hx-replace-url': 'true',
    'hx-sync': 'this:replace',
  },
})}
<div id="customers-found">${table(reader, {
    id: 'customers',
    caption: t('customers.title'),
    columns: columns(reader, page),
    rows: page.customers,
    row: ({ customerId }) => ({ id: `customer-${customerId}` }),
    empty: nothing(reader, page),
    pager: page.pager,
  })}</div>`
}

const nothing = ({ t }: Reader, { filter, mayWrite }: CustomersPage): Html => {
  const clear = linkButton('/customers', { label: t('common.clear-filters') })
  if (filter.search !== '') return emptyState(t('common.nothing-found'), t('common.nothing-found-hint'), clear)
  if (filter.show === 'owing') return emptyState(t('customers.none-owing'), undefined, clear)
  if (filter.show === 'erased') return emptyState(t('customers.none-erased'), undefined, clear)
  return emptyState(
    t('customers.empty'),
    t('customers.empty-hint'),
    mayWrite && linkButton('/customers/new', { label: t('customers.new'), look: 'primary', icon: 'plus' }),
  )
}

const columns = (reader: Reader, { sortBy }: CustomersPage): readonly Column<Customer>[] => {
  const { t, format } = reader
  return [
    {
      label: t('common.name'),
      primary: true,
      sort: sortBy('nameKey'),
      cell: (customer) => html`<a href="/customers/${customer.customerId}">${customerName(reader, customer)}</a>`,
    },
    { label: t('common.phone'), cell: ({ phone }) => phone ?? '–' },
    {
      label: t('common.nuit'),
      kind: 'minor',
      cell: ({ nuit }) => (nuit === null ? '–' : html`<span class="code">${nuit}</span>`),
    },
    {
      label: t('customers.purchases'),
      numeric: true,
      kind: 'minor',
      cell: ({ purchases }) => format.number(purchases),
    },
    {
      label: t('customers.spent'),
      numeric: true,
      sort: sortBy('bought'),
      cell: ({ bought }) => format.money(bought),
    },
    {
      label: t('customers.outstanding'),
      numeric: true,
      sort: sortBy('balance'),
      cell: ({ balance }) => (balance === 0 ? '–' : html`<strong>${format.money(balance)}</strong>`),
    },
    {
      label: t('customers.last-purchase'),
      sort: sortBy('lastPurchaseAt'),
      cell: ({ lastPurchaseAt }) => (lastPurchaseAt === null ? t('customers.never') : format.date(lastPurchaseAt)),
    },
  ]
}
