// The settings as forms: the company, its tax rates, a location.
import type { Location } from '../../projections/locations.ts'
import {
  type FormState,
  fieldRow,
  form,
  hidden,
  input,
  linkButton,
  pageHead,
  quantityInput,
  radios,
  submitButton,
  textarea,
} from '../components/index.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

const page = (
  reader: Reader,
  given: { readonly title: string; readonly lead?: string; readonly body: Content },
): Html => {
  const back = { href: '/settings', label: reader.t('settings.title') }
  const lead = given.lead !== undefined && { lead: given.lead }
  return html`<div class="narrow stack">${pageHead({ title: given.title, back, ...lead })}${given.body}</div>`
}

const buttons = ({ t }: Reader, label: string): Html =>
  html`${submitButton({ label })}${linkButton('/settings', { label: t('common.cancel') })}`

export const companyFormContent = (reader: Reader, given: FormState): Html => {
  const { t } = reader
  const labels = { name: t('settings.company-name'), nuit: t('common.nuit'), email: t('common.email') }
  const state: FormState = { ...given, labels }
  return page(reader, {
    title: t('settings.edit-company'),
    lead: t('settings.fixed'),
    body: form(reader, {
      action: '/settings/company',
      state,
      body: html`${hidden('formKey', state.values?.formKey ?? '')}
        ${input(reader, state, { name: 'name', label: labels.name, required: true, attrs: { autocomplete: 'organization' } })}
        ${input(reader, state, { name: 'nuit', label: labels.nuit, width: 'medium', attrs: { inputmode: 'numeric', autocomplete: 'off' } })}
        ${textarea(reader, state, { name: 'address', label: t('common.address') })}
        ${fieldRow(
          input(reader, state, { name: 'phone', label: t('common.phone'), attrs: { type: 'tel', inputmode: 'tel' } }),
          input(reader, state, { name: 'email', label: labels.email, attrs: { type: 'email' } }),
        )}`,
      actions: buttons(reader, t('common.save')),
    }),
  })
}

/** `rows`: how many rates can be written, the ones that there are and some empty ones. */
export const taxRatesFormContent = (
  reader: Reader,
  { state, rows }: { readonly state: FormState; readonly rows: number },
): Html => {
  const { t } = reader
  const numbers = Array.from({ length: rows }, (_, at) => at)
  const labels = Object.fromEntries(
    numbers.flatMap((n) => ['name', 'rate'].map((field) => [`${field}${n}`, t('settings.rate-n', { n: n + 1 })])),
  )
  const labelled: FormState = { ...state, labels }
  const row = (n: number) => html`<fieldset class="form-part"><legend>${t('settings.rate-n', { n: n + 1 })}</legend>
    ${fieldRow(
      input(reader, labelled, {
        name: `name${n}`,
        label: t('settings.tax-rate-name'),
        required: n === 0,
        attrs: { autocomplete: 'off' },
      }),
      quantityInput(reader, labelled, { name: `rate${n}`, label: t('settings.rate'), required: n === 0, unit: '%' }),
    )}</fieldset>`
  return page(reader, {
    title: t('settings.edit-rates'),
    lead: t('settings.rates-lead'),
    body: form(reader, {
      action: '/settings/tax-rates',
      state: labelled,
      body: html`${hidden('formKey', state.values?.formKey ?? '')}<p class="soft">${t('settings.rate-hint')}</p>${numbers.map(row)}`,
      actions: buttons(reader, t('common.save')),
    }),
  })
}

/** `location`: undefined for a new one. Its code cannot change. */
export const locationFormContent = (
  reader: Reader,
  { state: given, location }: { readonly state: FormState; readonly location: Location | undefined },
): Html => {
  const { t } = reader
  const labels = {
    name: t('common.name'),
    code: t('settings.code'),
    kind: t('settings.kind'),
    tills: t('settings.tills'),
  }
  const state: FormState = { ...given, labels }
  const kinds = (['shop', 'warehouse'] as const).map((value) => ({ value, label: t(`settings.kind.${value}`) }))
  const name = input(reader, state, {
    name: 'name',
    label: labels.name,
    required: true,
    attrs: { autocomplete: 'off', autofocus: true },
  })
  const code = input(reader, state, {
    name: 'code',
    label: labels.code,
    hint: t('settings.code-hint'),
    required: true,
    width: 'short',
    attrs: { autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', maxlength: 6 },
  })
  return page(reader, {
    title: t(location ? 'settings.edit-location' : 'settings.new-location'),
    body: form(reader, {
      action: location ? `/settings/locations/${location.locationId}/edit` : '/settings/locations/new',
      state,
      body: html`${hidden('formKey', state.values?.formKey ?? '')}
        ${name}${!location && code}
        ${radios(state, { name: 'kind', label: labels.kind, required: true, choices: kinds })}
        ${quantityInput(reader, state, { name: 'tills', label: labels.tills, hint: t('settings.tills-hint'), required: true, decimals: 0 })}
        ${textarea(reader, state, { name: 'address', label: t('common.address') })}`,
      actions: buttons(reader, t(location ? 'common.save' : 'settings.open-location')),
    }),
  })
}
