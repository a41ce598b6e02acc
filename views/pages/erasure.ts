// The last page before a person's data become unreadable: what happens, what stays, and a word to type.
import { type FormState, form, hidden, input, linkButton, notice, pageHead, submitButton } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export interface ErasurePage {
  readonly title: string
  readonly action: string
  /** Where to go instead. */
  readonly back: { readonly href: string; readonly label: string }
  readonly button: string
  /** What happens, and what stays. */
  readonly consequences: readonly string[]
  /** What should make them hesitate. */
  readonly warning?: string | undefined
  readonly state: FormState
}

export const erasureContent = (reader: Reader, page: ErasurePage): Html => {
  const { t } = reader
  const { state, back } = page
  const word = t('common.erase-word')
  return html`<div class="narrow stack">
${pageHead({ title: page.title, back })}
${page.warning !== undefined && notice('warning', page.warning)}
${notice('danger', t('common.erase-final'), html`<ul>${page.consequences.map((text) => html`<li>${text}</li>`)}</ul>`)}
${form(reader, {
  action: page.action,
  state,
  body: html`${hidden('formKey', state.values?.formKey ?? '')}
    ${input(reader, state, { name: 'word', label: t('common.erase-type', { word }), required: true, width: 'short', attrs: { autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' } })}`,
  actions: html`${submitButton({ label: page.button, look: 'danger' })}${linkButton(back.href, { label: t('common.cancel') })}`,
})}
</div>`
}
