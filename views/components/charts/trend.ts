// A line over time with its area below, and dashed the time it is compared with.
import { type Html, html } from '../../html.ts'
import type { Reader } from '../../reader.ts'
import { type Chart, chartFigure, plotFrame } from './frame.ts'
import { round, type Scale, scaleFor, share } from './scale.ts'

/** A trend from zero. Lines are drawn on a stretched plane with strokes that do not stretch; the last point is marked and labelled. */
export const trendChart = (reader: Reader, chart: Chart): Html => {
  const { points } = chart
  const most = Math.max(0, ...points.flatMap(({ value, before = 0 }) => [value, before]))
  const scale = scaleFor(most, 4, chart.whole)
  const line = path(
    points.map(({ value }) => value),
    scale,
  )
  const before = points.flatMap((point) => point.before ?? [])
  const compared = before.length === points.length && before.length > 0 ? path(before, scale) : undefined
  const marks = html`<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%">
      ${line && html`<path class="chart-area" d="${line}V100H${round(50 / points.length)}Z" />`}
      ${compared && html`<path class="chart-line-before" d="${compared}" />`}
      <path class="chart-line" d="${line}" />
    </svg>
    ${points.map((point, at) => {
      const last = at === points.length - 1
      const cx = share(at + 0.5, points.length)
      const cy = share(scale.top - point.value, scale.top)
      return html`<g class="chart-slot"><rect class="chart-hit" x="${share(at, points.length)}" y="0" width="${share(1, points.length)}" height="100%"><title>${point.label}: ${chart.value(point.value)}</title></rect>
        <circle class="${last ? 'chart-dot chart-dot-last' : 'chart-dot'}" cx="${cx}" cy="${cy}" r="4" /></g>`
    })}`
  return chartFigure(reader, chart, plotFrame(chart, scale, marks))
}

const path = (values: readonly number[], { top }: Scale): string =>
  values
    .map(
      (value, at) =>
        `${at === 0 ? 'M' : 'L'}${round(((at + 0.5) / values.length) * 100)} ${round(100 - (value / top) * 100)}`,
    )
    .join('')
