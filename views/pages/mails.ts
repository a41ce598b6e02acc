// The outbox: every mail with its state, one mail with its story and how it reads, and the addresses that get none.
import type { Mail } from '../../projections/mails.ts'
import type { DomainEvents } from '../../src/domain/events.ts'
import type { RecordedEvent } from '../../src/kernel/event.ts'
import {
  actions,
  card,
  detailList,
  emptyState,
  type Fact,
  linkButton,
  notice,
  type Pager,
  pageHead,
  pathline,
  status,
  submitButton,
  type Tone,
  table,
  tabs,
} from '../components/index.ts'
import { type Content, type Html, html } from '../html.ts'
import { catalogue, type PlainKey } from '../locales/index.ts'
import type { Reader } from '../reader.ts'

export const mailStates = ['waiting', 'sent', 'kept', 'bounced', 'failed', 'suppressed'] as const
export type MailShow = Mail['state'] | 'all'

const tones: Readonly<Record<Mail['state'], Tone>> = {
  waiting: 'info',
  sent: 'good',
  kept: 'neutral',
  bounced: 'danger',
  failed: 'danger',
  suppressed: 'warning',
}

export interface MailLine {
  readonly mail: Mail
  readonly recipient: string
}

export interface MailsPage {
  readonly lines: readonly MailLine[]
  readonly show: MailShow
  readonly waiting: number
  readonly isLocal: boolean
  readonly mayWrite: boolean
  readonly pager: Pager
}

const isKey = (key: string): key is PlainKey => Object.hasOwn(catalogue, key)

/** Why a mail did not go: a reason of ours in words, a code of the other side as it is. */
export const because = ({ t }: Reader, code: string): string => {
  const key = `mail.because.${code}`
  return isKey(key) ? t(key) : code
}

const mailStatus = (reader: Reader, { state, code }: Mail): Html =>
  html`${status(tones[state], reader.t(`mail.state.${state}`))}${code !== null && html` <small class="soft">${because(reader, code)}</small>`}`

const retry = ({ t }: Reader, { mailId, state }: Mail, size?: 'small'): Html | false =>
  state !== 'sent' &&
  html`<form method="post" action="/mail/${mailId}/retry" data-guarded>${submitButton({ label: t('mail.retry'), look: 'plain', icon: 'undo', ...(size && { size }) })}</form>`

export const mailsContent = (reader: Reader, page: MailsPage): Html => {
  const { t, format } = reader
  const { lines, show, waiting, isLocal, mayWrite, pager } = page
  return html`${pageHead({
    title: t('mail.title'),
    actions: html`${linkButton('/mail/suppressions', { label: t('mail.suppressions') })}${linkButton('/mail/templates', { label: t('mail.templates') })}`,
  })}
${isLocal && notice('info', t('mail.local'), html`<p>${t('mail.local-hint')}</p>`)}
${tabs(
  t('mail.title'),
  (['all', ...mailStates] as const).map((known) => ({
    href: known === 'all' ? '/mail' : `/mail?show=${known}`,
    label: t(`mail.state.${known}`),
    current: known === show,
    ...(known === 'waiting' && { count: waiting }),
  })),
)}
<div id="mails-found">${table(reader, {
    id: 'mails',
    caption: t('mail.title'),
    rows: lines,
    row: ({ mail }) => ({ id: `mail-${mail.mailId}` }),
    empty: emptyState(t('mail.none')),
    pager,
    columns: [
      {
        label: t('mail.what'),
        primary: true,
        cell: ({ mail }) => html`<a href="/mail/${mail.mailId}">${t(`mail.kind.${mail.kind}`)}</a>`,
      },
      { label: t('mail.to'), cell: ({ recipient }) => recipient },
      { label: t('common.status'), cell: ({ mail }) => mailStatus(reader, mail) },
      { label: t('mail.attempts'), numeric: true, kind: 'minor', cell: ({ mail }) => format.number(mail.attempts) },
      { label: t('mail.queued'), cell: ({ mail }) => format.dateTime(mail.queuedAt) },
      {
        label: t('common.actions'),
        kind: 'actions',
        cell: ({ mail }) => mayWrite && mail.state !== 'waiting' && actions(retry(reader, mail, 'small')),
      },
    ],
  })}</div>`
}

export interface MailPage {
  readonly mail: Mail
  readonly recipient: string
  /** Its facts, as the log has them. */
  readonly story: readonly RecordedEvent[]
  readonly mayWrite: boolean
  /** Nothing brings it to the person: the reader may, with the link in it. */
  readonly isToHandOver: boolean
  /** Undefined: what it says can no longer be known. */
  readonly subject: string | undefined
}

export const mailContent = (reader: Reader, page: MailPage): Html => {
  const { t, format } = reader
  const { mail, recipient, story, subject } = page
  const rows: (readonly [string, Content])[] = [
    [t('mail.what'), t(`mail.kind.${mail.kind}`)],
    [t('mail.to'), [recipient, addressIn(story)].filter(Boolean).join(' · ')],
    [t('mail.attempts'), format.number(mail.attempts)],
  ]
  return html`${pageHead({
    back: { href: '/mail', label: t('mail.title') },
    title: subject ?? t(`mail.kind.${mail.kind}`),
    lead: mailStatus(reader, mail),
    actions: page.mayWrite && retry(reader, mail),
  })}
${page.isToHandOver && notice('info', t('mail.hand-over'), html`<p>${t('mail.hand-over-hint')}</p>`)}
<div class="columns-wide">
  ${card({
    title: t('mail.preview'),
    flush: true,
    link: { href: `/mail/${mail.mailId}/text`, label: t('mail.preview-text') },
    body:
      subject === undefined
        ? notice('info', t('mail.gone'))
        : html`<iframe class="mail-preview" src="/mail/${mail.mailId}/preview" title="${t('mail.preview')}" sandbox loading="lazy"></iframe>`,
  })}
  <div class="stack">
    ${card({ title: t('common.details'), body: detailList(rows) })}
    ${card({
      title: t('mail.story'),
      body: pathline(
        t('mail.story'),
        story.map((fact) => factOf(reader, fact)),
      ),
    })}
  </div>
</div>`
}

type Known = Partial<DomainEvents['MailDeferred'] & { because: string; address: string | null }>

/** The facts of a mail share these fields, where they have them. */
const known = ({ data }: RecordedEvent): Known => data as Known

const addressIn = (story: readonly RecordedEvent[]): string => (story[0] && known(story[0]).address) ?? ''

const factTones: Readonly<Record<string, Tone>> = {
  MailSent: 'good',
  MailDeferred: 'warning',
  MailBounced: 'danger',
  MailFailed: 'danger',
  MailSuppressed: 'warning',
}

const factOf = (reader: Reader, fact: RecordedEvent): Fact => {
  const { t, format } = reader
  const { at = fact.recordedAt, until, because: reason, code, reply } = known(fact)
  const title = `mail.fact.${fact.type}`
  const said = [
    reason !== undefined && because(reader, reason),
    reply ?? code,
    until !== undefined && t('mail.until', { time: format.dateTime(until) }),
  ].filter(Boolean)
  return {
    title: isKey(title) ? t(title) : fact.type,
    when: { instant: at, text: format.dateTime(at) },
    tone: factTones[fact.type] ?? 'neutral',
    ...(said.length > 0 && { body: html`${said.map((line) => html`<p>${line}</p>`)}` }),
  }
}
