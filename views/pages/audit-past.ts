// The past and what might have been: reports as of a date, and the log replayed with another rule.
import type { Comparison, DocumentChange } from '../../src/audit/index.ts'
import type { Report, ReportId } from '../../src/reporting/report.ts'
import {
  card,
  dateInput,
  emptyState,
  errorSummary,
  type FormState,
  fieldRow,
  hidden,
  input,
  live,
  notice,
  pageHead,
  select,
  submitButton,
  table,
} from '../components/index.ts'
import { attributes, type Content, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { auditTabs } from './audit-shared.ts'

interface PastReport {
  readonly report: Report
  /** What it can be narrowed by. */
  readonly choices: Html
  readonly body: Html
  readonly day: string
  readonly position: bigint
}

export interface PastPage {
  readonly reportIds: readonly ReportId[]
  readonly values: Readonly<Record<string, string>>
  /** The report that was asked for, drawn; false: nothing was asked for. */
  readonly shown: false | Underway | PastReport
}

/** What was asked for is being made: so many events were read, and where to ask again. */
export interface Underway {
  readonly events: number
  readonly again: string
}

const isUnderway = <Made extends object>(asked: Made | Underway): asked is Underway => 'again' in asked

/** What was asked for, drawn, or how far it is: then it asks again by itself. */
function awaited<Made extends object>(
  { t, format }: Reader,
  asked: Made | Underway | false | undefined,
  draw: (made: Made) => Html,
): Html {
  if (!asked) return html`<div id="made" class="stack"></div>`
  if (!isUnderway(asked)) return html`<div id="made" class="stack">${draw(asked)}</div>`
  const asking = { ...live({ id: 'made', href: asked.again, hears: [] }), 'hx-trigger': 'every 1s' }
  const said = notice('info', t('audit.reading', { events: format.number(asked.events) }))
  return html`<div${attributes({ class: 'stack', ...asking })}><div role="status">${said}</div></div>`
}

export const pastContent = (reader: Reader, { reportIds, values, shown }: PastPage): Html => {
  const { t } = reader
  const state = { values }
  const choices = reportIds.map((id) => ({ value: id, label: t(`reports.${id}`) }))
  return html`${pageHead({ title: t('audit.past'), lead: t('audit.past.lead') })}
${auditTabs(reader, '/audit/past')}
<div class="stack">
  ${card({
    body: html`<form class="form" method="get" action="/audit/past">${fieldRow(
      select(reader, state, { name: 'report', label: t('audit.past.report'), required: true, choices }),
      dateInput(reader, state, { name: 'day', label: t('audit.past.day'), required: true }),
    )}${submitButton({ label: t('audit.past.show'), look: 'primary' })}</form>`,
  })}
  ${awaited(reader, shown, (past) => pastReport(reader, past))}
</div>`
}

const pastReport = (reader: Reader, { report, choices, body, day, position }: PastReport): Html => {
  const { t, format } = reader
  const shown = { day: format.date(day), position: format.number(Number(position)) }
  return html`${notice('info', t('audit.past.shown', shown))}
  ${position < 0n ? emptyState(t('audit.past.nothing')) : html`<h2>${t(`reports.${report.id}`)}</h2>${choices}${body}`}`
}

export interface WhatIfPage {
  readonly state: FormState
  /** Undefined: nothing was asked for. */
  readonly compared: readonly Comparison[] | Underway | undefined
}

/** Documents that a page shows of each read model. */
const shownOfEach = 50

export const whatIfContent = (reader: Reader, { state, compared }: WhatIfPage): Html => {
  const { t } = reader
  const percent = (name: string, label: string, value: string) =>
    input(reader, state, { name, label, value, width: 'short', required: true, attrs: { inputmode: 'decimal' } })
  const rule = (kind: string, body: Content) =>
    html`<form class="form" method="get" action="/audit/what-if">${hidden('rule', kind)}${body}${submitButton({ label: t('audit.what-if.compare'), look: 'plain' })}</form>`
  return html`${pageHead({ title: t('audit.what-if'), lead: t('audit.what-if.lead') })}
${auditTabs(reader, '/audit/what-if')}
${errorSummary(reader, state)}
<div class="stack">
  <div class="columns">
    ${card({
      title: t('audit.what-if.tax'),
      body: html`<p class="soft">${t('audit.what-if.tax-hint')}</p>${rule('tax', fieldRow(percent('from', t('audit.what-if.from'), '16'), percent('to', t('audit.what-if.to'), '17')))}`,
    })}
    ${card({
      title: t('audit.what-if.reorder'),
      body: rule('reorder', percent('percent', t('audit.what-if.percent'), '150')),
    })}
  </div>
  ${awaited(reader, compared, (comparisons) => differing(reader, comparisons))}
</div>`
}

const differing = (reader: Reader, compared: readonly Comparison[]): Html => {
  const different = compared.filter(({ changes }) => changes.length > 0)
  return html`${different.length === 0 && notice('good', reader.t('audit.what-if.same'))}
  ${different.map((one) => comparison(reader, one))}`
}

interface Line {
  readonly id: string
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

const linesOf = ({ id, fields }: DocumentChange): Line[] => fields.map((change) => ({ id, ...change }))

const comparison = (reader: Reader, { projection, changes }: Comparison): Html => {
  const { t } = reader
  const isPlain = ({ before, after }: Line) =>
    [before, after].every((value) => typeof value !== 'object' || value === null)
  const lines = changes.slice(0, shownOfEach).flatMap(linesOf).filter(isPlain)
  return card({
    title: t(`audit.what-if.of.${projection}`),
    flush: true,
    body: html`${table(reader, {
      id: `compared-${projection}`,
      caption: t(`audit.what-if.of.${projection}`),
      rows: lines,
      empty: emptyState(t('audit.what-if.same')),
      columns: [
        { label: t('audit.what-if.where'), primary: true, cell: ({ id }) => html`<code class="audit-id">${id}</code>` },
        { label: t('audit.what-if.figure'), cell: ({ field }) => html`<code>${field}</code>` },
        { label: t('audit.what-if.is'), numeric: true, cell: ({ field, before }) => written(reader, field, before) },
        { label: t('audit.what-if.would'), numeric: true, cell: ({ field, after }) => written(reader, field, after) },
        {
          label: t('audit.what-if.difference'),
          numeric: true,
          cell: (line) => difference(reader, line),
        },
      ],
    })}${changes.length > shownOfEach && html`<p class="soft">${t('audit.what-if.more', { count: shownOfEach })}</p>`}`,
  })
}

/** Fields that are amounts of money, in the minor unit. */
const amounts = new Set(['net', 'tax', 'gross', 'revenue', 'cost', 'value'])

const written = ({ format }: Reader, field: string, value: unknown): string => {
  if (typeof value === 'number') return amounts.has(field) ? format.amount(value) : format.number(value)
  return value === null ? '–' : String(value)
}

const difference = (reader: Reader, { field, before, after }: Line): string => {
  const [from, to] = [before ?? 0, after ?? 0]
  if (typeof from !== 'number' || typeof to !== 'number') return ''
  return amounts.has(field) ? written(reader, field, to - from) : reader.format.change(to - from)
}
