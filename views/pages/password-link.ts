// A password by a link: asked for without telling who has an account, and chosen by whoever holds the link.
import { card, emptyState, type FormState, form, input, linkButton, notice, submitButton } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { passwordInput } from './person-form.ts'

export const forgottenContent = (reader: Reader, state: FormState): Html => {
  const { t } = reader
  return html`<div class="login">
  <section class="login-card">
    <div><h1>${t('password-link.request-title')}</h1><p class="lead">${t('password-link.request-lead')}</p></div>
    ${form(reader, {
      action: '/password/forgot',
      state,
      body: input(reader, state, {
        name: 'email',
        label: t('login.email'),
        required: true,
        attrs: { type: 'email', autocomplete: 'username', autofocus: true, spellcheck: 'false' },
      }),
      actions: html`${submitButton({ label: t('password-link.request'), size: 'large' })}<a href="/login">${t('common.cancel')}</a>`,
    })}
  </section>
</div>`
}

/** The same, whether there is such an account or not. */
export const requestedContent = ({ t }: Reader): Html => html`<div class="login">
  <section class="login-card">
    <h1>${t('password-link.request-title')}</h1>
    ${notice('info', t('password-link.requested'), html`<p>${t('password-link.requested-hint')}</p>`)}
    <div class="actions">${linkButton('/login', { label: t('login.title') })}</div>
  </section>
</div>`

/** `action`: the address of the link itself. */
export const choosePasswordContent = (
  reader: Reader,
  { state, action }: { state: FormState; action: string },
): Html => {
  const { t } = reader
  return html`<div class="login">
  <section class="login-card">
    <h1>${t('password-link.set-title')}</h1>
    ${form(reader, {
      action,
      state: { ...state, labels: { password: t('profile.new-password') } },
      body: passwordInput(reader, state, {
        name: 'password',
        label: t('profile.new-password'),
        hint: t('profile.new-password-hint'),
        isNew: true,
      }),
      actions: submitButton({ label: t('password-link.set'), size: 'large' }),
    })}
  </section>
</div>`
}

export const linkOverContent = ({ t }: Reader): Html =>
  card({
    body: emptyState(
      t('password-link.over'),
      t('password-link.over-hint'),
      linkButton('/password/forgot', { label: t('password-link.ask-again'), look: 'primary' }),
    ),
  })

/** Before and after somebody has stopped mails of a kind. */
export const unsubscribeContent = (
  { t }: Reader,
  page: { readonly state: 'asking' | 'done' | 'broken'; readonly action: string },
): Html => {
  if (page.state === 'broken') return card({ body: emptyState(t('unsubscribe.broken')) })
  if (page.state === 'done') return card({ body: emptyState(t('unsubscribe.done'), t('unsubscribe.lead')) })
  return html`<div class="login"><section class="login-card">
  <h1>${t('unsubscribe.title')}</h1>
  <p class="lead">${t('unsubscribe.lead')}</p>
  <form class="form" method="post" action="${page.action}"><div class="actions">${submitButton({ label: t('unsubscribe.button'), size: 'large' })}</div></form>
</section></div>`
}
