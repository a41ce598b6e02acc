import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import type { InboxEvents, NotificationEvents, PreferenceEvents } from './events.ts'
import { inbox } from './inbox.ts'
import { notification } from './notification.ts'
import { preferences } from './preferences.ts'

const at = '2026-03-02T08:00:00.000Z'
const ana = { personId: 'ana', push: true, mail: true }
const told: NotificationEvents['NotificationRaised'] = {
  notificationId: 'n-1',
  severity: 'warning',
  recipients: [ana],
  itemId: 'event-1',
  about: { kind: 'message', title: 'Hello', text: '', senderId: 'rui' },
  at,
}
const raised = event('NotificationRaised', told)

test('the same is told once; more of the same extends what was told; nobody is told nothing', () => {
  given(notification).when('RaiseNotification', told).then([raised])
  given(notification, [raised]).when('RaiseNotification', told).thenNothing()
  const { severity: _, ...more } = { ...told, itemId: 'event-2' }
  const extended = event('NotificationExtended', more)
  given(notification, [raised])
    .when('RaiseNotification', { ...told, itemId: 'event-2' })
    .then([extended])
  given(notification, [raised, extended])
    .when('RaiseNotification', { ...told, itemId: 'event-2' })
    .thenNothing()
  given(notification)
    .when('RaiseNotification', { ...told, recipients: [] })
    .thenNothing()
})

test('what is read is read once', () => {
  const reading: InboxEvents['NotificationRead'] = { personId: 'ana', notificationId: 'n-1', at }
  const read = event('NotificationRead', reading)
  given(inbox).when('MarkRead', reading).then([read])
  given(inbox, [read]).when('MarkRead', reading).thenNothing()
})

const chosen: PreferenceEvents['NotificationPreferencesChanged'] = {
  personId: 'ana',
  choices: { 'low-stock': { push: false, mail: true } },
  quietHours: null,
  at,
}
const changed = event('NotificationPreferencesChanged', chosen)
const daily = { every: 'daily', time: '07:00', zone: 'Africa/Maputo', locationId: null } as const
const subscribed = event('ReportSubscriptionsChanged', { personId: 'ana', subscriptions: [daily], at })

test('preferences that change nothing are recorded nowhere', () => {
  given(preferences).when('ChangeNotificationPreferences', chosen).then([changed])
  given(preferences, [changed]).when('ChangeNotificationPreferences', chosen).thenNothing()
  given(preferences, [subscribed]).when('ChangeReportSubscriptions', subscribed.data).thenNothing()
})

test('the link in a mail stops mails of its kind, and leaves the rest as it is', () => {
  const stopped = event('NotificationPreferencesChanged', {
    ...chosen,
    choices: { 'low-stock': { push: false, mail: false } },
  })
  given(preferences, [changed]).when('StopMail', { personId: 'ana', of: 'low-stock', at }).then([stopped])
  given(preferences, [stopped]).when('StopMail', { personId: 'ana', of: 'low-stock', at }).thenNothing()
  given(preferences).when('StopMail', { personId: 'ana', of: 'new-sale', at }).thenNothing()
  const none = event('ReportSubscriptionsChanged', { personId: 'ana', subscriptions: [], at })
  given(preferences, [subscribed]).when('StopMail', { personId: 'ana', of: 'report', at }).then([none])
})
