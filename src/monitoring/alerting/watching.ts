// The watch over the system: every few seconds the rules are held against what is measured, and alerts are raised and resolved.
import { alerting, alertingId, standardAlerting } from '../../../projections/alerting.ts'
import { alerts } from '../../../projections/alerts.ts'
import { raiseAlert, resolveAlert } from '../../commands/alerts.ts'
import type { Context, Desk } from '../../commands/handling.ts'
import { type RuleId, ruleIds } from '../../domain/alerts/kinds.ts'
import type { KeyValueStore } from '../../kernel/key-value.ts'
import type { ReadModels } from '../../kernel/read-models.ts'
import { parkedEvents } from '../../subscribers/parked-events.ts'
import { evaluation, type Measurements, type Verdict } from './evaluating.ts'

export interface Watched {
  readonly desk: Desk
  readonly models: ReadModels
  readonly keyValue: KeyValueStore
  readonly measure: () => Promise<Measurements>
  readonly context: () => Context
}

export interface Watch {
  /** Holds the rules against what is measured now. @throws UnavailableError */
  look(): Promise<void>
}

const isRule = (kind: string): kind is RuleId => ruleIds.some((rule) => rule === kind)

/** A watch over the system. One node keeps it, under a lease. */
export function openWatch({ desk, models, keyValue, measure, context }: Watched): Watch {
  const evaluating = evaluation()
  let isTakenUp = false
  let rules = standardAlerting

  /** The rules as they are, or as they were while the read models cannot be asked: that they cannot is what there is to tell. */
  const currentRules = async () => {
    const found = await models.get(alerting, alertingId).catch(() => ({ document: rules }))
    return found?.document ?? standardAlerting
  }

  const openAlerts = async () => {
    const sort = { by: 'raisedAt', direction: 'descending' } as const
    const page = await models.find(alerts, { where: { status: 'open' }, sort, limit: 1_000 })
    return page.items.map(({ document }) => document)
  }

  const takeUp = async (): Promise<void> => {
    for (const { kind, subject } of await openAlerts()) if (isRule(kind)) evaluating.isRaised(kind, subject)
    isTakenUp = true
  }

  const act = (verdict: Verdict) => {
    const { ruleId: kind, subject, detail } = verdict
    return verdict.verdict === 'raise'
      ? raiseAlert(desk, { kind, subject, detail, severity: verdict.severity }, context())
      : resolveAlert(desk, { kind, subject }, context())
  }

  /** What parts of the system have told of is over when its cause is. */
  const resolveTold = async (): Promise<void> => {
    const told = (await openAlerts()).filter(({ kind }) => kind === 'projection-stopped' || kind === 'reaction-parked')
    if (told.length === 0) return
    const [checkpoints, parked] = await Promise.all([models.checkpoints(), parkedEvents(keyValue).all()])
    for (const { kind, subject } of told) {
      const lasts =
        kind === 'projection-stopped'
          ? checkpoints.some(({ name, failure }) => name === subject && failure !== undefined)
          : parked.some(({ reactor }) => reactor === subject)
      if (!lasts) await resolveAlert(desk, { kind, subject }, context())
    }
  }

  return {
    async look() {
      if (!isTakenUp) await takeUp()
      const measured = await measure()
      rules = await currentRules()
      const failures: unknown[] = []
      for (const verdict of evaluating.judge(rules, measured, desk.now().getTime()))
        await act(verdict).catch((error: unknown) => {
          evaluating.repeat(verdict)
          failures.push(error)
        })
      if (failures.length > 0) throw failures[0]
      await resolveTold()
    },
  }
}
