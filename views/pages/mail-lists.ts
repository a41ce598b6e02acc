// The addresses that get no mail, and the templates with sample data.
import type { Suppression } from '../../projections/suppressions.ts'
import { card, emptyState, type Pager, pageHead, submitButton, table } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { because } from './mails.ts'

export interface SuppressionLine {
  readonly suppression: Suppression
  readonly recipient: string
}

export const suppressionsContent = (
  reader: Reader,
  page: { readonly lines: readonly SuppressionLine[]; readonly mayWrite: boolean; readonly pager: Pager },
): Html => {
  const { t, format } = reader
  return html`${pageHead({
    back: { href: '/mail', label: t('mail.title') },
    title: t('mail.suppressions'),
    lead: t('mail.suppressions-lead'),
  })}
${table(reader, {
  id: 'suppressions',
  caption: t('mail.suppressions'),
  rows: page.lines,
  row: ({ suppression }) => ({ id: `suppression-${suppression.recipientKey}` }),
  empty: emptyState(t('mail.suppressions-none')),
  pager: page.pager,
  columns: [
    { label: t('common.person'), primary: true, cell: ({ recipient }) => recipient },
    { label: t('common.reason'), cell: ({ suppression }) => because(reader, suppression.because) },
    { label: t('mail.since'), cell: ({ suppression }) => format.dateTime(suppression.suppressedAt) },
    {
      label: t('common.actions'),
      kind: 'work',
      cell: ({ suppression }) =>
        page.mayWrite &&
        html`<form method="post" action="/mail/suppressions/${suppression.recipientKey}/release" data-guarded>${submitButton({ label: t('mail.release'), look: 'plain', size: 'small' })}</form>`,
    },
  ],
})}`
}

/** The templates with sample data: one link each. */
export const templatesContent = (reader: Reader, samples: readonly string[]): Html => {
  const { t } = reader
  return html`${pageHead({ back: { href: '/mail', label: t('mail.title') }, title: t('mail.templates'), lead: t('mail.templates-lead') })}
<div class="stack">${samples.map((sample) =>
    card({
      title: sample,
      flush: true,
      link: { href: `/mail/templates/${sample}/text`, label: t('mail.preview-text') },
      body: html`<iframe class="mail-preview" src="/mail/templates/${sample}" title="${sample}" sandbox loading="lazy"></iframe>`,
    }),
  )}</div>`
}
