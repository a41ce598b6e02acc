// Suppliers: the list, and the form of one.
import type { Supplier } from '../../projections/suppliers.ts'
import {
  actions,
  type Column,
  card,
  detailList,
  emptyState,
  type FormState,
  fieldRow,
  filterBar,
  form,
  hidden,
  input,
  linkButton,
  type Pager,
  pageHead,
  select,
  status,
  submitButton,
  table,
  textarea,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export interface SuppliersPage {
  readonly suppliers: readonly Supplier[]
  readonly count: number
  readonly filter: { readonly search: string; readonly show: 'active' | 'discontinued' }
  readonly pager: Pager
  readonly mayWrite: boolean
  readonly formKey: string
}

export const suppliersContent = (reader: Reader, page: SuppliersPage): Html => {
  const { t } = reader
  const { filter } = page
  const isFiltered = filter.search !== '' || filter.show !== 'active'
  return html`${pageHead({
    title: t('purchasing.suppliers'),
    lead: t('purchasing.supplier-count', { count: page.count }),
    actions:
      page.mayWrite &&
      linkButton('/suppliers/new', { label: t('purchasing.new-supplier'), look: 'primary', icon: 'plus' }),
  })}
${filterBar(reader, {
  action: '/suppliers',
  search: { value: filter.search, placeholder: t('purchasing.search-supplier') },
  fields: select(
    reader,
    {},
    {
      name: 'show',
      label: t('common.status'),
      value: filter.show,
      choices: [
        { value: 'active', label: t('purchasing.suppliers-active') },
        { value: 'discontinued', label: t('purchasing.suppliers-discontinued') },
      ],
    },
  ),
  attrs: {
    'hx-get': '/suppliers',
    'hx-trigger': 'input delay:250ms, submit',
    'hx-target': '#suppliers-found',
    'hx-select': '#suppliers-found',
    'hx-swap': 'outerHTML',
    'hx-replace-url': 'true',
    'hx-sync': 'this:replace',
  },
})}
<div id="suppliers-found">${table(reader, {
    id: 'suppliers',
    caption: t('purchasing.suppliers'),
    columns: columns(reader, page),
    rows: page.suppliers,
    empty: isFiltered
      ? emptyState(t('common.nothing-found'), t('common.nothing-found-hint'))
      : emptyState(
          t('purchasing.no-suppliers'),
          t('purchasing.no-suppliers-hint'),
          page.mayWrite && linkButton('/suppliers/new', { label: t('purchasing.new-supplier'), look: 'primary' }),
        ),
    pager: page.pager,
  })}</div>`
}

const columns = (reader: Reader, { mayWrite, formKey }: SuppliersPage): readonly Column<Supplier>[] => {
  const { t } = reader
  return [
    {
      label: t('common.name'),
      primary: true,
      cell: ({ supplierId, name }) => html`<a href="/suppliers/${supplierId}">${name}</a>`,
    },
    { label: t('common.nuit'), cell: ({ nuit }) => nuit ?? '' },
    { label: t('common.phone'), cell: ({ phone }) => phone && html`<a href="tel:${phone}">${phone}</a>` },
    {
      label: t('common.email'),
      kind: 'minor',
      cell: ({ email }) => email && html`<a href="mailto:${email}">${email}</a>`,
    },
    { label: t('purchasing.lead-days'), numeric: true, cell: ({ leadDays }) => leadDays },
    {
      label: t('common.status'),
      cell: ({ active }) =>
        active
          ? status('good', t('purchasing.supplier-active'))
          : status('neutral', t('purchasing.supplier-discontinued')),
    },
    ...(mayWrite
      ? [
          {
            label: t('common.actions'),
            kind: 'actions' as const,
            cell: (supplier: Supplier) =>
              actions(
                supplier.active &&
                  linkButton(`/orders/new?supplier=${supplier.supplierId}`, {
                    label: t('purchasing.order-from', { supplier: supplier.name }),
                    look: 'quiet',
                    size: 'small',
                    icon: 'orders',
                    iconOnly: true,
                  }),
                standingForm(reader, supplier, formKey),
              ),
          },
        ]
      : []),
  ]
}

/** Discontinues a supplier, after a question, or uses it again. */
const standingForm = ({ t }: Reader, { supplierId, name, active }: Supplier, formKey: string): Html => {
  const key = hidden('formKey', `${formKey}-${supplierId}`)
  const small = { look: 'quiet', size: 'small', iconOnly: true } as const
  return active
    ? html`<form method="post" action="/suppliers/${supplierId}/discontinue" data-guarded data-confirm="${t('purchasing.discontinue-confirm', { supplier: name })}">${key}${submitButton({ label: t('purchasing.discontinue'), icon: 'trash', ...small })}</form>`
    : html`<form method="post" action="/suppliers/${supplierId}/reinstate" data-guarded>${key}${submitButton({ label: t('purchasing.reinstate'), icon: 'undo', ...small })}</form>`
}

export interface SupplierForm {
  /** Undefined for a new supplier. */
  readonly supplier: Supplier | undefined
  readonly state: FormState
}

/** A supplier for those who may not change it, or who is not used any more. */
export const supplierContent = (reader: Reader, supplier: Supplier): Html => {
  const { t } = reader
  return html`${pageHead({
    back: { href: '/suppliers', label: t('purchasing.suppliers') },
    title: supplier.name,
    ...(!supplier.active && { lead: status('neutral', t('purchasing.supplier-discontinued')) }),
    actions: linkButton(`/orders?show=all&supplier=${supplier.supplierId}`, {
      label: t('purchasing.title'),
      icon: 'orders',
    }),
  })}
${card({
  body: detailList([
    [t('common.nuit'), supplier.nuit ?? '–'],
    [t('common.phone'), supplier.phone ?? '–'],
    [t('common.email'), supplier.email ?? '–'],
    [t('common.address'), supplier.address || '–'],
    [t('purchasing.lead-days'), supplier.leadDays],
  ]),
})}`
}

/** What the form of a registered supplier shows before anything is typed. */
export const supplierValues = (supplier: Supplier): Record<string, string> => ({
  name: supplier.name,
  nuit: supplier.nuit ?? '',
  email: supplier.email ?? '',
  phone: supplier.phone ?? '',
  address: supplier.address,
  leadDays: String(supplier.leadDays),
})

export const supplierFormContent = (reader: Reader, { supplier, state }: SupplierForm): Html => {
  const { t } = reader
  const labels = {
    name: t('common.name'),
    nuit: t('common.nuit'),
    email: t('common.email'),
    phone: t('common.phone'),
    leadDays: t('purchasing.lead-days'),
  }
  return html`${pageHead({
    back: { href: '/suppliers', label: t('purchasing.suppliers') },
    title: supplier ? supplier.name : t('purchasing.new-supplier'),
    actions:
      supplier &&
      linkButton(`/orders?show=all&supplier=${supplier.supplierId}`, { label: t('purchasing.title'), icon: 'orders' }),
  })}
<div class="narrow">${card({
    body: form(reader, {
      action: supplier ? `/suppliers/${supplier.supplierId}` : '/suppliers/new',
      state: { ...state, labels },
      body: html`${hidden('formKey', state.values?.formKey ?? '')}
        ${input(reader, state, { name: 'name', label: t('common.name'), required: true, attrs: { maxlength: 200, ...(!supplier && { autofocus: true }) } })}
        ${fieldRow(
          input(reader, state, {
            name: 'nuit',
            label: t('common.nuit'),
            hint: t('purchasing.nuit-hint'),
            attrs: { inputmode: 'numeric', maxlength: 20 },
          }),
          input(reader, state, {
            name: 'leadDays',
            label: t('purchasing.lead-days'),
            required: true,
            value: '7',
            attrs: { inputmode: 'numeric', class: 'num', maxlength: 3 },
          }),
        )}
        ${fieldRow(
          input(reader, state, {
            name: 'phone',
            label: t('common.phone'),
            attrs: { type: 'tel', autocomplete: 'off', maxlength: 40 },
          }),
          input(reader, state, {
            name: 'email',
            label: t('common.email'),
            attrs: { type: 'email', autocomplete: 'off', maxlength: 200 },
          }),
        )}
        ${textarea(reader, state, { name: 'address', label: t('common.address'), attrs: { rows: 2, maxlength: 2000 } })}`,
      actions: html`${submitButton({ label: supplier ? t('common.save') : t('purchasing.create-supplier') })}${linkButton('/suppliers', { label: t('common.cancel'), look: 'quiet' })}`,
    }),
  })}</div>`
}
