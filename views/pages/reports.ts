// The reports as cards, below how the month goes.
import type { Report, ReportId } from '../../src/reporting/report.ts'
import { card, figureTile, pageHead, tiles } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { columnLabel, comparisonOf, writeCell } from '../report-cells.ts'
import { reportChart } from './report-chart.ts'

const groups = [
  {
    label: 'reports.group.sales',
    ids: [
      'sales-by-day',
      'sales-by-hour',
      'sales-by-product',
      'sales-by-category',
      'sales-by-employee',
      'sales-by-location',
      'margins',
    ],
  },
  { label: 'reports.group.stock', ids: ['stock-value', 'low-stock'] },
  { label: 'reports.group.fiscal', ids: ['iva', 'documents'] },
] as const satisfies readonly { label: string; ids: readonly ReportId[] }[]

/** `month`: the sales of this month by day. */
export const reportsContent = (reader: Reader, { month }: { readonly month: Report }): Html => {
  const { t, format } = reader
  const { period } = month
  return html`${pageHead({
    title: t('reports.title'),
    lead: period && t('reports.lead', { period: format.days(period.from, period.to) }),
  })}
<div class="stack">
  ${figureTiles(reader, month)}
  ${card({ body: reportChart(reader, month) })}
  ${groups.map(
    ({ label, ids }) => html`<section class="report-group" aria-labelledby="group-${label}">
    <h2 id="group-${label}">${t(label)}</h2>
    <ul class="report-cards">${ids.map(
      (
        id,
      ) => html`<li><a class="report-card" href="/reports/${id}"><span class="report-name">${t(`reports.${id}`)}</span>
        <span class="report-about">${t(`reports.${id}.about`)}</span></a></li>`,
    )}</ul>
  </section>`,
  )}
</div>`
}

/** The figures of a report, each against the period before. */
export const figureTiles = (reader: Reader, { figures }: Report): Html =>
  tiles(
    ...figures.map((figure) => {
      const comparison = comparisonOf(reader, figure)
      return figureTile({
        label: columnLabel(reader, figure),
        value: writeCell(reader, figure.kind, figure.value),
        ...(comparison && { comparison }),
      })
    }),
  )
