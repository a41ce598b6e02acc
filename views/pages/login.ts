// The way in.

import { submitButton } from '../components/button.ts'
import { notice } from '../components/card.ts'
import { type FormState, hidden, input } from '../components/field.ts'
import { form } from '../components/form.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export interface DemoAccounts {
  readonly emails: readonly string[]
  readonly password: string
}

export const loginReasons = ['logged-out', 'session-ended', 'password-set'] as const

export interface LoginPage {
  readonly state: FormState
  /** The local address to go to afterwards. */
  readonly next: string
  /** Why they are here again. */
  readonly reason?: (typeof loginReasons)[number] | undefined
  readonly demo?: DemoAccounts | undefined
}

export const loginContent = (reader: Reader, { state, next, reason, demo }: LoginPage): Html => {
  const { t } = reader
  return html`<div class="login">
  ${reason && notice('info', t(`login.${reason}`))}
  <section class="login-card">
    <div><h1>${t('login.title')}</h1><p class="lead">${t('login.lead')}</p></div>
    ${form(reader, {
      action: '/login',
      state,
      body: html`${hidden('next', next)}
        ${input(reader, state, { name: 'email', label: t('login.email'), required: true, attrs: { type: 'email', autocomplete: 'username', autofocus: true, spellcheck: 'false' } })}
        ${input(reader, { errors: state.errors ?? {} }, { name: 'password', label: t('login.password'), required: true, attrs: { type: 'password', autocomplete: 'current-password' } })}`,
      actions: html`${submitButton({ label: t('login.submit'), size: 'large' })}<a href="/password/forgot">${t('password-link.forgot')}</a>`,
    })}
  </section>
  ${demo && demoAccounts(reader, demo)}
</div>`
}

const demoAccounts = ({ t }: Reader, { emails, password }: DemoAccounts): Html => html`<section class="login-demo">
  <h2>${t('login.demo-title')}</h2>
  <ul>${emails.map((email) => html`<li><code>${email}</code></li>`)}</ul>
  <p>${t('login.demo-hint', { password })}</p>
</section>`
