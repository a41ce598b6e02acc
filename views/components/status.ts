// States: always a shape and a word, so that colour is never the only sign.
import { type Html, html, raw } from '../html.ts'

/** good: as it should be; warning: look soon; danger: act; info: to know; neutral: no judgement. */
export type Tone = 'good' | 'warning' | 'danger' | 'info' | 'neutral'

/** Each tone has its own silhouette: disc, triangle, square on its corner, ring with a dot, ring. */
const silhouettes: Record<Tone, string> = {
  good: '<circle cx="6" cy="6" r="4.5"/>',
  warning: '<path d="M6 1l5.2 9.5H.8z"/>',
  danger: '<path d="M6 .5L11.5 6 6 11.5.5 6z"/>',
  info: '<path d="M6 1.2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 0 1 0-9.6zm0 1.6a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 0 0 0-6.4z"/><circle cx="6" cy="6" r="1.5"/>',
  neutral: '<path d="M6 1.2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 0 1 0-9.6zm0 1.6a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 0 0 0-6.4z"/>',
}

/** The shape of a tone alone, beside a word. */
export const shape = (tone: Tone): Html =>
  html`<svg class="shape" viewBox="0 0 12 12" aria-hidden="true" focusable="false">${raw(silhouettes[tone])}</svg>`

/** A state: `status('warning', t('stock.level.low'))`. */
export const status = (tone: Tone, word: string): Html =>
  html`<span class="status tone-${tone}">${shape(tone)}<span>${word}</span></span>`

/** A small count or kind beside a title. */
export const badge = (text: string | number, tone: Tone = 'neutral'): Html =>
  html`<span class="badge tone-${tone}">${text}</span>`
