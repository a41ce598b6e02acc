// The seals and their state: how much of the log is sealed, by which keys, and what an auditor takes along.
import type { RecordedKey, RecordedSeal } from '../../src/audit/index.ts'
import {
  card,
  emptyState,
  figureTile,
  linkButton,
  type Pager,
  pageHead,
  submitButton,
  table,
  tiles,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { auditTabs } from './audit-shared.ts'

export interface SealsPage {
  readonly seals: readonly RecordedSeal[]
  readonly keys: readonly RecordedKey[]
  /** The latest; undefined before the first. */
  readonly last: RecordedSeal | undefined
  /** Events beyond the last seal, seals left out. */
  readonly waiting: number
  readonly maySeal: boolean
  readonly mayReplaceKey: boolean
  readonly pager: Pager
}

export const sealsContent = (reader: Reader, page: SealsPage): Html => {
  const { t, format } = reader
  const { last, maySeal } = page
  return html`${pageHead({
    title: t('audit.seals'),
    lead: t('audit.seals.lead'),
    actions: html`${linkButton('/api/audit/export', { label: t('audit.seals.export'), icon: 'download', attrs: { download: true } })}${last && html`<form method="post" action="/audit/verifications" data-guarded>${submitButton({ label: t('audit.verify.button'), look: 'plain' })}</form>`}${maySeal && html`<form method="post" action="/audit/seals" data-guarded>${submitButton({ label: t('audit.seals.now'), look: 'primary' })}</form>`}`,
  })}
${auditTabs(reader, '/audit/seals')}
<div class="stack">
  ${tiles(
    figureTile({
      label: t('audit.seals.last'),
      value: last ? format.dateTime(last.seal.at) : t('audit.seals.never'),
    }),
    figureTile({ label: t('audit.seals.covered'), value: format.number(last?.seal.size ?? 0) }),
    figureTile({ label: t('audit.seals.waiting'), value: format.number(page.waiting) }),
  )}
  ${keysCard(reader, page)}
  ${card({ title: t('audit.seals'), flush: true, body: sealsTable(reader, page) })}
</div>`
}

const keysCard = (reader: Reader, { keys, mayReplaceKey }: SealsPage): Html => {
  const { t, format } = reader
  const latestFirst = [...keys].reverse()
  return card({
    title: t('audit.seals.keys'),
    body: html`<p class="soft">${t('audit.seals.keys-hint')}</p>
<ul class="audit-keys">${latestFirst.map(
      ({ key }) =>
        html`<li><code class="audit-id">${key.publicKey}</code> <small class="soft">${key.keyId} · ${t('audit.seals.since', { when: format.dateTime(key.at) })}</small></li>`,
    )}</ul>
${mayReplaceKey && keys.length > 0 && html`<form method="post" action="/audit/keys" data-guarded data-confirm="${t('audit.seals.new-key-confirm')}">${submitButton({ label: t('audit.seals.new-key'), look: 'plain' })}</form>`}`,
  })
}

const sealsTable = (reader: Reader, { seals, pager }: SealsPage): Html => {
  const { t, format } = reader
  return table(reader, {
    id: 'seals',
    caption: t('audit.seals'),
    rows: seals,
    pager,
    empty: emptyState(t('audit.seals.never')),
    columns: [
      {
        label: t('audit.when'),
        primary: true,
        cell: ({ seal, position }) => html`<a href="/audit/events/${position}">${format.dateTime(seal.at)}</a>`,
      },
      { label: t('audit.seals.size'), numeric: true, cell: ({ seal }) => format.number(seal.size) },
      { label: t('audit.seals.root'), cell: ({ seal }) => html`<code class="audit-id">${seal.root}</code>` },
      { label: t('audit.seals.key'), kind: 'minor', cell: ({ seal }) => html`<code>${seal.keyId}</code>` },
    ],
  })
}
