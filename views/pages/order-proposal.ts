// The reorder proposal: what runs low and does not come yet, by supplier; edited, then ordered with one click.
import type { Location } from '../../projections/locations.ts'
import type { Supplier } from '../../projections/suppliers.ts'
import {
  type Column,
  card,
  emptyState,
  errorSummary,
  type FormState,
  hidden,
  linkButton,
  pageHead,
  quantityInput,
  select,
  submitButton,
  table,
  tabs,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export interface ProposedLine {
  readonly productId: string
  readonly locationId: string
  readonly sku: string
  readonly name: string
  readonly unit: string
  readonly decimals: number
  readonly onHand: number
  readonly onOrder: number
  readonly reorderPoint: number
  readonly soldLast30Days: number
  readonly quantity: number
  readonly unitCost: number
  readonly supplierId: string | null
}

export interface ProposalPage {
  readonly lines: readonly ProposedLine[]
  readonly suppliers: readonly Supplier[]
  readonly places: readonly Location[]
  readonly locationId: string | undefined
  readonly state: FormState
}

/** The name of a field about a line. */
export const proposalField = (
  what: 'quantity' | 'supplier',
  { productId, locationId }: Pick<ProposedLine, 'productId' | 'locationId'>,
): string => `${what}.${productId}.${locationId}`

export const proposalContent = (reader: Reader, page: ProposalPage): Html => {
  const { t } = reader
  const { lines, state, locationId } = page
  const groups = groupsOf(reader, page)
  const labels = Object.fromEntries(
    lines.flatMap((line) => [
      [proposalField('quantity', line), line.name],
      [proposalField('supplier', line), line.name],
    ]),
  )
  return html`${pageHead({
    back: { href: '/orders', label: t('purchasing.title') },
    title: t('purchasing.proposal'),
    lead: t('purchasing.proposal-lead'),
  })}
${tabs(t('common.location'), [
  { href: '/orders/proposal', label: t('stock.all-locations'), current: locationId === undefined },
  ...page.places.map((place) => ({
    href: `/orders/proposal?location=${place.locationId}`,
    label: place.name,
    current: place.locationId === locationId,
  })),
])}
${
  lines.length === 0
    ? card({
        body: emptyState(
          t('purchasing.proposal-none'),
          undefined,
          linkButton('/orders', { label: t('purchasing.title') }),
        ),
      })
    : html`<form class="form" method="post" action="/orders/proposal" novalidate data-guarded>
  ${errorSummary(reader, { ...state, labels })}
  ${hidden('formKey', state.values?.formKey ?? '')}${locationId && hidden('location', locationId)}
  ${groups.map(({ title, rows }, nth) =>
    card({
      title,
      flush: true,
      body: table(reader, {
        id: `proposal-${nth}`,
        caption: title,
        columns: columns(reader, page),
        rows,
        empty: html``,
      }),
    }),
  )}
  <div class="actions sticky-foot">${submitButton({ label: t('purchasing.place-all') })}<p class="soft">${t('purchasing.place-all-hint')}</p></div>
</form>`
}`
}

/** By supplier, and by the place that is delivered to; what nobody delivers yet comes last. */
const groupsOf = ({ t }: Reader, { lines, suppliers, places, locationId }: ProposalPage) => {
  const groups = new Map<string, { readonly title: string; readonly rows: ProposedLine[] }>()
  const nameOf = (id: string | null) => suppliers.find(({ supplierId }) => supplierId === id)?.name
  const sorted = [...lines].sort((a, b) =>
    (nameOf(a.supplierId) ?? '\uffff').localeCompare(nameOf(b.supplierId) ?? '\uffff'),
  )
  for (const line of sorted) {
    const supplier = nameOf(line.supplierId) ?? t('purchasing.without-supplier')
    const place = places.find((known) => known.locationId === line.locationId)?.name ?? ''
    const title = locationId === undefined ? `${supplier} · ${place}` : supplier
    const group = groups.get(title) ?? { title, rows: [] }
    group.rows.push(line)
    groups.set(title, group)
  }
  return [...groups.values()]
}

const columns = (reader: Reader, { suppliers, state }: ProposalPage): readonly Column<ProposedLine>[] => {
  const { t, format } = reader
  const figure = (label: string, of: (line: ProposedLine) => number, kind?: 'minor'): Column<ProposedLine> => ({
    label,
    numeric: true,
    cell: (line) => format.quantity(of(line), line.decimals),
    ...(kind && { kind }),
  })
  return [
    {
      label: t('common.product'),
      primary: true,
      cell: ({ productId, name, sku }) => html`<a href="/products/${productId}">${name}</a><small>${sku}</small>`,
    },
    figure(t('stock.on-hand'), ({ onHand }) => onHand),
    figure(t('stock.reorder-point'), ({ reorderPoint }) => reorderPoint),
    figure(t('purchasing.on-order'), ({ onOrder }) => onOrder, 'minor'),
    figure(t('purchasing.sold-30'), ({ soldLast30Days }) => soldLast30Days, 'minor'),
    {
      label: t('purchasing.supplier'),
      cell: (line) =>
        select(reader, state, {
          name: proposalField('supplier', line),
          label: t('purchasing.supplier-of', { product: line.name }),
          required: true,
          value: line.supplierId ?? '',
          empty: t('purchasing.choose-supplier'),
          choices: suppliers.map(({ supplierId, name }) => ({ value: supplierId, label: name })),
        }),
    },
    {
      label: t('purchasing.to-order'),
      numeric: true,
      cell: (line) =>
        quantityInput(reader, state, {
          name: proposalField('quantity', line),
          label: t('purchasing.to-order-of', { product: line.name }),
          required: true,
          unit: line.unit,
          attrs: { required: false },
        }),
    },
  ]
}
