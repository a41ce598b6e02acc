// The history of one metric: a chart that can be drawn nearer and moved along time.
import { card, linkButton, tabs } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { type ChartName, chartNames, type Series, seriesChart } from './system-charts.ts'
import { systemHead } from './system-frame.ts'

export const ranges = ['hour', 'day', 'week', 'month', 'quarter'] as const
export type Range = (typeof ranges)[number]

export interface HistoryPage {
  readonly series: Series
  readonly range: Range
  readonly from: string
  readonly to: string
  /** Where the view before and after begin; undefined where there is none. */
  readonly earlier: string
  readonly later: string | undefined
}

const address = (chart: ChartName, range: Range, to?: string): string =>
  `/system/history?${new URLSearchParams({ chart, range, ...(to !== undefined && { to }) })}`

export const historyContent = (reader: Reader, page: HistoryPage): Html => {
  const { t, format } = reader
  const { series, range } = page
  return html`${systemHead(reader, 'history', `${format.dateTime(page.from)} – ${format.dateTime(page.to)}`)}
<div class="stack">
${tabs(
  t('system.history.range'),
  ranges.map((each) => ({
    href: address(series.name, each, page.to),
    label: t(`system.range.${each}`),
    current: each === range,
  })),
)}
${card({
  body: html`${series.steps.length > 0 ? seriesChart(reader, series) : html`<p class="soft">${t('system.chart.none')}</p>`}
  <nav class="actions" aria-label="${t('system.history.move')}">
    ${linkButton(address(series.name, range, page.earlier), { label: t('system.history.earlier'), icon: 'left', size: 'small' })}
    ${page.later !== undefined && linkButton(address(series.name, range, page.later), { label: t('system.history.later'), icon: 'right', size: 'small' })}
  </nav>`,
})}
${card({
  title: t('system.history.others'),
  body: html`<ul class="chips">${chartNames.map((name) => html`<li><a class="button button-plain button-small"${name === series.name && html` aria-current="true"`} href="${address(name, range, page.to)}">${t(`system.chart.${name}`)}</a></li>`)}</ul>`,
})}
</div>`
}
