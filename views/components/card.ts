// Surfaces: the head of a page, cards, figure tiles, notices, empty states, lists of details.
import { type Content, classes, type Html, html } from '../html.ts'
import { type IconName, icon } from './icon.ts'
import { mark } from './logo.ts'
import type { Tone } from './status.ts'

/** The head of a page: its title, a line about it, and what can be done on it. */
export const pageHead = (given: {
  readonly title: string
  readonly lead?: Content
  readonly back?: { readonly href: string; readonly label: string }
  readonly actions?: Content
}): Html => html`<header class="page-head">
  <div>
    ${given.back && html`<a class="back" href="${given.back.href}">${icon('left')}${given.back.label}</a>`}
    <h1>${given.title}</h1>
    ${given.lead && html`<p class="lead">${given.lead}</p>`}
  </div>
  ${given.actions && html`<div class="actions">${given.actions}</div>`}
</header>`

/** A surface with a title. `flush`: the content reaches the edges, for tables. */
export const card = (given: {
  readonly title?: string
  readonly id?: string
  readonly body: Content
  readonly link?: { readonly href: string; readonly label: string }
  readonly actions?: Content
  readonly flush?: boolean
}): Html => html`<section class="${classes('card', given.flush && 'card-flush')}"${given.id && html` id="${given.id}"`}>
  ${
    given.title !== undefined &&
    html`<header class="card-head">
      <h2>${given.title}</h2>
      ${given.link && html`<a href="${given.link.href}">${given.link.label}</a>`}${given.actions}
    </header>`
  }
  <div class="card-body">${given.body}</div>
</section>`

export type Comparison = { readonly direction: 'up' | 'down' | 'same'; readonly text: string; readonly tone?: Tone }

/** One figure that matters, and how it compares: by a shape and words, never by colour alone. */
export const figureTile = (given: {
  readonly label: string
  readonly value: string
  readonly id?: string
  readonly comparison?: Comparison
  readonly note?: Content
  readonly href?: string
}): Html => html`<div class="tile"${given.id && html` id="${given.id}"`}>
  <p class="tile-label">${given.href ? html`<a href="${given.href}">${given.label}</a>` : given.label}</p>
  <p class="tile-value"${given.id && html` data-figure="${given.id}"`}>${given.value}</p>
  ${given.comparison && compared(given.comparison)}
  ${given.note && html`<p class="tile-note">${given.note}</p>`}
</div>`

const compared = ({ direction, text, tone = 'neutral' }: Comparison): Html =>
  html`<p class="tile-comparison tone-${tone}">${direction !== 'same' && icon(direction)}<span>${text}</span></p>`

/** Tiles in a row that wraps. */
export const tiles = (...shown: Content[]): Html => html`<div class="tiles">${shown}</div>`

/** Something to know, in the place that it is about. */
export const notice = (tone: Tone, title: string, body?: Content): Html =>
  html`<div class="notice notice-${tone}" role="${tone === 'danger' ? 'alert' : 'status'}">
    <p class="notice-title">${title}</p>
    ${body && html`<div>${body}</div>`}
  </div>`

/** Nothing here yet: why, and what to do about it. */
export const emptyState = (title: string, hint?: Content, action?: Content): Html =>
  html`<div class="empty">${mark()}<p class="empty-title">${title}</p>${hint && html`<p>${hint}</p>`}${action}</div>`

/** What a page says that has nothing else to show: not found, no access, something went wrong. */
export const pageMessage = (title: string, text: Content, action?: Content): Html =>
  html`<div class="empty">${mark()}<h1 class="empty-title">${title}</h1><p>${text}</p>${action}</div>`

/** Names and values. */
export const detailList = (rows: readonly (readonly [label: string, value: Content])[]): Html =>
  html`<dl class="details">${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`

/** A short list of links with a figure at the end of each line: latest sales, low stock, open tasks. */
export const linkList = (
  rows: readonly {
    readonly href: string
    readonly title: Content
    readonly note?: Content
    readonly end?: Content
    /** Where the list changes in place: what a line is recognised by. */
    readonly id?: string
  }[],
): Html =>
  html`<ul class="link-list">${rows.map(
    ({ href, title, note, end, id }) =>
      html`<li${id && html` id="${id}"`}><a href="${href}"><span class="link-main"><span>${title}</span>${note && html`<small>${note}</small>`}</span>${end && html`<span class="link-end">${end}</span>`}</a></li>`,
  )}</ul>`

/** An icon in a circle, for what has no photo. */
export const placeholder = (name: IconName): Html => html`<span class="placeholder">${icon(name)}</span>`
