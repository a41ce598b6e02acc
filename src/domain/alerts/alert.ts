// The rules of alerts about the system: raised once, until resolved; acknowledged by whoever sees to it.
import { type Decider, nothing, reject } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { type AlertEvents, alertEvents } from './events.ts'
import type { AlertKind } from './kinds.ts'

export type AlertCommands = {
  RaiseAlert: AlertEvents['AlertRaised']
  AcknowledgeAlert: AlertEvents['AlertAcknowledged']
  ResolveAlert: Omit<AlertEvents['AlertResolved'], 'announced'>
}

export type Alert =
  | { readonly raised: false }
  | { readonly raised: true; readonly announced: boolean; readonly acknowledged: boolean }

/** The id of the alert of a kind about a subject: the same trouble again is the same alert. */
export const alertId = (kind: AlertKind, subject: string): string => `${kind}:${subject}`

/** Raising what is raised and resolving what is resolved change nothing. AcknowledgeAlert: `alert-not-raised`. */
export const alert: Decider<AlertCommands, AlertEvents, Alert> = {
  events: alertEvents,
  initial: { raised: false },

  decide: {
    RaiseAlert: ({ raised }, alert) => (raised ? nothing : [event('AlertRaised', alert)]),
    AcknowledgeAlert: (alert, acknowledgement) => {
      if (!alert.raised) return reject('alert-not-raised')
      return alert.acknowledged ? nothing : [event('AlertAcknowledged', acknowledgement)]
    },
    ResolveAlert: (alert, resolution) =>
      alert.raised ? [event('AlertResolved', { ...resolution, announced: alert.announced })] : nothing,
  },

  evolve: {
    AlertRaised: (_, { announced }) => ({ raised: true, announced, acknowledged: false }),
    AlertAcknowledged: (alert) => (alert.raised ? { ...alert, acknowledged: true } : alert),
    AlertResolved: () => ({ raised: false }),
  },
}
