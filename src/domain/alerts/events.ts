// Alerts about the system itself, the rules that raise them, and the silences that keep them quiet.
import { z } from 'zod'
import { type DataOf, events, next, v1 } from '../../kernel/event.ts'
import { id, instant, note, text } from '../values.ts'
import { alertKind, ruleIds, severity } from './kinds.ts'

/** The id of an alert is its kind and its subject. */
const partsOf = (alertId: unknown) => {
  const [kind, ...subject] = String(alertId).split(':')
  return { kind, subject: subject.join(':') }
}

export const alertEvents = events('alert', {
  /**
   * `subject`: what it is about, such as a projection's name or a node's; `detail`: the cause, for an administrator; `announced`: whether
   * people are told, which they are not while it is silenced, nor when another of its kind was told shortly before.
   */
  AlertRaised: next(
    v1({
      alertId: id,
      kind: z.enum(['projection-stopped', 'reaction-parked']),
      subject: id,
      detail: note,
      at: instant,
    }),
    { alertId: id, kind: alertKind, subject: id, severity, detail: note, announced: z.boolean(), at: instant },
    (old) => ({ ...old, severity: 'critical', announced: true }),
  ),
  /** Somebody has seen it and sees to it. */
  AlertAcknowledged: v1({ alertId: id, by: id, note, at: instant }),
  /** `announced`: whether people were told that it was raised. */
  AlertResolved: next(
    v1({ alertId: id, at: instant }),
    { alertId: id, kind: alertKind, subject: id, announced: z.boolean(), at: instant },
    (old) => ({ ...old, ...partsOf(old.alertId), announced: true }),
  ),
})
export type AlertEvents = DataOf<typeof alertEvents>

export const alertGroupEvents = events('alert-group', {
  /** People were told of an alert of this kind; others of the kind that follow shortly are not told one by one. */
  AlertGroupAnnounced: v1({ kind: alertKind, severity, at: instant }),
})
export type AlertGroupEvents = DataOf<typeof alertGroupEvents>

export const alertingEvents = events('alerting', {
  AlertRuleChanged: v1({
    ruleId: z.enum(ruleIds),
    enabled: z.boolean(),
    threshold: z.number(),
    clear: z.number(),
    forSeconds: z.int().nonnegative(),
    severity,
    by: id,
    at: instant,
  }),
  /** `kind`: null for all; `subject`: null for all of the kind. */
  AlertsSilenced: v1({
    silenceId: id,
    kind: alertKind.nullable(),
    subject: id.nullable(),
    until: instant,
    reason: text,
    by: id,
    at: instant,
  }),
  SilenceLifted: v1({ silenceId: id, by: id, at: instant }),
})
export type AlertingEvents = DataOf<typeof alertingEvents>
