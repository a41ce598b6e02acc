// Alerts: what is open and who sees to it, what is kept quiet, and the rules.
import type { Alert } from '../../projections/alerts.ts'
import type { NamedRule, Silence } from '../../src/domain/alerts/alerting.ts'
import type { FormState } from '../components/field.ts'
import {
  type Column,
  card,
  checkbox,
  emptyState,
  fieldRow,
  form,
  hidden,
  input,
  linkButton,
  radios,
  select,
  status,
  submitButton,
  table,
} from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { systemHead, wordFor } from './system-frame.ts'

export interface AlertsPage {
  readonly alerts: readonly Alert[]
  readonly silences: readonly Silence[]
  readonly rules: readonly NamedRule[]
  readonly mayOperate: boolean
  readonly silenceForm: FormState
  readonly kinds: readonly string[]
  /** Names of people by their ids. */
  readonly names: ReadonlyMap<string, string>
}

/** Hours that a silence may be asked for. */
export const silenceHours = [1, 8, 24, 168] as const

const kindWord = (reader: Reader, kind: string): string => wordFor(reader, `alert.${kind}`, kind)

export const alertsContent = (reader: Reader, page: AlertsPage): Html => {
  const { t } = reader
  const open = page.alerts.filter((alert) => alert.status === 'open')
  const over = page.alerts.filter((alert) => alert.status === 'resolved')
  return html`${systemHead(reader, 'alerts', t('system.alerts.lead'))}
<div class="stack">
${card({ title: t('system.alerts.open'), flush: true, body: alertsTable(reader, 'open-alerts', open, page) })}
${card({ title: t('system.alerts.silences'), body: silencesPart(reader, page) })}
${card({ title: t('system.alerts.rules'), flush: true, body: rulesTable(reader, page) })}
${card({ title: t('system.alerts.over'), flush: true, body: alertsTable(reader, 'past-alerts', over, page) })}
</div>`
}

const stateOf = (reader: Reader, { status: state, severity, announced }: Alert): Html => {
  const { t } = reader
  if (state === 'resolved') return status('good', t('system.alerts.resolved'))
  const shown = status(severity === 'critical' ? 'danger' : 'warning', t(`alert.severity.${severity}`))
  return announced ? shown : html`${shown} <small>${t('system.alerts.quiet')}</small>`
}

export const alertsTable = (
  reader: Reader,
  id: string,
  alerts: readonly Alert[],
  { mayOperate, names }: Pick<AlertsPage, 'mayOperate' | 'names'>,
): Html => {
  const { t, format } = reader
  const columns: readonly Column<Alert>[] = [
    {
      label: t('system.alerts.what'),
      primary: true,
      cell: ({ kind, subject, detail }) =>
        html`${kindWord(reader, kind)} <span class="code">${subject}</span><br><small>${detail}</small>`,
    },
    { label: t('system.check.state'), cell: (alert) => stateOf(reader, alert) },
    {
      label: t('system.alerts.since'),
      cell: ({ raisedAt, resolvedAt }) =>
        html`${format.dateTime(raisedAt)}${resolvedAt !== null && html` – ${format.dateTime(resolvedAt)}`}`,
    },
    {
      label: t('system.alerts.seen'),
      kind: 'work',
      cell: ({ acknowledgement, alertId, kind, status: state }) => {
        if (acknowledgement)
          return t('system.alerts.seen-by', { name: names.get(acknowledgement.by) ?? acknowledgement.by })
        if (!mayOperate || state !== 'open') return '–'
        return html`<form method="post" action="/system/alerts/${encodeURIComponent(alertId)}/acknowledge" data-guarded>${submitButton({ label: t('system.alerts.acknowledge'), look: 'plain', size: 'small', attrs: { 'aria-label': `${t('system.alerts.acknowledge')}: ${kindWord(reader, kind)}` } })}</form>`
      },
    },
  ]
  return table(reader, {
    id,
    caption: t('system.alerts.open'),
    columns,
    rows: alerts,
    empty: emptyState(t('system.alerts.none')),
  })
}

const silencesPart = (reader: Reader, { silences, mayOperate, silenceForm, kinds }: AlertsPage): Html => {
  const { t, format } = reader
  const lines = silences.map(
    ({ silenceId, kind, reason, until }) =>
      html`<li><span>${kind === null ? t('system.alerts.all-kinds') : kindWord(reader, kind)} · ${t('system.alerts.until', { moment: format.dateTime(until) })} · ${reason}</span>
      ${mayOperate && html`<form method="post" action="/system/silences/${silenceId}/lift" data-guarded>${submitButton({ label: t('system.alerts.lift'), look: 'plain', size: 'small' })}</form>`}</li>`,
  )
  return html`${silences.length > 0 ? html`<ul class="link-list silences">${lines}</ul>` : html`<p class="soft">${t('system.alerts.no-silences')}</p>`}
${
  mayOperate &&
  form(reader, {
    action: '/system/silences',
    state: silenceForm,
    body: html`${hidden('formKey', silenceForm.values?.formKey ?? '')}${fieldRow(
      select(reader, silenceForm, {
        name: 'kind',
        label: t('system.alerts.kind'),
        required: true,
        empty: t('system.alerts.all-kinds'),
        choices: kinds.map((kind) => ({ value: kind, label: kindWord(reader, kind) })),
      }),
      select(reader, silenceForm, {
        name: 'hours',
        label: t('system.alerts.for-how-long'),
        required: true,
        choices: silenceHours.map((hours) => ({
          value: String(hours),
          label: t('system.alerts.hours', { count: hours }),
        })),
      }),
      input(reader, silenceForm, {
        name: 'reason',
        label: t('system.alerts.reason'),
        required: true,
        attrs: { maxlength: 200 },
      }),
    )}`,
    actions: submitButton({ label: t('system.alerts.silence'), look: 'plain' }),
  })
}`
}

/** A number in the unit of a rule. */
const inUnit = ({ format }: Reader, value: number, unit: string): string =>
  `${format.number(value)} ${unit.replace(/[{}]/g, '')}`

const rulesTable = (reader: Reader, { rules, mayOperate }: AlertsPage): Html => {
  const { t, format } = reader
  const columns: readonly Column<NamedRule>[] = [
    { label: t('system.alerts.what'), primary: true, cell: ({ ruleId }) => kindWord(reader, ruleId) },
    {
      label: t('system.check.state'),
      cell: ({ enabled, severity }) =>
        enabled
          ? status(severity === 'critical' ? 'danger' : 'warning', t(`alert.severity.${severity}`))
          : status('neutral', t('system.rule.off')),
    },
    {
      label: t('system.rule.threshold'),
      numeric: true,
      cell: ({ threshold, unit }) => inUnit(reader, threshold, unit),
    },
    {
      label: t('system.rule.clear'),
      numeric: true,
      kind: 'minor',
      cell: ({ clear, unit }) => inUnit(reader, clear, unit),
    },
    { label: t('system.rule.for'), numeric: true, cell: ({ forSeconds }) => `${format.number(forSeconds)} s` },
    {
      label: t('common.actions'),
      kind: 'work',
      cell: ({ ruleId }) =>
        mayOperate &&
        linkButton(`/system/alerts/rules/${ruleId}`, {
          label: t('common.edit'),
          size: 'small',
          attrs: { 'aria-label': `${t('common.edit')}: ${kindWord(reader, ruleId)}` },
        }),
    },
  ]
  return table(reader, { id: 'rules', caption: t('system.alerts.rules'), columns, rows: rules, empty: emptyState('–') })
}

/** The form of one rule. */
export const ruleContent = (reader: Reader, rule: NamedRule, state: FormState): Html => {
  const { t } = reader
  const unit = rule.unit.replace(/[{}]/g, '')
  const figure = (name: 'threshold' | 'clear' | 'forSeconds', label: string, hint: string) =>
    input(reader, state, {
      name,
      label,
      hint,
      required: true,
      value: String(rule[name]),
      width: 'short',
      attrs: { inputmode: 'decimal', autocomplete: 'off' },
    })
  return html`${systemHead(reader, 'alerts', kindWord(reader, rule.ruleId))}
${card({
  title: kindWord(reader, rule.ruleId),
  body: form(reader, {
    action: `/system/alerts/rules/${rule.ruleId}`,
    state,
    body: html`${checkbox(state, { name: 'enabled', label: t('system.rule.on'), value: rule.enabled ? 'on' : '' })}
    ${fieldRow(
      figure('threshold', `${t('system.rule.threshold')} (${unit})`, t('system.rule.threshold-hint')),
      figure('clear', `${t('system.rule.clear')} (${unit})`, t('system.rule.clear-hint')),
      figure('forSeconds', `${t('system.rule.for')} (s)`, t('system.rule.for-hint')),
    )}
    ${radios(state, { name: 'severity', label: t('system.rule.severity'), value: rule.severity, required: true, choices: (['warning', 'critical'] as const).map((value) => ({ value, label: t(`alert.severity.${value}`) })) })}`,
    actions: html`${submitButton({ label: t('common.save') })}${linkButton('/system/alerts', { label: t('common.cancel') })}`,
  }),
})}`
}
