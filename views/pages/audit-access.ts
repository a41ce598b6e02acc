// Who looked at whose personal data.
import type { DomainEvents } from '../../src/domain/events.ts'
import { emptyState, type Pager, pageHead, table } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { auditTabs } from './audit-shared.ts'

export type AccessLine = DomainEvents['PersonalDataViewed'] & {
  readonly viewer: string
  /** Whose data, by name; undefined for a list. */
  readonly subject: string | undefined
}

export const accessContent = (
  reader: Reader,
  { lines, pager }: { readonly lines: readonly AccessLine[]; readonly pager: Pager },
): Html => {
  const { t, format } = reader
  const subjectOf = ({ kind, subjectId, subject }: AccessLine) => {
    if (kind === 'people' || kind === 'customers') return t(`audit.access.${kind}`)
    return html`<a href="/audit/story/${kind}/${subjectId}">${subject ?? t('people.somebody')}</a>`
  }
  return html`${pageHead({ title: t('audit.access'), lead: t('audit.access.lead') })}
${auditTabs(reader, '/audit/access')}
${table(reader, {
  id: 'accesses',
  caption: t('audit.access'),
  rows: lines,
  pager,
  empty: emptyState(t('audit.access.none')),
  columns: [
    { label: t('audit.access.viewer'), primary: true, cell: ({ viewer }) => viewer },
    { label: t('audit.access.subject'), cell: subjectOf },
    { label: t('audit.when'), cell: ({ at }) => format.dateTime(at) },
  ],
})}`
}
