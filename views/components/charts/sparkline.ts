// A word-sized line: where a figure has come from, beside the figure itself.
import { type Html, html } from '../../html.ts'
import { round, scaleFor } from './scale.ts'

/** A small line without axes; what it says must also stand in words, so it is hidden from screen readers. */
export const sparkline = (values: readonly number[]): Html => {
  const { top } = scaleFor(Math.max(0, ...values))
  const last = Math.max(1, values.length - 1)
  const points = values.map((value, at) => `${round((at / last) * 100)},${round(24 - (value / top) * 24)}`).join(' ')
  return html`<svg class="sparkline" viewBox="0 -2 100 28" preserveAspectRatio="none" aria-hidden="true"><polyline class="chart-line" points="${points}" /></svg>`
}
