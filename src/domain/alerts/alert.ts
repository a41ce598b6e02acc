// The rules of alerts about the system: raised once, until resolved.
import { type Decider, nothing } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { type AlertEvents, alertEvents } from './events.ts'

export type AlertCommands = {
  RaiseAlert: AlertEvents['AlertRaised']
  ResolveAlert: AlertEvents['AlertResolved']
}

export type Alert = { readonly raised: boolean }

/** The id of the alert of a kind about a subject: the same trouble again is the same alert. */
export const alertId = (kind: AlertEvents['AlertRaised']['kind'], subject: string): string => `${kind}:${subject}`

/** Nothing is refused: raising what is raised and resolving what is resolved change nothing. */
export const alert: Decider<AlertCommands, AlertEvents, Alert> = {
  events: alertEvents,
  initial: { raised: false },

  decide: {
    RaiseAlert: ({ raised }, alert) => (raised ? nothing : [event('AlertRaised', alert)]),
    ResolveAlert: ({ raised }, resolution) => (raised ? [event('AlertResolved', resolution)] : nothing),
  },

  evolve: {
    AlertRaised: () => ({ raised: true }),
    AlertResolved: () => ({ raised: false }),
  },
}
