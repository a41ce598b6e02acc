// The evaluation of the rules: what is measured becomes trouble once it has lasted, and is over once it is well below.
import { type Alerting, ruleOf } from '../../domain/alerts/alerting.ts'
import { type AlertRule, type RuleId, ruleIds } from '../../domain/alerts/kinds.ts'

/** A figure that a rule is about. */
export interface Measured {
  readonly subject: string
  /** In the unit of the rule. */
  readonly value: number
  /** What an administrator is told beside the figure. */
  readonly detail: string
}

export type Measurements = Partial<Record<RuleId, readonly Measured[]>>

export type Verdict = Measured & { readonly ruleId: RuleId } & (
    | { readonly verdict: 'raise'; readonly severity: AlertRule['severity'] }
    | { readonly verdict: 'resolve' }
  )

export interface Evaluation {
  /** What is to be raised or resolved now. `at`: milliseconds since 1970. */
  judge(alerting: Alerting, measurements: Measurements, at: number): readonly Verdict[]
  /** Takes up an alert that is open, as after a restart. */
  isRaised(ruleId: RuleId, subject: string): void
  /** A verdict could not be recorded: it is to be given again. */
  repeat(verdict: Verdict): void
}

type Standing =
  | { readonly state: 'pending'; readonly since: number }
  | { readonly state: 'raised' }
  /** Was to be raised when that could not be recorded: it is raised as soon as it can be, even if it is over by then. */
  | { readonly state: 'owed'; readonly measured: Measured }

export function evaluation(): Evaluation {
  const standings = new Map<string, Standing>()

  const judgeOne = (ruleId: RuleId, rule: AlertRule, measured: Measured, at: number): Verdict | undefined => {
    const key = `${ruleId}:${measured.subject}`
    const standing = standings.get(key)
    if (standing?.state === 'raised') {
      if (rule.enabled && measured.value > rule.clear) return undefined
      standings.delete(key)
      return { ...measured, ruleId, verdict: 'resolve' }
    }
    if (rule.enabled && standing?.state === 'owed') {
      standings.set(key, { state: 'raised' })
      return { ...standing.measured, ruleId, verdict: 'raise', severity: rule.severity }
    }
    if (!rule.enabled || measured.value < rule.threshold) {
      standings.delete(key)
      return undefined
    }
    const since = standing?.state === 'pending' ? standing.since : at
    if (at - since < rule.forSeconds * 1_000) {
      standings.set(key, { state: 'pending', since })
      return undefined
    }
    standings.set(key, { state: 'raised' })
    return { ...measured, ruleId, verdict: 'raise', severity: rule.severity }
  }

  return {
    judge: (alerting, measurements, at) =>
      ruleIds.flatMap((ruleId) => {
        const rule = ruleOf(alerting, ruleId)
        return (measurements[ruleId] ?? []).flatMap((measured) => judgeOne(ruleId, rule, measured, at) ?? [])
      }),
    isRaised(ruleId, subject) {
      standings.set(`${ruleId}:${subject}`, { state: 'raised' })
    },
    repeat({ ruleId, verdict, subject, value, detail }) {
      const standing: Standing =
        verdict === 'raise' ? { state: 'owed', measured: { subject, value, detail } } : { state: 'raised' }
      standings.set(`${ruleId}:${subject}`, standing)
    },
  }
}

/** What several nodes have measured: of the same subject the worst. */
export function worstOf(all: readonly Measurements[]): Measurements {
  const worst: Partial<Record<RuleId, readonly Measured[]>> = {}
  for (const rule of ruleIds) {
    const bySubject = new Map<string, Measured>()
    for (const measured of all.flatMap((one) => one[rule] ?? [])) {
      const known = bySubject.get(measured.subject)
      if (!known || known.value < measured.value) bySubject.set(measured.subject, measured)
    }
    worst[rule] = [...bySubject.values()]
  }
  return worst
}
