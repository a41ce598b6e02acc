// What people were told, with all that it tells of; who has read it is in their inboxes.
import type { About, NotificationKind, Recipient, Severity } from '../src/domain/notifications/events.ts'
import { asItBegan, projection } from './projection.ts'

export interface NotificationItem {
  readonly itemId: string
  readonly about: About
  readonly at: string
}

export interface Notification {
  readonly notificationId: string
  readonly kind: NotificationKind
  readonly severity: Severity
  /** The latest, the newest first; `count` of them in all. */
  readonly items: readonly NotificationItem[]
  readonly count: number
  /** Who was told of any of it. */
  readonly recipients: readonly Recipient[]
  readonly raisedAt: string
  readonly lastAt: string
}

/** As many items as a notification shows. */
const mostItems = 200

const key = ({ data }: { readonly data: { readonly notificationId: string } }) => data.notificationId

/** Each person once, as they were told last. */
const together = (known: readonly Recipient[], more: readonly Recipient[]): readonly Recipient[] => [
  ...new Map([...known, ...more].map((recipient) => [recipient.personId, recipient])).values(),
]

export const notifications = projection<Notification>('notifications', {
  version: 1,
  indexes: ['lastAt', ['kind', 'lastAt']],
  on: {
    NotificationRaised: {
      key,
      initial: ({ data: { notificationId, severity, recipients, itemId, about, at } }) => ({
        notificationId,
        kind: about.kind,
        severity,
        items: [{ itemId, about, at }],
        count: 1,
        recipients: together([], recipients),
        raisedAt: at,
        lastAt: at,
      }),
      apply: asItBegan,
    },
    NotificationExtended: {
      key,
      apply: (notification, { data: { recipients, itemId, about, at } }) => ({
        ...notification,
        items: [{ itemId, about, at }, ...notification.items].slice(0, mostItems),
        count: notification.count + 1,
        recipients: together(notification.recipients, recipients),
        lastAt: at,
      }),
    },
  },
})
