// A person's account as a form: for a new one with the first password, and for a change.
import type { Person } from '../../projections/people.ts'
import {
  type Choice,
  type FormState,
  fieldRow,
  form,
  formPart,
  hidden,
  input,
  linkButton,
  notice,
  pageHead,
  select,
  submitButton,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export interface PersonFormPage {
  readonly title: string
  readonly action: string
  readonly back: { readonly href: string; readonly label: string }
  readonly button: string
  readonly state: FormState
  /** The roles that the reader may give. */
  readonly roles: readonly Person['role'][]
  readonly locations: readonly Choice[]
  readonly departments: readonly string[]
  /** For a new person: how the welcome with the link to choose a password reaches them. */
  readonly welcomed?: 'by-mail' | 'in-outbox'
}

interface PasswordInput {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly isNew: boolean
  readonly required?: boolean
}

/** A password is never written back into the page. */
export const passwordInput = (
  reader: Reader,
  state: FormState,
  { name, label, hint, isNew, required = true }: PasswordInput,
): Html =>
  input(
    reader,
    { errors: state.errors ?? {} },
    {
      name,
      label,
      required,
      width: 'medium',
      ...(hint !== undefined && { hint }),
      attrs: { type: 'password', autocomplete: isNew ? 'new-password' : 'current-password' },
    },
  )

export const personFormContent = (reader: Reader, page: PersonFormPage): Html => {
  const { t } = reader
  const labels = {
    name: t('common.name'),
    email: t('common.email'),
    role: t('people.role'),
    departments: t('people.departments'),
    password: t('people.initial-password'),
  }
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
        name: 'email',
        label: t('common.email'),
        hint: t('people.email-hint'),
        required: true,
        attrs: { type: 'email', autocomplete: 'off', spellcheck: 'false' },
      }),
      input(reader, state, {
        name: 'phone',
        label: t('common.phone'),
        attrs: { type: 'tel', inputmode: 'tel', autocomplete: 'off' },
      }),
    )}
    ${formPart(
      t('people.work'),
      html`${select(reader, state, {
        name: 'role',
        label: t('people.role'),
        hint: t('people.role-hint'),
        required: true,
        width: 'medium',
        choices: page.roles.map((value) => ({ value, label: t(`people.role.${value}`) })),
      })}
      ${input(reader, state, { name: 'departments', label: t('people.departments'), hint: t('people.departments-hint'), attrs: { autocomplete: 'off', list: 'departments' } })}
      <datalist id="departments">${page.departments.map((name) => html`<option value="${name}"></option>`)}</datalist>
      ${select(reader, state, { name: 'locationId', label: t('people.workplace'), width: 'medium', choices: page.locations, empty: t('people.any-location') })}`,
    )}
    ${
      page.welcomed &&
      formPart(
        t('people.account'),
        html`<p>${t(`people.welcomed-${page.welcomed}`)}</p>
        ${passwordInput(reader, state, {
          name: 'password',
          label: t('people.initial-password'),
          hint: t('people.initial-password-hint'),
          isNew: true,
          required: false,
        })}`,
      )
    }`,
  actions: html`${submitButton({ label: page.button })}${linkButton(page.back.href, { label: t('common.cancel') })}`,
})}
</div>`
}

/** A new password that an administrator sets for somebody. */
export const personPasswordContent = (
  reader: Reader,
  page: { readonly name: string; readonly path: string; readonly state: FormState },
): Html => {
  const { t } = reader
  const { name, path } = page
  const state: FormState = { ...page.state, labels: { password: t('profile.new-password') } }
  return html`<div class="narrow stack">
${pageHead({ title: t('people.password-title', { name }), back: { href: path, label: name } })}
${notice('info', t('people.password-lead'))}
${form(reader, {
  action: `${path}/password`,
  state,
  body: passwordInput(reader, state, {
    name: 'password',
    label: t('profile.new-password'),
    hint: t('profile.new-password-hint'),
    isNew: true,
  }),
  actions: html`${submitButton({ label: t('people.reset-password') })}${linkButton(path, { label: t('common.cancel') })}`,
})}
</div>`
}
