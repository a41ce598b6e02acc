// Everything that can happen to notifications: told to people, read by them, and how each of them wants to be told.
import { z } from 'zod'
import { type DataOf, events, v1 } from '../../kernel/event.ts'
import { count, day, id, instant, money, note, text } from '../values.ts'

export const severities = ['info', 'warning', 'danger'] as const
export type Severity = (typeof severities)[number]

/** What a notification tells, by its kind: values, not sentences, since every reader has a language of their own. */
export const about = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('low-stock'),
    productId: id,
    product: text,
    unit: text,
    decimals: z.int(),
    locationId: id,
    location: text,
    onHand: count,
    reorderPoint: count,
  }),
  z.strictObject({
    kind: z.literal('task'),
    taskId: id,
    taskKind: text,
    title: text,
    note,
    dueOn: day.nullable(),
  }),
  z.strictObject({
    kind: z.literal('system-alert'),
    alertId: z.string().min(1).max(300),
    alert: text,
    subject: text,
    detail: note,
    resolved: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('cash-difference'), cashSessionId: id, location: text, difference: money }),
  z.strictObject({ kind: z.literal('sale-voided'), saleId: id, location: text, total: money, reason: text }),
  z.strictObject({ kind: z.literal('message'), title: text, text: note, senderId: id }),
])
export type About = z.infer<typeof about>

/** What people are told about; `new-sale` is pushed, and mailed as a digest, but never stored: the sale itself is in the log. */
export const notificationKinds = [
  'low-stock',
  'task',
  'cash-difference',
  'sale-voided',
  'message',
  'system-alert',
  'new-sale',
] as const
export type NotificationKind = (typeof notificationKinds)[number]

/** Who is told, and by what besides the list that everybody has. */
const recipient = z.strictObject({ personId: id, push: z.boolean(), mail: z.boolean() })
export type Recipient = z.infer<typeof recipient>
export const mostRecipients = 1_000

export const notificationEvents = events('notification', {
  /** `itemId`: what it tells of, usually the id of the event that caused it. One event, however many are told. */
  NotificationRaised: v1({
    notificationId: id,
    severity: z.enum(severities),
    recipients: z.array(recipient).min(1).max(mostRecipients),
    itemId: id,
    about,
    at: instant,
  }),
  /** More of the same kind, soon after: one line in the list, not one each. */
  NotificationExtended: v1({
    notificationId: id,
    recipients: z.array(recipient).min(1).max(mostRecipients),
    itemId: id,
    about,
    at: instant,
  }),
})
export type NotificationEvents = DataOf<typeof notificationEvents>

export const inboxEvents = events('inbox', {
  NotificationRead: v1({ personId: id, notificationId: id, at: instant }),
  /** All that were there at `at`. */
  AllNotificationsRead: v1({ personId: id, at: instant }),
})
export type InboxEvents = DataOf<typeof inboxEvents>

/** A time of day, HH:MM. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const zone = z.string().min(1).max(64)

export const reportFrequencies = ['daily', 'weekly', 'monthly'] as const
export type ReportFrequency = (typeof reportFrequencies)[number]

/** A report that comes by mail: at that time of the day after (or the Monday, or the first of the month after) what it reports on. */
const subscription = z.strictObject({
  every: z.enum(reportFrequencies),
  time: timeOfDay,
  zone,
  locationId: id.nullable(),
})
export type ReportSubscription = z.infer<typeof subscription>

/** From one time of day to another, over midnight where the first is the later: no push, and no mail that can wait. */
export const quietHours = z.strictObject({ from: timeOfDay, to: timeOfDay, zone })
export type QuietHours = z.infer<typeof quietHours>

const channels = z.strictObject({ push: z.boolean(), mail: z.boolean() })
export type Channels = z.infer<typeof channels>

export const preferenceEvents = events('notification-preferences', {
  /** `choices`: only what the person has chosen; the rest follows the defaults of the day. */
  NotificationPreferencesChanged: v1({
    personId: id,
    choices: z.partialRecord(z.enum(notificationKinds), channels),
    quietHours: quietHours.nullable(),
    at: instant,
  }),
  ReportSubscriptionsChanged: v1({ personId: id, subscriptions: z.array(subscription).max(20), at: instant }),
})
export type PreferenceEvents = DataOf<typeof preferenceEvents>
