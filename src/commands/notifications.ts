// Commands on notifications: told, read, and how people want to be told.
import type { About, PreferenceEvents, Recipient, Severity } from '../domain/notifications/events.ts'
import { inbox } from '../domain/notifications/inbox.ts'
import { notification } from '../domain/notifications/notification.ts'
import { type PreferenceCommands, preferences } from '../domain/notifications/preferences.ts'
import type { Context, Desk } from './handling.ts'
import { refuse } from './unit.ts'

export interface NewNotification {
  /** The same id is the same notification, which is extended by another item. */
  readonly notificationId: string
  readonly severity: Severity
  readonly recipients: readonly Recipient[]
  /** The same item is told once. */
  readonly itemId: string
  readonly about: About
}

/** Tells people something, once for each item; nobody when there are no recipients. */
export const raiseNotification = ({ commands, now }: Desk, told: NewNotification, context: Context) =>
  commands.execute(context, (unit) => {
    const recipients = [...told.recipients]
    const at = now().toISOString()
    unit.decide(notification, told.notificationId, 'RaiseNotification', { ...told, recipients, at })
    return { id: told.notificationId }
  })

/** Rejected: `unknown-notification`, for one that the person was not told, too. */
export const markRead = (
  { commands, now }: Desk,
  { personId, notificationId }: { readonly personId: string; readonly notificationId: string },
  context: Context,
) =>
  commands.execute(context, (unit) => {
    const told = unit.state(notification, notificationId)
    if (!told?.recipients.some((recipient) => recipient.personId === personId))
      refuse('unknown-notification', { notificationId })
    unit.decide(inbox, personId, 'MarkRead', { personId, notificationId, at: now().toISOString() })
    return { id: notificationId }
  })

export const markAllRead = ({ commands, now }: Desk, personId: string, context: Context) =>
  commands.execute(context, (unit) => {
    unit.decide(inbox, personId, 'MarkAllRead', { personId, at: now().toISOString() })
    return { id: personId }
  })

/** Decides one command on how a person wants to be told. */
const decide = <K extends keyof PreferenceCommands & string>(
  { commands, now }: Desk,
  type: K,
  command: (at: string) => PreferenceCommands[K],
  context: Context,
) => {
  const decided = command(now().toISOString())
  return commands.execute(context, (unit) => {
    unit.decide(preferences, decided.personId, type, decided)
    return { id: decided.personId }
  })
}

export const changeNotificationPreferences = (
  desk: Desk,
  chosen: Omit<PreferenceEvents['NotificationPreferencesChanged'], 'at'>,
  context: Context,
) => decide(desk, 'ChangeNotificationPreferences', (at) => ({ ...chosen, at }), context)

export const changeReportSubscriptions = (
  desk: Desk,
  chosen: Omit<PreferenceEvents['ReportSubscriptionsChanged'], 'at'>,
  context: Context,
) => decide(desk, 'ChangeReportSubscriptions', (at) => ({ ...chosen, at }), context)

/** What the link at the foot of a mail does: no more mail of that kind. */
export const stopMail = (desk: Desk, stopped: Omit<PreferenceCommands['StopMail'], 'at'>, context: Context) =>
  decide(desk, 'StopMail', (at) => ({ ...stopped, at }), context)
