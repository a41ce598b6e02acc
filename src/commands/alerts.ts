// Alerts about the system itself.
import { alert, alertId } from '../domain/alerts/alert.ts'
import type { AlertEvents } from '../domain/alerts/events.ts'
import type { Context, Desk } from './handling.ts'

type Kind = AlertEvents['AlertRaised']['kind']

/** Raises an alert, once until it is resolved. `detail`: the cause, for an administrator. */
export const raiseAlert = (
  { commands, now }: Desk,
  { kind, subject, detail }: { readonly kind: Kind; readonly subject: string; readonly detail: string },
  context: Context,
) =>
  commands.execute(context, (unit) => {
    const id = alertId(kind, subject)
    unit.decide(alert, id, 'RaiseAlert', {
      alertId: id,
      kind,
      subject,
      detail: detail.slice(0, 2_000),
      at: now().toISOString(),
    })
    return { id }
  })

/** Resolves it; nothing when it is not raised. */
export const resolveAlert = (
  { commands, now }: Desk,
  { kind, subject }: { readonly kind: Kind; readonly subject: string },
  context: Context,
) =>
  commands.execute(context, (unit) => {
    const id = alertId(kind, subject)
    unit.decide(alert, id, 'ResolveAlert', { alertId: id, at: now().toISOString() })
    return { id }
  })
