// What the reader was told: the newest on top, what is unread marked; and the form by which people send a message.
import type { Notification } from '../../projections/notifications.ts'
import {
  type Choice,
  card,
  checkbox,
  emptyState,
  type FormState,
  form,
  hidden,
  icon,
  input,
  linkButton,
  pageHead,
  radios,
  select,
  shape,
  submitButton,
  tabs,
  textarea,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import {
  notificationGroup,
  notificationHref,
  notificationText,
  notificationTitle,
  severityTone,
} from '../notification-words.ts'
import type { Reader } from '../reader.ts'

export const notificationShows = ['unread', 'all'] as const
export type NotificationShow = (typeof notificationShows)[number]

export interface NotificationLine {
  readonly notification: Notification
  readonly unread: boolean
}

export interface NotificationsPage {
  readonly lines: readonly NotificationLine[]
  readonly show: NotificationShow
  readonly unread: number
  readonly maySend: boolean
}

/** The bell of the frame, with how much is unread; the whole of it is replaced when that changes. */
export const bell = ({ t, format }: Reader, unread: number): Html => {
  const label = unread > 0 ? t('notifications.bell', { count: unread }) : t('notifications.bell-none')
  return html`<a class="bell" id="bell" href="/notifications" aria-label="${label}" title="${label}">${icon('bell')}${
    unread > 0 &&
    html`<span class="bell-count" aria-hidden="true">${unread > 99 ? '99+' : format.number(unread)}</span>`
  }</a>`
}

export const notificationsContent = (reader: Reader, page: NotificationsPage): Html => {
  const { t } = reader
  const { lines, show, unread } = page
  return html`${pageHead({
    title: t('notifications.title'),
    actions: html`${page.maySend && linkButton('/notifications/new', { label: t('notifications.new'), look: 'primary', icon: 'plus' })}${
      unread > 0 &&
      html`<form method="post" action="/notifications/read-all" data-guarded>${submitButton({ label: t('notifications.mark-all'), look: 'plain', icon: 'check' })}</form>`
    }${linkButton('/profile/notifications', { label: t('notifications.preferences-link'), look: 'quiet', icon: 'settings' })}`,
  })}
${tabs(
  t('notifications.title'),
  notificationShows.map((known) => ({
    href: known === 'unread' ? '/notifications' : `/notifications?show=${known}`,
    label: t(`notifications.show.${known}`),
    current: known === show,
    ...(known === 'unread' && { count: unread }),
  })),
)}
<div id="notifications-found">${
    lines.length === 0
      ? emptyState(t(show === 'unread' ? 'notifications.empty' : 'notifications.none'), t('notifications.empty-hint'))
      : html`<ol class="notifications">${lines.map((line) => notificationLine(reader, line))}</ol>`
  }</div>`
}

/** One line of the list; the same function makes the fragment that is sent alone when it changes. */
export const notificationLine = (reader: Reader, { notification, unread }: NotificationLine): Html => {
  const { t, format } = reader
  const { notificationId, kind, severity, items, count, lastAt } = notification
  const [latest] = items
  if (!latest) return html``
  const isGroup = count > 1
  const title = isGroup ? notificationGroup(reader, kind, count) : notificationTitle(reader, latest.about)
  const text = isGroup ? '' : notificationText(reader, latest.about)
  const leads = !isGroup && notificationHref(latest.about) !== undefined
  return html`<li class="notification tone-${severityTone[severity]}${unread ? ' notification-unread' : ''}" id="notification-${notificationId}">
  <span class="notification-sign" aria-label="${t(`notifications.severity.${severity}`)}" role="img">${shape(severityTone[severity])}</span>
  <div class="notification-body">
    <div class="notification-title">${
      leads
        ? html`<form method="post" action="/notifications/${notificationId}/open"><button class="link-button" type="submit">${title}</button></form>`
        : title
    }${unread && html` <span class="badge tone-info">${t('notifications.unread')}</span>`}</div>
    ${text !== '' && html`<p class="notification-text">${text}</p>`}
    ${isGroup && groupItems(reader, notification)}
    <p class="notification-when"><time datetime="${lastAt}">${format.dateTime(lastAt)}</time></p>
  </div>
  ${unread && html`<form method="post" action="/notifications/${notificationId}/read" data-guarded>${submitButton({ label: t('notifications.mark-read'), look: 'quiet', size: 'small', icon: 'check' })}</form>`}
</li>`
}

const groupItems = (reader: Reader, { items }: Notification): Html => html`<details class="notification-items">
  <summary>${reader.t('notifications.see-items')}</summary>
  <ul>${items.map(({ about }) => {
    const href = notificationHref(about)
    const title = notificationTitle(reader, about)
    return html`<li>${href === undefined ? title : html`<a href="${href}">${title}</a>`} <small>${notificationText(reader, about)}</small></li>`
  })}</ul>
</details>`

export interface MessageFormPage {
  readonly state: FormState
  readonly audiences: readonly Choice[]
}

export const messageFormContent = (reader: Reader, { state: given, audiences }: MessageFormPage): Html => {
  const { t } = reader
  const labels = {
    audience: t('notifications.to'),
    title: t('notifications.message-title'),
    text: t('notifications.message-text'),
  }
  const state: FormState = { ...given, labels }
  return html`<div class="narrow stack">
${pageHead({ title: t('notifications.new'), back: { href: '/notifications', label: t('notifications.title') } })}
${card({
  body: form(reader, {
    action: '/notifications',
    state,
    body: html`${hidden('formKey', state.values?.formKey ?? '')}
      ${select(reader, state, { name: 'audience', label: labels.audience, required: true, choices: audiences, empty: t('notifications.choose-to') })}
      ${input(reader, state, { name: 'title', label: labels.title, required: true, attrs: { autocomplete: 'off', maxlength: 200 } })}
      ${textarea(reader, state, { name: 'text', label: labels.text })}
      ${radios(state, {
        name: 'severity',
        label: t('notifications.severity'),
        required: true,
        value: 'info',
        choices: (['info', 'warning', 'danger'] as const).map((value) => ({
          value,
          label: t(`notifications.severity.${value}`),
        })),
      })}
      ${checkbox(state, { name: 'mail', label: t('notifications.also-mail') })}`,
    actions: html`${submitButton({ label: t('notifications.send') })}${linkButton('/notifications', { label: t('common.cancel') })}`,
  }),
})}
</div>`
}
