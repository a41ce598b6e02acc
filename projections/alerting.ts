// What counts as trouble, and what is kept quiet: one document, with the id `alertingId`, once an administrator has set anything.
import { type Alerting, alertingId, alerting as rules } from '../src/domain/alerts/alerting.ts'
import { evolve } from '../src/kernel/decider.ts'
import type { DomainEvent } from '../src/kernel/event.ts'
import { projection } from './projection.ts'

export type { Alerting }
export { alertingId }

/** As it is before anybody has changed anything. */
export const standardAlerting: Alerting = rules.initial

/** What an event makes of it is the domain's own rule. */
const handler = {
  key: () => alertingId,
  initial: () => standardAlerting,
  apply: (alerting: Alerting, event: DomainEvent) => evolve(rules, alerting, event),
}

export const alerting = projection<Alerting>('alerting', {
  version: 1,
  indexes: [],
  on: { AlertRuleChanged: handler, AlertsSilenced: handler, SilenceLifted: handler },
})
