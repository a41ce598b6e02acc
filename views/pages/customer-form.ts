// A customer's details, for a new one and for a change.
import {
  type FormState,
  fieldRow,
  form,
  hidden,
  input,
  linkButton,
  pageHead,
  submitButton,
  textarea,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export interface CustomerFormPage {
  readonly title: string
  readonly action: string
  readonly back: { readonly href: string; readonly label: string }
  readonly button: string
  readonly state: FormState
}

export const customerFormContent = (reader: Reader, page: CustomerFormPage): Html => {
  const { t } = reader
  const labels = { name: t('common.name'), nuit: t('common.nuit'), email: t('common.email') }
  const state: FormState = { ...page.state, labels }
  return html`<div class="narrow stack">
${pageHead({ title: page.title, back: page.back })}
${form(reader, {
  action: page.action,
  state,
  body: html`${hidden('formKey', state.values?.formKey ?? '')}
    ${input(reader, state, { name: 'name', label: t('common.name'), required: true, attrs: { autocomplete: 'off', autofocus: true } })}
    ${fieldRow(
      input(reader, state, {
        name: 'phone',
        label: t('common.phone'),
        attrs: { type: 'tel', inputmode: 'tel', autocomplete: 'off' },
      }),
      input(reader, state, { name: 'email', label: t('common.email'), attrs: { type: 'email', autocomplete: 'off' } }),
    )}
    ${input(reader, state, { name: 'nuit', label: t('common.nuit'), hint: t('customers.nuit-hint'), width: 'medium', attrs: { inputmode: 'numeric', autocomplete: 'off' } })}
    ${textarea(reader, state, { name: 'address', label: t('common.address') })}`,
  actions: html`${submitButton({ label: page.button })}${linkButton(page.back.href, { label: t('common.cancel') })}`,
})}
</div>`
}
