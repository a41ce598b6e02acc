// Alerts about the system itself: raised and resolved by its parts, acknowledged and kept quiet by administrators, who also set the rules.
import { alert, alertId } from '../domain/alerts/alert.ts'
import { alertGroup } from '../domain/alerts/alert-group.ts'
import { alerting, alertingId, isSilenced, type Silence } from '../domain/alerts/alerting.ts'
import type { AlertKind, AlertRule, RuleId, Severity } from '../domain/alerts/kinds.ts'
import type { Made } from './change.ts'
import { type Context, type Desk, personIn } from './handling.ts'

export interface Trouble {
  readonly kind: AlertKind
  /** What it is about, such as a projection's name. At most 90 characters. */
  readonly subject: string
  /** The cause, for an administrator. */
  readonly detail: string
  /** `critical` unless told otherwise. */
  readonly severity?: Severity
}

/** Raises an alert, once until it is resolved. People are told unless it is silenced, or goes with another of its kind. */
export const raiseAlert = (
  { commands, now }: Desk,
  { kind, subject, detail, severity = 'critical' }: Trouble,
  context: Context,
) =>
  commands.execute(context, (unit) => {
    const id = alertId(kind, subject)
    const at = now().toISOString()
    if (unit.state(alert, id).raised) return { id }
    const announced =
      !isSilenced(unit.state(alerting, alertingId), { kind, subject, at }) &&
      unit.decide(alertGroup, kind, 'Announce', { kind, severity, at }).length > 0
    const raised = { alertId: id, kind, subject, severity, detail: detail.slice(0, 2_000), announced, at }
    unit.decide(alert, id, 'RaiseAlert', raised)
    return { id }
  })

/** Resolves it; nothing when it is not raised. */
export const resolveAlert = (
  { commands, now }: Desk,
  { kind, subject }: Pick<Trouble, 'kind' | 'subject'>,
  context: Context,
) =>
  commands.execute(context, (unit) => {
    const id = alertId(kind, subject)
    unit.decide(alert, id, 'ResolveAlert', { alertId: id, kind, subject, at: now().toISOString() })
    return { id }
  })

/** Says that somebody sees to it. Rejected when it is not raised: `alert-not-raised`. */
export const acknowledgeAlert = (
  { commands, now }: Desk,
  given: { readonly alertId: string; readonly note: string },
  context: Context,
) =>
  commands.execute(context, (unit) => {
    const at = now().toISOString()
    unit.decide(alert, given.alertId, 'AcknowledgeAlert', { ...given, by: personIn(context), at })
    return { id: given.alertId }
  })

/** Sets when a figure is trouble. */
export const changeAlertRule = (
  { commands, now }: Desk,
  rule: AlertRule & { readonly ruleId: RuleId },
  context: Context,
) =>
  commands.execute(context, (unit) => {
    const at = now().toISOString()
    unit.decide(alerting, alertingId, 'ChangeAlertRule', { ...rule, by: personIn(context), at })
    return { id: rule.ruleId }
  })

/** Keeps alerts quiet until a moment: they are raised and shown, but nobody is told. */
export const silenceAlerts = (
  { commands, newId, now }: Desk,
  silence: Omit<Silence, 'silenceId' | 'by'>,
  context: Context,
) => {
  const silenceId = newId()
  return commands.execute<Made>(context, (unit) => {
    const at = now().toISOString()
    unit.decide(alerting, alertingId, 'SilenceAlerts', { ...silence, silenceId, by: personIn(context), at })
    return { id: silenceId }
  })
}

/** Ends a silence before its time. Rejected when there is none of that id: `unknown-silence`. */
export const liftSilence = ({ commands, now }: Desk, silenceId: string, context: Context) =>
  commands.execute(context, (unit) => {
    const at = now().toISOString()
    unit.decide(alerting, alertingId, 'LiftSilence', { silenceId, by: personIn(context), at })
    return { id: silenceId }
  })
