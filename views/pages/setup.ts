// The first start of a real shop.
import { type FormState, fieldRow, form, formPart, input, pageHead, submitButton } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export const setupContent = (reader: Reader, state: FormState): Html => {
  const { t } = reader
  return html`${pageHead({ title: t('setup.title'), lead: t('setup.lead') })}
${form(reader, {
  action: '/setup',
  state,
  body: html`
    ${input(reader, state, { name: 'code', label: t('setup.code'), hint: t('setup.code-hint'), required: true, width: 'medium', attrs: { autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', autofocus: true } })}
    ${formPart(
      t('setup.company'),
      html`${input(reader, state, { name: 'company', label: t('setup.company-name'), required: true, attrs: { autocomplete: 'organization' } })}
      ${fieldRow(
        input(reader, state, {
          name: 'nuit',
          label: t('common.nuit'),
          width: 'medium',
          attrs: { inputmode: 'numeric' },
        }),
        input(reader, state, {
          name: 'currency',
          label: t('setup.currency'),
          required: true,
          value: 'MZN',
          width: 'short',
        }),
      )}`,
    )}
    ${formPart(
      t('setup.location'),
      fieldRow(
        input(reader, state, {
          name: 'location',
          label: t('common.name'),
          required: true,
          value: t('setup.location-default'),
        }),
        input(reader, state, {
          name: 'locationCode',
          label: t('setup.location-code'),
          hint: t('setup.location-code-hint'),
          required: true,
          width: 'short',
          value: 'LOJA',
        }),
      ),
    )}
    ${formPart(
      t('setup.you'),
      html`${input(reader, state, { name: 'name', label: t('common.name'), required: true, attrs: { autocomplete: 'name' } })}
      ${input(reader, state, { name: 'email', label: t('common.email'), required: true, attrs: { type: 'email', autocomplete: 'username' } })}
      ${input(reader, { errors: state.errors ?? {} }, { name: 'password', label: t('login.password'), hint: t('setup.password-hint'), required: true, attrs: { type: 'password', autocomplete: 'new-password', minlength: 10 } })}`,
    )}`,
  actions: submitButton({ label: t('setup.submit'), size: 'large' }),
})}`
}
