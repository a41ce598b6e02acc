// The reader's own account: their data, their language and theme, their password, their sessions.
import type { Person } from '../../projections/people.ts'
import {
  card,
  type FormState,
  fieldRow,
  form,
  hidden,
  input,
  linkButton,
  pageHead,
  radios,
  submitButton,
} from '../components/index.ts'
import { type Theme, themes } from '../document.ts'
import { type Html, html } from '../html.ts'
import { locales } from '../locales/index.ts'
import type { Reader } from '../reader.ts'
import { personName } from './people.ts'
import { passwordInput } from './person-form.ts'
import { type SessionLine, sessionsTable } from './sessions.ts'

export const profileForms = ['data', 'preferences', 'password'] as const
export type ProfileForm = (typeof profileForms)[number]

export interface ProfilePage {
  readonly person: Person
  readonly theme: Theme
  readonly sessions: readonly SessionLine[]
  /** The state of the form that came back, if one did. */
  readonly states: Readonly<Record<ProfileForm, FormState>>
}

const languages = { 'pt-MZ': 'Português', en: 'English' } as const

export const profileContent = (reader: Reader, page: ProfilePage): Html => {
  const { t } = reader
  const { person, sessions } = page
  return html`${pageHead({ title: t('profile.title'), lead: `${personName(reader, person)}, ${t(`people.role.${person.role}`)}` })}
<div class="columns">
  <div class="stack">
    ${card({ title: t('profile.data'), body: dataForm(reader, page) })}
    ${card({ title: t('profile.preferences'), body: preferencesForm(reader, page) })}
    ${card({
      title: t('notifications.preferences'),
      body: html`<p>${t('notifications.preferences-lead')}</p>${linkButton('/profile/notifications', { label: t('notifications.preferences-link'), icon: 'bell' })}`,
    })}
  </div>
  ${card({ title: t('profile.password'), body: passwordForm(reader, page.states.password) })}
</div>
${card({
  title: t('profile.sessions'),
  flush: true,
  actions:
    sessions.length > 1 &&
    html`<form method="post" action="/profile/sessions/end" data-guarded data-confirm="${t('profile.revoke-others-confirm')}">${submitButton({ label: t('people.revoke-all'), look: 'plain', size: 'small' })}</form>`,
  body: sessionsTable(reader, { lines: sessions, endAt: (sessionId) => `/profile/sessions/${sessionId}/end` }),
})}`
}

const dataForm = (reader: Reader, { person, states }: ProfilePage): Html => {
  const { t } = reader
  const state: FormState = { ...states.data, labels: { name: t('common.name'), phone: t('common.phone') } }
  return form(reader, {
    action: '/profile/data',
    state,
    body: html`${hidden('formKey', state.values?.formKey ?? '')}
      ${input(reader, state, { name: 'name', label: t('common.name'), required: true, value: person.name ?? '', attrs: { autocomplete: 'name' } })}
      ${fieldRow(
        input(reader, state, {
          name: 'phone',
          label: t('common.phone'),
          value: person.phone ?? '',
          attrs: { type: 'tel', inputmode: 'tel', autocomplete: 'tel' },
        }),
        input(
          reader,
          {},
          {
            name: 'email',
            label: t('common.email'),
            hint: t('profile.email-hint'),
            required: true,
            value: person.email ?? '',
            attrs: { readonly: true, type: 'email', autocomplete: 'username' },
          },
        ),
      )}`,
    actions: submitButton({ label: t('common.save'), look: 'plain' }),
  })
}

const preferencesForm = (reader: Reader, { theme, states }: ProfilePage): Html => {
  const { t, locale } = reader
  return form(reader, {
    action: '/profile/preferences',
    state: states.preferences,
    body: html`${radios(states.preferences, {
      name: 'locale',
      label: t('profile.language'),
      required: true,
      value: locale,
      choices: locales.map((value) => ({ value, label: languages[value] })),
    })}
      ${radios(states.preferences, {
        name: 'theme',
        label: t('nav.theme'),
        required: true,
        value: theme,
        choices: themes.map((value) => ({ value, label: t(`nav.theme.${value}`) })),
      })}`,
    actions: submitButton({ label: t('common.save'), look: 'plain' }),
  })
}

const passwordForm = (reader: Reader, given: FormState): Html => {
  const { t } = reader
  const labels = { current: t('profile.current-password'), password: t('profile.new-password') }
  const state: FormState = { ...given, labels }
  return form(reader, {
    action: '/profile/password',
    state,
    body: html`${passwordInput(reader, state, { name: 'current', label: labels.current, isNew: false })}
      ${passwordInput(reader, state, { name: 'password', label: labels.password, hint: t('profile.new-password-hint'), isNew: true })}`,
    actions: submitButton({ label: t('profile.change-password'), look: 'plain' }),
  })
}
