// What all charts share: title with unit, axes, and the same figures as a table for those who want or need them.
import { attributes, type Content, type Html, html } from '../../html.ts'
import type { Reader } from '../../reader.ts'
import { type Scale, share } from './scale.ts'

export type Point = {
  readonly label: string
  readonly value: number /** The value to compare with. */
  readonly before?: number
}

export type Chart = {
  readonly title: string
  /** What is counted: `MT`, `vendas`. Written beside the title. */
  readonly unit: string
  /** Heads the first column of the table: what the points are. */
  readonly over: string
  readonly points: readonly Point[]
  /** Writes a value in full, for the table and for who points at it. */
  readonly value: (value: number) => string
  /** Writes a value on the axis, short. Default: as in full. */
  readonly axis?: (value: number) => string
  /** False where steps of less than one make sense: shares, milliseconds. */
  readonly whole?: boolean
  /** Names of the values and of those they are compared with. */
  readonly names?: { readonly now: string; readonly before: string }
}

/** The figure around a plot. */
export const chartFigure = (reader: Reader, chart: Chart, plot: Content): Html => html`<figure class="chart">
  <figcaption><span>${chart.title} <span class="chart-unit">(${chart.unit})</span></span>${chart.names && key(chart.names)}</figcaption>
  ${plot}
  <details class="chart-table">
    <summary>${reader.t('common.show-table')}</summary>
    ${figures(chart)}
  </details>
</figure>`

/** A plot between its axes; `marks` is drawn in percentages of the plot, so that text never stretches. */
export const plotFrame = (chart: Chart, scale: Scale, marks: Content): Html => {
  const write = chart.axis ?? chart.value
  return html`<div class="chart-frame" role="img" aria-label="${chart.title} (${chart.unit})">
    <div class="chart-y">${scale.ticks.toReversed().map((tick) => html`<span>${write(tick)}</span>`)}</div>
    <svg class="chart-plot" width="100%" height="100%">
      ${scale.ticks.map((tick) => {
        const y = share(scale.top - tick, scale.top)
        return html`<line class="${tick === 0 ? 'chart-zero' : 'chart-grid'}" x1="0" x2="100%" y1="${y}" y2="${y}" />`
      })}
      ${marks}
    </svg>
    <svg class="chart-x" width="100%" height="20">${xLabels(chart.points)}</svg>
  </div>`
}

/** At most twelve labels, every second of them left out where it is narrow. */
const xLabels = (points: readonly Point[]): Html[] => {
  const every = Math.max(1, Math.ceil(points.length / 12))
  return points
    .map(({ label }, at) => ({ label, at }))
    .filter(({ at }) => at % every === 0)
    .map(({ label, at }, shown) => {
      const x = share(at + 0.5, points.length)
      return html`<text${attributes({ x, y: 15, 'text-anchor': 'middle', class: shown % 2 === 1 && 'chart-x-minor' })}>${label}</text>`
    })
}

const key = ({ now, before }: NonNullable<Chart['names']>): Html =>
  html`<span class="chart-key"><span class="chart-key-now">${now}</span><span class="chart-key-before">${before}</span></span>`

const figures = ({ title, unit, over, points, value, names }: Chart): Html => html`<table class="table-plain">
  <caption class="sr-only">${title}</caption>
  <thead><tr><th scope="col">${over}</th><th scope="col" class="num">${names?.now ?? unit}</th>${names && html`<th scope="col" class="num">${names.before}</th>`}</tr></thead>
  <tbody>${points.map(
    (point) =>
      html`<tr><th scope="row">${point.label}</th><td class="num">${value(point.value)}</td>${names && html`<td class="num">${point.before === undefined ? '' : value(point.before)}</td>`}</tr>`,
  )}</tbody>
</table>`
