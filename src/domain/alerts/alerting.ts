// The rules of alerting as a whole: what counts as trouble, and what is kept quiet until when.
import { type Decider, nothing, reject } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { changes } from '../changes.ts'
import { type AlertingEvents, alertingEvents } from './events.ts'
import { type AlertKind, type AlertRule, type RuleId, ruleIds, standardRules } from './kinds.ts'

export type AlertingCommands = {
  ChangeAlertRule: AlertingEvents['AlertRuleChanged']
  SilenceAlerts: AlertingEvents['AlertsSilenced']
  LiftSilence: AlertingEvents['SilenceLifted']
}

export type Silence = Omit<AlertingEvents['AlertsSilenced'], 'at'>

export interface Alerting {
  /** Those that somebody has changed; the others are as the product brings them. */
  readonly changed: Readonly<Partial<Record<RuleId, AlertRule>>>
  /** Those that were not lifted; some may be over. */
  readonly silences: readonly Silence[]
}

/** The id of the only alerting there is. */
export const alertingId = 'system'
/** Silences that are kept in mind; older ones have long been over. */
const mostSilences = 100

/** The rule as it holds now. */
export const ruleOf = ({ changed }: Pick<Alerting, 'changed'>, ruleId: RuleId): AlertRule => {
  const { unit: _unit, ...standard } = standardRules[ruleId]
  return changed[ruleId] ?? standard
}

/** A rule with its id and the unit of its figures. */
export type NamedRule = AlertRule & { readonly ruleId: RuleId; readonly unit: string }

/** All rules as they hold now. */
export const rulesOf = (alerting: Pick<Alerting, 'changed'>): readonly NamedRule[] =>
  ruleIds.map((ruleId) => ({ ruleId, unit: standardRules[ruleId].unit, ...ruleOf(alerting, ruleId) }))

/** Whether an alert is to be kept quiet at a moment. */
export const isSilenced = ({ silences }: Alerting, alert: { kind: AlertKind; subject: string; at: string }): boolean =>
  silences.some(
    ({ kind, subject, until }) =>
      Date.parse(until) > Date.parse(alert.at) &&
      (kind === null || kind === alert.kind) &&
      (subject === null || subject === alert.subject),
  )

/** ChangeAlertRule: `clear-above-threshold`. SilenceAlerts: `silence-over`, `too-long-a-silence` beyond 30 days. LiftSilence: `unknown-silence`. */
export const alerting: Decider<AlertingCommands, AlertingEvents, Alerting> = {
  events: alertingEvents,
  initial: { changed: {}, silences: [] },

  decide: {
    ChangeAlertRule: (alerting, change) => {
      if (change.clear > change.threshold) return reject('clear-above-threshold')
      const { ruleId, by: _by, at: _at, ...rule } = change
      return changes<AlertRule>(ruleOf(alerting, ruleId), rule) ? [event('AlertRuleChanged', change)] : nothing
    },
    SilenceAlerts: (_, silence) => {
      const milliseconds = Date.parse(silence.until) - Date.parse(silence.at)
      if (milliseconds <= 0) return reject('silence-over')
      return milliseconds > 30 * 24 * 3_600_000 ? reject('too-long-a-silence') : [event('AlertsSilenced', silence)]
    },
    LiftSilence: ({ silences }, lifting) =>
      silences.some(({ silenceId }) => silenceId === lifting.silenceId)
        ? [event('SilenceLifted', lifting)]
        : reject('unknown-silence'),
  },

  evolve: {
    AlertRuleChanged: (alerting, { ruleId, by: _by, at: _at, ...rule }) => ({
      ...alerting,
      changed: { ...alerting.changed, [ruleId]: rule },
    }),
    AlertsSilenced: (alerting, { at: _at, ...silence }) => ({
      ...alerting,
      silences: [...alerting.silences, silence].slice(-mostSilences),
    }),
    SilenceLifted: (alerting, { silenceId }) => ({
      ...alerting,
      silences: alerting.silences.filter((silence) => silence.silenceId !== silenceId),
    }),
  },
}
