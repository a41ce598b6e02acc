// The mark: a safe path, a thin line with dots.
import { type Html, html } from '../html.ts'

/** The mark alone; decoration beside a name. */
export const mark = (): Html => html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
  <path class="mark-line" d="M6 26C6 15 26 19 26 6" />
  <circle class="mark-dot" cx="6" cy="26" r="3" />
  <circle class="mark-dot" cx="16" cy="16.4" r="3" />
  <circle class="mark-head" cx="26" cy="6" r="4" />
</svg>`

/** The mark with the product's name. */
export const logo = (): Html => html`<span class="logo">${mark()}<span class="logo-name">Caminho Seguro</span></span>`
