// The movements of stock, newest first, filtered by place, kind, product and day.
import type { Location } from '../../projections/locations.ts'
import {
  type Chip,
  dateInput,
  emptyState,
  filterBar,
  hidden,
  linkButton,
  type Pager,
  pageHead,
  select,
  table,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { kindLabel, type MovementLine, movementColumns, movementKinds } from './movements.ts'

export interface MovementsPage {
  readonly lines: readonly MovementLine[]
  readonly places: readonly Location[]
  readonly filter: {
    readonly product: string
    readonly location: string
    readonly kind: string
    readonly from: string
    readonly to: string
  }
  readonly chips: readonly Chip[]
  readonly pager: Pager
  readonly csv: string
}

export const movementsContent = (reader: Reader, page: MovementsPage): Html => {
  const { t } = reader
  const { filter } = page
  const state = { values: { location: filter.location, kind: filter.kind, from: filter.from, to: filter.to } }
  return html`${pageHead({
    back: { href: '/stock', label: t('stock.title') },
    title: t('stock.movements'),
    actions: linkButton(page.csv, { label: t('common.download-csv'), icon: 'download', attrs: { download: true } }),
  })}
${filterBar(reader, {
  action: '/stock/movements',
  fields: html`${select(reader, state, {
    name: 'location',
    label: t('common.location'),
    empty: t('stock.all-locations'),
    choices: page.places.map(({ locationId, name }) => ({ value: locationId, label: name })),
  })}${select(reader, state, {
    name: 'kind',
    label: t('stock.what'),
    empty: t('stock.every-kind'),
    choices: movementKinds.map((kind) => ({ value: kind, label: t(kindLabel[kind]) })),
  })}${dateInput(reader, state, { name: 'from', label: t('common.from') })}${dateInput(reader, state, { name: 'to', label: t('common.to') })}${filter.product !== '' && hidden('product', filter.product)}`,
  chips: page.chips,
  clear: '/stock/movements',
})}
${table(reader, {
  id: 'movements',
  caption: t('stock.movements'),
  columns: movementColumns(reader, { product: filter.product === '', location: filter.location === '', person: true }),
  rows: page.lines,
  empty: emptyState(t('stock.no-movements'), page.chips.length > 0 && t('common.nothing-found-hint')),
  pager: page.pager,
})}`
}
