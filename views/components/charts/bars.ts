// Upright bars: what happened in each hour or day, with a mark for the time it is compared with.
import { type Html, html } from '../../html.ts'
import type { Reader } from '../../reader.ts'
import { type Chart, chartFigure, type Point, plotFrame } from './frame.ts'
import { type Scale, scaleFor, share } from './scale.ts'

/** Bars from zero; `before` of a point is a line across its bar. */
export const barChart = (reader: Reader, chart: Chart): Html => {
  const scale = scaleFor(Math.max(0, ...chart.points.flatMap(({ value, before = 0 }) => [value, before])))
  const marks = chart.points.map((point, at) => bar(chart, scale, point, at))
  return chartFigure(reader, chart, plotFrame(chart, scale, marks))
}

const bar = ({ points, value }: Chart, { top }: Scale, point: Point, at: number): Html => {
  const slot = points.length
  const height = Math.max(0, point.value)
  const said = `${point.label}: ${value(point.value)}${point.before === undefined ? '' : ` (${value(point.before)})`}`
  return html`<g class="chart-slot">
    <rect class="chart-hit" x="${share(at, slot)}" y="0" width="${share(1, slot)}" height="100%"><title>${said}</title></rect>
    <rect class="chart-bar" x="${share(at + 0.16, slot)}" y="${share(top - height, top)}" width="${share(0.68, slot)}" height="${share(height, top)}" rx="2" />
    ${point.before !== undefined && point.before > 0 && html`<line class="chart-before" x1="${share(at + 0.08, slot)}" x2="${share(at + 0.92, slot)}" y1="${share(top - point.before, top)}" y2="${share(top - point.before, top)}" />`}
  </g>`
}
