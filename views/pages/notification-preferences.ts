// How the reader wants to be told: by which channel of what, when to be left alone, and which reports come by mail.
import type {
  Channels,
  NotificationKind,
  QuietHours,
  ReportFrequency,
  ReportSubscription,
} from '../../src/domain/notifications/events.ts'
import {
  button,
  card,
  checkbox,
  type FormState,
  fieldRow,
  form,
  input,
  pageHead,
  submitButton,
} from '../components/index.ts'
import { attributes, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export interface NotificationPreferencesPage {
  readonly channels: readonly (readonly [kind: NotificationKind, chosen: Channels])[]
  readonly quietHours: QuietHours | null
  readonly subscriptions: readonly ReportSubscription[]
  /** None for who may not read reports. */
  readonly frequencies: readonly ReportFrequency[]
  /** IANA. */
  readonly zone: string
  readonly state: FormState
}

/** What the time fields show before anything is chosen. */
const usual = { from: '20:00', to: '07:00', report: '07:00' }

export const notificationPreferencesContent = (reader: Reader, page: NotificationPreferencesPage): Html => {
  const { t } = reader
  const state: FormState = { ...page.state, labels: { zone: t('notifications.zone') } }
  return html`<div class="narrow stack">
${pageHead({
  title: t('notifications.preferences'),
  lead: t('notifications.preferences-lead'),
  back: { href: '/profile', label: t('profile.title') },
  // Shown by a browser that can, and has not been asked yet.
  actions: button({ label: t('notifications.in-browser'), icon: 'bell', attrs: { id: 'ask-notices', hidden: true } }),
})}
${form(reader, {
  action: '/profile/notifications',
  state,
  body: html`${card({ flush: true, body: channelTable(reader, page) })}
    ${card({ title: t('notifications.quiet'), body: quietFields(reader, state, page) })}
    ${page.frequencies.length > 0 && card({ title: t('notifications.reports'), body: reportFields(reader, state, page) })}
    ${input(reader, state, { name: 'zone', label: t('notifications.zone'), required: true, width: 'medium', value: page.zone, attrs: { autocomplete: 'off', spellcheck: 'false' } })}`,
  actions: submitButton({ label: t('common.save') }),
})}
</div>`
}

const channelTable = ({ t }: Reader, { channels }: NotificationPreferencesPage): Html => {
  const box = (channel: 'push' | 'mail', kind: NotificationKind, checked: boolean) => {
    const label = `${t(`notifications.kind.${kind}`)}: ${t(`notifications.${channel}`)}`
    return html`<td><input${attributes({ type: 'checkbox', class: 'channel-box', name: `${channel}.${kind}`, checked, 'aria-label': label })} /></td>`
  }
  return html`<table class="table-plain channels">
  <thead><tr><th scope="col">${t('notifications.what')}</th><th scope="col">${t('notifications.push')}</th><th scope="col">${t('notifications.mail')}</th></tr></thead>
  <tbody>${channels.map(
    ([kind, { push, mail }]) =>
      html`<tr><th scope="row">${t(`notifications.kind.${kind}`)}</th>${box('push', kind, push)}${box('mail', kind, mail)}</tr>`,
  )}</tbody>
</table>`
}

const timeField = (reader: Reader, state: FormState, name: string, label: string, value: string): Html =>
  input(reader, state, { name, label, required: true, width: 'short', value, attrs: { type: 'time', step: 900 } })

const quietFields = (reader: Reader, state: FormState, { quietHours }: NotificationPreferencesPage): Html => {
  const { t } = reader
  return html`<p class="hint">${t('notifications.quiet-hint')}</p>
${checkbox(state, { name: 'quiet', label: t('notifications.quiet-on'), value: quietHours ? 'on' : '' })}
${fieldRow(
  timeField(reader, state, 'quietFrom', t('notifications.quiet-from'), quietHours?.from ?? usual.from),
  timeField(reader, state, 'quietTo', t('notifications.quiet-to'), quietHours?.to ?? usual.to),
)}`
}

const reportFields = (reader: Reader, state: FormState, page: NotificationPreferencesPage): Html => {
  const { t } = reader
  return html`<p class="hint">${t('notifications.reports-hint')}</p>
${page.frequencies.map((every) => {
  const chosen = page.subscriptions.find((subscription) => subscription.every === every)
  return html`<div class="report-choice">
  ${checkbox(state, { name: `report.${every}`, label: t(`notifications.every.${every}`), value: chosen ? 'on' : '' })}
  ${timeField(reader, state, `time.${every}`, t('notifications.time'), chosen?.time ?? usual.report)}
</div>`
})}`
}
