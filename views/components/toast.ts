// Toasts: what has just happened, in a corner, read out politely, gone by itself unless it is pointed at.
import { attributes, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { button } from './button.ts'
import { shape, type Tone } from './status.ts'

export type Toast = {
  readonly tone?: Tone
  readonly text: string
  /** A POST that takes it back. */
  readonly undo?: { readonly action: string; readonly label?: string }
}

/** One toast. One with `danger` stays until it is closed. */
export const toast = ({ t }: Reader, { tone = 'good', text, undo }: Toast): Html => html`<div${attributes({
  class: `toast tone-${tone}`,
  'data-toast': tone === 'danger' ? 'stays' : 'passes',
})}>
  ${shape(tone)}<p>${text}</p>
  ${
    undo &&
    html`<form method="post" action="${undo.action}" hx-post="${undo.action}" hx-swap="none">${button({ label: undo.label ?? t('common.undo'), look: 'quiet', icon: 'undo', attrs: { type: 'submit' } })}</form>`
  }
  ${button({ label: t('common.close'), look: 'quiet', icon: 'close', iconOnly: true, attrs: { 'data-dismiss': true } })}
</div>`

/** A toast sent along with any fragment: it goes to its corner whatever the answer's target is. */
export const toastPartial = (reader: Reader, given: Toast): Html =>
  html`<hx-partial hx-target="#toasts" hx-swap="beforeend">${toast(reader, given)}</hx-partial>`
