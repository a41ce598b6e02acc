// The sample login.
import * as ui from '../../views/components/index.ts'
import { type Html, html } from '../../views/html.ts'
import { barePage, type Frame } from '../../views/layout.ts'

export const loginSample = (frame: Frame): Html => {
  const { reader } = frame
  const { t } = reader
  const state: ui.FormState = { values: { email: 'ana@loja' }, errors: { form: t('login.wrong') } }
  return barePage(frame, {
    title: t('login.title'),
    main: html`<div class="login">
  <div class="login-card">
    <div><h1>${t('login.title')}</h1><p class="lead">${t('login.lead')}</p></div>
    ${ui.form(reader, {
      action: '/login',
      state,
      body: html`
        ${ui.input(reader, state, { name: 'email', label: t('login.email'), required: true, attrs: { type: 'email', autocomplete: 'username', inputmode: 'email' } })}
        ${ui.input(reader, state, { name: 'password', label: t('login.password'), required: true, attrs: { type: 'password', autocomplete: 'current-password' } })}`,
      actions: ui.submitButton({ label: t('login.submit'), size: 'large' }),
    })}
  </div>
  <section class="login-demo">
    <h2>${t('login.demo-title')}</h2>
    <ul>${(['super', 'admin', 'manager', 'employee'] as const).map(
      (who) =>
        html`<li><span>${t(`people.role.${who === 'super' ? 'super-admin' : who}`)}</span><button type="button" data-fill="email" data-value="${who}@caminho.test">${who}@caminho.test</button></li>`,
    )}</ul>
    <p>${t('login.demo-hint', { password: 'caminho-demo' })}</p>
  </section>
</div>`,
  })
}
