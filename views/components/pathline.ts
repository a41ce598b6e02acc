// The path: facts in order on a thin line with dots. The one motif of the product.
import { type Content, type Html, html } from '../html.ts'
import type { Tone } from './status.ts'

export type Fact = {
  readonly title: Content
  /** When, as the reader writes it, and as the machine does. */
  readonly when?: { readonly text: string; readonly instant: string }
  readonly who?: Content
  readonly body?: Content
  readonly tone?: Tone
  /** Not yet: the dot is hollow. */
  readonly pending?: boolean
}

/** The story of something, oldest first. */
export const pathline = (label: string, facts: readonly Fact[]): Html =>
  html`<ol class="path" aria-label="${label}">${facts.map(
    (fact) => html`<li class="path-fact tone-${fact.tone ?? 'neutral'}${fact.pending ? ' path-pending' : ''}">
      <p class="path-title">${fact.title}</p>
      ${(fact.when ?? fact.who) && html`<p class="path-when">${fact.when && html`<time datetime="${fact.when.instant}">${fact.when.text}</time>`}${fact.when && fact.who && ' · '}${fact.who}</p>`}
      ${fact.body && html`<div class="path-body">${fact.body}</div>`}
    </li>`,
  )}</ol>`

/** Steps of something that goes on: done, now, to come. */
export const steps = (label: string, all: readonly string[], current: number): Html =>
  html`<ol class="steps" aria-label="${label}">${all.map(
    (step, at) =>
      html`<li class="${at < current ? 'step-done' : at === current ? 'step-now' : 'step-later'}"${at === current && html` aria-current="step"`}>${step}</li>`,
  )}</ol>`
