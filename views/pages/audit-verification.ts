// A verification of the whole log: how far it is, and its verdict.
import type { ToldVerdict } from '../../src/web/verifications.ts'
import { card, live, notice, pageHead } from '../components/index.ts'
import { attributes, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { auditTabs } from './audit-shared.ts'

export interface VerificationPage {
  readonly id: string
  /** Events read so far. */
  readonly events: number
  /** Undefined while it goes on. */
  readonly result: ToldVerdict | 'interrupted' | undefined
}

export const verificationContent = (reader: Reader, page: VerificationPage): Html => {
  const { t } = reader
  const isRunning = page.result === undefined
  const href = `/audit/verifications/${page.id}`
  const asking = { ...live({ id: 'verdict', href, hears: [] }), ...(isRunning && { 'hx-trigger': 'every 1s' }) }
  const back = { href: '/audit/seals', label: t('audit.seals') }
  return html`${pageHead({ title: t('audit.verify.title'), lead: t('audit.verify.lead'), back })}
${auditTabs(reader, '/audit/seals')}
<div${attributes({ class: 'stack', ...asking })}><div role="status">${said(reader, page)}</div></div>`
}

function said(reader: Reader, { events, result }: VerificationPage): Html {
  const { t, format } = reader
  if (result === undefined) return notice('info', t('audit.reading', { events: format.number(events) }))
  if (result === 'interrupted') return notice('warning', t('audit.verify.interrupted'))
  return result.finding ? tampered(reader, result.finding) : whole(reader, result)
}

const whole = ({ t, format }: Reader, { proved, events, lastSeal }: ToldVerdict): Html => {
  const counts = { proved: format.number(proved), left: format.number(events - proved) }
  return html`${notice('good', t('audit.verify.whole', counts))}
${lastSeal && card({ title: t('audit.verify.compare'), body: html`<p><code class="audit-id">${lastSeal.root}</code> <small class="soft">${format.number(lastSeal.size)} · ${format.dateTime(lastSeal.at)}</small></p>` })}`
}

const tampered = ({ t, format }: Reader, finding: NonNullable<ToldVerdict['finding']>): Html => {
  const { kind, index, event, detail } = finding
  return html`${notice('danger', t(`audit.verify.kind.${kind}`, { index: format.number(index) }))}
${card({
  title: t('audit.verify.what'),
  body: html`<p lang="en">${detail}</p>${event && html`<p><code class="audit-id">${event.type} ${event.id} · ${event.stream} @ ${event.revision}</code></p>`}<p class="soft">${t('audit.verify.next')}</p>`,
})}`
}
