// Waiting: progress of long work, and the grey shape of what is to come.
import { type Html, html } from '../html.ts'

/** How far long work has come; without `done`, it only says that it goes on. */
export const progress = (
  label: string,
  done?: { readonly value: number; readonly max: number; readonly text: string },
): Html =>
  html`<div class="progress">
    <p class="progress-label"><span>${label}</span>${done && html`<span class="num">${done.text}</span>`}</p>
    ${done ? html`<progress aria-label="${label}" value="${done.value}" max="${done.max}"></progress>` : html`<progress aria-label="${label}"></progress>`}
  </div>`

/** Lines in the shape of what is being loaded, so that nothing jumps when it comes. */
export const skeleton = (label: string, lines = 3): Html =>
  html`<div class="skeleton" role="status" aria-label="${label}">${Array.from({ length: lines }, () => html`<span></span>`)}</div>`
