// Tables: sticky head, sortable columns, keyset pages; on a phone each row becomes a card by CSS alone.
import { type Attributes, attributes, type Content, classes, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { icon } from './icon.ts'

export type Sort = { readonly href: string; readonly direction?: 'ascending' | 'descending' | undefined }

export type Column<Row> = {
  readonly label: string
  readonly cell: (row: Row) => Content
  /** Figures: to the right, in tabular digits. */
  readonly numeric?: boolean
  /** Names the row: its head for screen readers, the title of its card on a phone. */
  readonly primary?: boolean
  /** The address that sorts by this column, and how it is sorted now. */
  readonly sort?: Sort
  /** `actions`: row actions, shown on hover and focus. `work`: always shown, a line of its own on a card. `minor`: left out on narrow screens. */
  readonly kind?: 'actions' | 'work' | 'minor'
}

export type RowOptions = { readonly id?: string; readonly attrs?: Attributes }

export type Table<Row> = {
  readonly id: string
  /** What the table holds, for screen readers. */
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly row?: (row: Row) => RowOptions
  /** Shown in place of the table when there are no rows. */
  readonly empty: Html
  /** Cells of a last line of sums, as many as there are columns. */
  readonly totals?: readonly Content[]
  readonly pager?: Pager
}

export type Pager = {
  readonly previous?: string | undefined
  readonly next?: string | undefined
  readonly note?: Content
}

/** A table with its pager, or its empty state. The arrow keys walk through the rows' links. */
export const table = <Row>(reader: Reader, given: Table<Row>): Html => {
  if (given.rows.length === 0) return html`<div id="${given.id}">${given.empty}</div>`
  const { columns, rows, row: options, totals } = given
  return html`<div class="table-frame" id="${given.id}">
    <div class="table-scroll" role="region" aria-label="${given.caption}" tabindex="0">
      <table class="table" data-rows>
        <caption class="sr-only">${given.caption}</caption>
        <thead><tr>${columns.map((column) => head(reader, column))}</tr></thead>
        <tbody id="${given.id}-rows">${rows.map((row) => tableRow(columns, row, options?.(row)))}</tbody>
        ${totals && html`<tfoot><tr>${totals.map((cell, at) => html`<td${attributes({ class: cellClass(columns[at]), 'data-label': columns[at]?.label })}>${cell}</td>`)}</tr></tfoot>`}
      </table>
    </div>
    ${given.pager && leads(given.pager) && pager(reader, given.pager)}
  </div>`
}

/** One row; the same function makes the fragment that is sent alone when a row changes. */
export const tableRow = <Row>(columns: readonly Column<Row>[], row: Row, options: RowOptions = {}): Html =>
  html`<tr${attributes({ id: options.id, ...options.attrs })}>${columns.map((column) => {
    const attrs = attributes({ class: cellClass(column), 'data-label': column.label })
    const cell = column.cell(row)
    return column.primary ? html`<th scope="row"${attrs}>${cell}</th>` : html`<td${attrs}>${cell}</td>`
  })}</tr>`

/** Whether there is another page, or something to say: a list that is seen whole needs no pager. */
const leads = ({ previous, next, note }: Pager): boolean => [previous, next, note].some((part) => part !== undefined)

/** Links to the pages before and after. */
export const pager = ({ t }: Reader, { previous, next, note }: Pager): Html =>
  html`<nav class="pager" aria-label="${t('common.pages')}">
    ${pageLink(previous, t('common.previous'), 'prev')}
    ${note && html`<span class="pager-note">${note}</span>`}
    ${pageLink(next, t('common.next'), 'next')}
  </nav>`

const pageLink = (href: string | undefined, label: string, rel: 'prev' | 'next'): Html => {
  const inside = html`${rel === 'prev' && icon('left')}<span>${label}</span>${rel === 'next' && icon('right')}`
  return href
    ? html`<a class="button button-plain" rel="${rel}" href="${href}">${inside}</a>`
    : html`<span class="button button-plain" aria-disabled="true">${inside}</span>`
}

const head = <Row>({ t }: Reader, column: Column<Row>): Html => {
  const { label, sort } = column
  if (!sort)
    return html`<th scope="col"${attributes({ class: cellClass(column) })}>${
      column.kind === 'actions' ? html`<span class="sr-only">${label}</span>` : label
    }</th>`
  const sign = sort.direction === undefined ? 'sort' : sort.direction === 'ascending' ? 'up' : 'down'
  const said =
    sort.direction && t(sort.direction === 'ascending' ? 'common.sorted-ascending' : 'common.sorted-descending')
  return html`<th scope="col"${attributes({ class: cellClass(column), 'aria-sort': sort.direction })}>
    <a class="sort" href="${sort.href}"${attributes({ title: said })}>${label}${icon(sign)}</a>
  </th>`
}

const cellClass = (column: Column<never> | undefined): string | undefined =>
  classes(column?.numeric && 'num', column?.kind && `cell-${column.kind}`) || undefined
