// The explorer of the log: what happened, who did it, when; the latest first.
import type { RecordedEvent } from '../../src/kernel/event.ts'
import {
  type Chip,
  type Choice,
  dateInput,
  emptyState,
  filterBar,
  type Pager,
  pageHead,
  select,
  table,
} from '../components/index.ts'
import { attributes, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { actorName, auditTabs, eventLink } from './audit-shared.ts'

export interface ExplorerPage {
  readonly events: readonly RecordedEvent[]
  readonly nameOf: (id: string) => string | undefined
  readonly types: readonly Choice[]
  readonly people: readonly Choice[]
  /** What is filtered by, as the address has it. */
  readonly values: Readonly<Record<string, string>>
  readonly chips: readonly Chip[]
  readonly pager: Pager
  /** The address of this view, where it keeps itself up to date: the first page. */
  readonly live: string | undefined
}

export const explorerContent = (reader: Reader, page: ExplorerPage): Html => {
  const { t, format } = reader
  const { events, nameOf, values, live } = page
  return html`${pageHead({ title: t('audit.title'), lead: t('audit.lead') })}
${auditTabs(reader, '/audit')}
${filters(reader, page)}
<div${attributes({
    id: 'found',
    ...(live && {
      'data-live': true,
      'hx-get': live,
      'hx-trigger': 'refresh',
      'hx-select': '#found',
      'hx-swap': 'outerMorph',
      'hx-status:4xx': 'swap:none',
      'hx-status:5xx': 'swap:none',
    }),
  })}>${table(reader, {
    id: 'events',
    caption: t('audit.log'),
    rows: events,
    row: ({ position }) => ({ id: `event-${position}` }),
    empty: emptyState(t('audit.none'), Object.keys(values).length > 0 && t('audit.none-hint')),
    pager: page.pager,
    columns: [
      { label: t('audit.event'), primary: true, cell: (event) => eventLink(reader, event) },
      { label: t('audit.who'), cell: ({ metadata }) => actorName(reader, metadata.actor, nameOf) },
      {
        label: t('audit.stream'),
        kind: 'minor',
        cell: ({ stream }) =>
          html`<a class="audit-stream" href="/audit?stream=${encodeURIComponent(stream)}">${stream}</a>`,
      },
      { label: t('audit.when'), cell: ({ recordedAt }) => format.dateTime(recordedAt) },
      {
        label: t('audit.position'),
        numeric: true,
        kind: 'minor',
        cell: ({ position }) => format.number(Number(position)),
      },
    ],
  })}</div>`
}

const filters = (reader: Reader, { types, people, values, chips }: ExplorerPage): Html => {
  const { t } = reader
  const state = { values }
  return filterBar(reader, {
    action: '/audit',
    search: { name: 'stream', value: values.stream ?? '', placeholder: t('audit.stream') },
    fields: html`${select(reader, state, { name: 'type', label: t('audit.type'), empty: t('audit.any-type'), choices: types })}
${select(reader, state, { name: 'person', label: t('audit.who'), empty: t('audit.anybody'), choices: people })}
${dateInput(reader, state, { name: 'from', label: t('audit.from') })}${dateInput(reader, state, { name: 'to', label: t('audit.to') })}`,
    chips,
    clear: '/audit',
  })
}
