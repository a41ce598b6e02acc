// One report: figures first, a chart, and all of it as a table.
import type { Location } from '../../projections/locations.ts'
import type { SeriesVerdict } from '../../src/reporting/chains.ts'
import type { PeriodName } from '../../src/reporting/period.ts'
import type { Report, Column as ReportColumn, Row } from '../../src/reporting/report.ts'
import {
  type Column,
  card,
  dateInput,
  emptyState,
  filterBar,
  hidden,
  linkButton,
  pageHead,
  select,
  status,
  table,
  tabs,
} from '../components/index.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { columnHead, isFigure, periodLine, writeInTable } from '../report-cells.ts'
import { reportChart } from './report-chart.ts'
import { figureTiles } from './reports.ts'

export interface ReportPage {
  readonly report: Report
  /** ISO 8601. */
  readonly now: string
  /** Periods to choose from; none for what is so now. */
  readonly periods: readonly PeriodName[]
  /** Locations to choose from; none where the report knows none. */
  readonly locations: readonly Location[]
  /** The address of this report with other choices, or in another form: `csv`, `pdf`, `chains`. */
  readonly address: (change: Readonly<Record<string, string | undefined>>, form?: string) => string
  /** What a form that narrows the report sends along unchanged. */
  readonly kept?: Readonly<Record<string, string>>
}

/** Rows that a page shows; files have all. */
const rowsShown = 200

export const reportContent = (reader: Reader, page: ReportPage): Html => {
  const { t } = reader
  const { report, address } = page
  return html`${pageHead({
    title: t(`reports.${report.id}`),
    lead: periodLine(reader, report, page.now),
    back: { href: '/reports', label: t('reports.all') },
    actions: html`${download('CSV', t('common.download-csv'), address({}, '.csv'))}${download('PDF', t('common.download-pdf'), address({}, '.pdf'))}`,
  })}
${reportChoices(reader, page)}
<div class="stack">${reportBody(reader, page, report.id === 'documents' && report.rows.length > 0 && chains(reader, address({}, '/chains')))}</div>`
}

/** The report itself: its figures, its chart, its table. */
export const reportBody = (reader: Reader, page: ReportPage, beforeChart: Content = false): Html => {
  const { report } = page
  return html`${figureTiles(reader, report)}
  ${beforeChart}
  ${
    report.chart.points.some(({ value, before = 0 }) => value !== 0 || before !== 0) &&
    card({ body: reportChart(reader, report) })
  }
  ${rows(reader, page)}`
}

/** Short, so that both stand beside the title; the whole name is for who only hears it. */
const download = (label: string, name: string, href: string): Html =>
  linkButton(href, { label, icon: 'download', attrs: { download: true, 'aria-label': name, title: name } })

/** What the report can be narrowed by: its period, and the location. */
export const reportChoices = (reader: Reader, page: ReportPage): Html =>
  html`${periodTabs(reader, page)}
${narrowing(reader, page)}`

const periodTabs = ({ t }: Reader, { report, periods, address }: ReportPage): Content => {
  const { period } = report
  if (!period) return false
  const { from, to } = period
  return tabs(
    t('reports.period'),
    periods.map((name) => ({
      label: t(`reports.period.${name}`),
      href: address(name === 'custom' ? { period: name, from, to } : { period: name, from: undefined, to: undefined }),
      current: name === period.name,
    })),
  )
}

/** Dates of one's own and the location: a form, so that each view has its address. */
const narrowing = (reader: Reader, { report, locations, address, kept = {} }: ReportPage): Content => {
  const { t } = reader
  const { period, locationId } = report
  const isCustom = period?.name === 'custom'
  const byLocation = locations.length > 1
  if (!isCustom && !byLocation) return false
  return filterBar(reader, {
    action: address({ period: undefined, from: undefined, to: undefined, location: undefined }),
    fields: html`${Object.entries(kept).map(([name, value]) => hidden(name, value))}${period && hidden('period', period.name)}
      ${
        isCustom &&
        html`${dateInput(reader, {}, { name: 'from', label: t('common.from'), value: period.from, required: true })}
        ${dateInput(reader, {}, { name: 'to', label: t('common.to'), value: period.to, required: true })}`
      }
      ${
        byLocation &&
        select(
          reader,
          {},
          {
            name: 'location',
            label: t('common.location'),
            value: locationId ?? '',
            empty: t('reports.every-location'),
            choices: locations.map(({ locationId: value, name: label }) => ({ value, label })),
          },
        )
      }`,
  })
}

const hrefs = { product: '/products', sale: '/sales' } as const

const rows = (reader: Reader, { report }: ReportPage): Html => {
  const { t } = reader
  const { columns, totals, id, period } = report
  const shown = report.rows.slice(0, rowsShown)
  return html`${table<Row>(reader, {
    id: 'report',
    caption: t(`reports.${id}`),
    columns: columns.map((column, at) => tableColumn(reader, column, at === 0)),
    rows: shown,
    totals: columns.map((column, at) =>
      at === 0
        ? t('common.total')
        : totals[column.name] === undefined
          ? ''
          : writeInTable(reader, column, { cells: totals }),
    ),
    empty: period ? emptyState(t('reports.nothing'), t('reports.nothing-hint')) : emptyState(t('reports.nothing-now')),
  })}
  ${
    shown.length < report.rows.length &&
    html`<p class="soft">${t('reports.shown', { shown: shown.length, count: report.rows.length })}</p>`
  }`
}

const tableColumn = (reader: Reader, column: ReportColumn, primary: boolean): Column<Row> => ({
  label: columnHead(reader, column),
  numeric: isFigure(column),
  primary,
  cell: (row) => {
    const written = writeInTable(reader, column, row)
    const cell = row.cells[column.name]
    if (column.kind === 'document-status') return status(cell === 'issued' ? 'good' : 'danger', written)
    if (column.kind === 'day' && primary && typeof cell === 'string')
      return html`${written} <span class="soft">${reader.format.weekday(cell)}</span>`
    return primary && row.about ? html`<a href="${hrefs[row.about.kind]}/${row.about.id}">${written}</a>` : written
  },
})

/** The proof takes a while for long series, so it comes after the page. */
const chains = ({ t }: Reader, href: string): Html =>
  card({
    title: t('reports.chains'),
    body: html`<p class="soft">${t('reports.chains.about')}</p>
      <div id="chains" role="status" hx-get="${href}" hx-trigger="load" hx-swap="innerHTML">${linkButton(href, { label: t('reports.chains.verify') })}</div>`,
  })

/** What following each series from its first document to its last has found. */
export const chainVerdicts = (reader: Reader, verdicts: readonly SeriesVerdict[]): Html => {
  const { t, format } = reader
  const found = ({ verdict }: SeriesVerdict): Html =>
    verdict.whole
      ? status('good', t('reports.chains.whole'))
      : status(
          'danger',
          t('reports.chains.broken', {
            document: verdict.document,
            problem: t(`reports.chains.problem.${verdict.problem}`),
          }),
        )
  return html`<ul class="series">${verdicts.map(
    (one) =>
      html`<li><span>${one.series}</span>${
        one.verdict.whole && html`<span class="soft num">1–${format.number(one.verdict.documents)}</span>`
      }${found(one)}</li>`,
  )}</ul>`
}

/** The verdicts as a page of their own, for browsers without scripts. */
export const chainsContent = (reader: Reader, verdicts: readonly SeriesVerdict[], back: string): Html =>
  html`${pageHead({
    title: reader.t('reports.chains'),
    lead: reader.t('reports.chains.about'),
    back: { href: back, label: reader.t('reports.documents') },
  })}
${card({ body: chainVerdicts(reader, verdicts) })}`
