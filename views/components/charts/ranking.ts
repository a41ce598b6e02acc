// Lying bars, the longest first: which product, person or place sells most.
import { type Html, html } from '../../html.ts'
import type { Reader } from '../../reader.ts'
import { type Chart, chartFigure } from './frame.ts'
import { share } from './scale.ts'

/** A ranking; each line has its name and figure written beside its bar, so it needs no axis. `hrefs` makes the names links. */
export const rankingChart = (
  reader: Reader,
  chart: Chart & { readonly hrefs?: readonly (string | undefined)[] },
): Html => {
  const most = Math.max(0, ...chart.points.map(({ value }) => value))
  const lines = chart.points.map(({ label, value }, at) => {
    const href = chart.hrefs?.[at]
    return html`<li>
      <span class="ranking-label">${href ? html`<a href="${href}">${label}</a>` : label}</span>
      <span class="ranking-value num">${chart.value(value)}</span>
      <svg class="ranking-bar" width="100%" height="8" aria-hidden="true"><rect class="ranking-rest" width="100%" height="8" rx="2" /><rect class="chart-bar" width="${share(Math.max(0, value), most)}" height="8" rx="2" /></svg>
    </li>`
  })
  return chartFigure(reader, chart, html`<ol class="ranking">${lines}</ol>`)
}
