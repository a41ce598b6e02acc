// A form: an error summary that leads to the fields, the fields, the buttons.
import { type Attributes, attributes, type Content, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import type { FormState } from './field.ts'

export type Form = {
  readonly action: string
  readonly id?: string
  readonly method?: 'post' | 'get'
  readonly state?: FormState
  readonly body: Content
  /** Buttons, the primary one first. */
  readonly actions: Content
  /** htmx attributes and the like. */
  readonly attrs?: Attributes
}

/**
 * A form that works by plain POST, and by htmx when `attrs` say so. An answer of 422 with the same form, values and errors kept, is swapped
 * in its place. Its buttons are locked while it is sent.
 */
export const form = (reader: Reader, given: Form): Html => html`<form${attributes({
  id: given.id,
  class: 'form',
  action: given.action,
  method: given.method ?? 'post',
  novalidate: true,
  'data-guarded': true,
  ...given.attrs,
})}>
  ${errorSummary(reader, given.state)}
  ${given.body}
  <div class="actions">${given.actions}</div>
</form>`

/** What is wrong, in one place, each line a link to its field; the error named `form` is about the whole. */
export const errorSummary = ({ t }: Reader, state: FormState = {}): Html => {
  const { form: whole, ...fields } = state.errors ?? {}
  const wrong = Object.entries(fields)
  if (wrong.length === 0 && whole === undefined) return html``
  return html`<div class="notice notice-danger error-summary" role="alert" tabindex="-1" data-focus>
    <p class="notice-title">${whole ?? t('errors.summary', { count: wrong.length })}</p>
    ${wrong.length > 0 && html`<ul>${wrong.map(([name, text]) => html`<li><a href="#field-${name}">${state.labels?.[name] && html`${state.labels[name]}: `}${text}</a></li>`)}</ul>`}
    <p>${t('errors.kept')}</p>
  </div>`
}

/** Fields side by side where there is room. */
export const fieldRow = (...fields: Content[]): Html => html`<div class="field-row">${fields}</div>`

/** A named part of a long form. */
export const formPart = (title: string, body: Content): Html => html`<fieldset class="form-part">
  <legend>${title}</legend>
  ${body}
</fieldset>`
