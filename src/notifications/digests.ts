// What is mailed together, at its times: what ran low in a quarter of an hour, what was sold in an hour, and the reports of days, weeks and months.
import { v5 } from 'uuid'
import { notificationPreferences } from '../../projections/notification-preferences.ts'
import { type Notification, notifications } from '../../projections/notifications.ts'
import { type Person, people } from '../../projections/people.ts'
import { type Sale, sales } from '../../projections/sales.ts'
import { may } from '../auth/permissions.ts'
import type { Context } from '../commands/handling.ts'
import { queueMail } from '../commands/mail.ts'
import type { Content, Priority } from '../domain/mail/events.ts'
import { notification } from '../domain/notifications/notification.ts'
import { channelsFor } from '../domain/notifications/preferences.ts'
import { streamOf } from '../kernel/decider.ts'
import { UnavailableError } from '../kernel/errors.ts'
import { collect, type EventStore } from '../kernel/event-store.ts'
import { everyOf, readLocations } from '../reporting/reading.ts'
import type { ScheduledJob } from '../schedules.ts'
import { dueReports } from './due-reports.ts'
import { quietUntil } from './quiet-hours.ts'
import { groupId, type NotifyingDesk, staleAfter, windowLength } from './raising.ts'

export interface DigestDesk extends NotifyingDesk {
  readonly store: EventStore
  readonly self: (part: string) => Context
}

const namespace = 'a1d0a0c2-0d0f-5a53-8b2e-7f0c4c1f9b60'
/** Items that one mail names; the rest it counts. */
const most = { lowStock: 200, sales: 50 }

/** What has happened until now shows in the read models. */
async function caughtUp({ store, progress }: DigestDesk): Promise<void> {
  if (!(await progress.waitFor(await store.head(), 30_000))) throw new UnavailableError('the read models')
}

/** Queues one mail of a digest; `slot` names it, so that no time is mailed twice. */
async function mail(
  desk: DigestDesk,
  slot: string,
  recipientId: string,
  {
    content,
    priority = 'low',
    notBefore,
    traceparent,
  }: { content: Content; priority?: Priority; notBefore?: Date | undefined; traceparent?: string | undefined },
): Promise<void> {
  const mailId = v5(`${slot}/${recipientId}`, namespace)
  await queueMail(
    desk,
    { mailId, recipientId, content, priority, ...(notBefore && { notBefore }) },
    { ...desk.self('digests'), ...(traceparent && { traceparent }) },
  )
}

/** The trace in which the first of them was raised: the mail of all of them is followed from there. */
async function traceOf({ store }: DigestDesk, [first]: readonly Notification[]): Promise<string | undefined> {
  if (!first) return undefined
  const [raised] = await collect(store.readStream(streamOf(notification, first.notificationId), { limit: 1 }))
  return raised?.metadata.traceparent
}

/** When mails to somebody may come that can wait. */
async function quietOf({ models, now }: DigestDesk, personId: string): Promise<Date | undefined> {
  const own = (await models.get(notificationPreferences, personId))?.document
  return quietUntil(own?.quietHours ?? null, now())
}

const lowStockOf = (told: readonly Notification[]): Content => {
  const items = told.flatMap((notification) => notification.items.map(({ about }) => about))
  const count = told.reduce((sum, notification) => sum + notification.count, 0)
  const named = items.slice(0, most.lowStock)
  return { kind: 'low-stock', items: named, more: count - named.length }
}

/** What ran low in each window that has ended within a day, by when the window began. */
async function lowStockWindows({ models }: DigestDesk, slot: Date): Promise<ReadonlyMap<string, Notification[]>> {
  const places = [...(await readLocations(models)).keys()]
  const lastEnd = Math.floor(slot.getTime() / windowLength) * windowLength
  const windows = new Map<string, string>()
  for (let start = lastEnd - staleAfter; start < lastEnd; start += windowLength) {
    const at = new Date(start).toISOString()
    for (const place of places) windows.set(groupId('low-stock', place, at), at)
  }
  const told = (await models.getMany(notifications, [...windows.keys()])).map(({ document }) => document)
  return Map.groupBy(told, ({ notificationId }) => windows.get(notificationId) ?? '')
}

/** Mails what ran low in the windows that have ended; one that was mailed is not mailed again. */
async function mailLowStock(desk: DigestDesk, slot: Date): Promise<void> {
  await caughtUp(desk)
  for (const [at, told] of await lowStockWindows(desk, slot)) {
    const recipients = told.flatMap(({ recipients }) => recipients.filter(({ mail }) => mail))
    for (const personId of new Set(recipients.map((recipient) => recipient.personId))) {
      const own = told.filter(({ recipients }) => recipients.some((one) => one.personId === personId && one.mail))
      const letter = { content: lowStockOf(own), priority: 'normal', notBefore: await quietOf(desk, personId) } as const
      await mail(desk, `low-stock/${at}`, personId, { ...letter, traceparent: await traceOf(desk, own) })
    }
  }
}

const hour = 3_600_000

/** Those who want a mail about sales, with the place whose sales they are told. */
async function salesReaders({ models }: DigestDesk): Promise<readonly Person[]> {
  const all = await everyOf(models, notificationPreferences)
  const wanted = all.filter((preferences) => channelsFor(preferences, 'new-sale').mail)
  const found = await models.getMany(
    people,
    wanted.map(({ personId }) => personId),
  )
  return found.map(({ document }) => document).filter(({ active, role }) => active && may(role, 'sales.read'))
}

/** Mails what was sold in the hour that has ended; read from the sales themselves, so that a sale costs nothing for it. */
async function mailSales(desk: DigestDesk, slot: Date): Promise<void> {
  const readers = await salesReaders(desk)
  if (readers.length === 0) return
  await caughtUp(desk)
  const end = Math.floor(slot.getTime() / hour) * hour
  const [from, to] = [new Date(end - hour).toISOString(), new Date(end).toISOString()]
  const [sold, places] = await Promise.all([
    everyOf(desk.models, sales, { where: { at: { gte: from, lt: to } } }),
    readLocations(desk.models),
  ])
  const line = ({ saleId, document, locationId, total, at }: Sale) => ({
    saleId,
    document,
    location: places.get(locationId)?.name ?? locationId,
    total,
    at,
  })
  for (const { personId, locationId } of readers) {
    const own = sold.filter((sale) => locationId === null || sale.locationId === locationId)
    if (own.length === 0) continue
    const total = own.reduce((sum, sale) => sum + sale.total, 0)
    const latest = own.toSorted((a, b) => (a.at < b.at ? 1 : -1)).slice(0, most.sales)
    const content: Content = { kind: 'sales', from, to, count: own.length, total, latest: latest.map(line) }
    await mail(desk, `sales/${from}`, personId, { content, notBefore: await quietOf(desk, personId) })
  }
}

/** Mails the reports that are due, to those who may still read reports. */
async function mailReports(desk: DigestDesk, slot: Date): Promise<void> {
  const subscribed = await everyOf(desk.models, notificationPreferences, { where: { subscribed: true } })
  for (const { personId, subscriptions, subscribedAt } of subscribed) {
    const person = (await desk.models.get(people, personId))?.document
    if (!person?.active || !may(person.role, 'reports.read')) continue
    const due = subscriptions.flatMap((subscription) => dueReports(subscription, new Date(subscribedAt ?? 0), slot))
    if (due.length > 0) await caughtUp(desk)
    for (const { subscription, from, to } of due) {
      const { every, locationId } = subscription
      const content: Content = { kind: 'report', every, from, to, locationId }
      await mail(desk, `report/${every}/${locationId}/${from}`, personId, { content })
    }
  }
}

/** The jobs: each at its times, once in a cluster. Low stock is mailed a minute after its window, for what is told late. */
export const digestJobs = (desk: DigestDesk): readonly ScheduledJob[] => [
  { name: 'mail-low-stock', cron: '1-59/15 * * * *', zone: 'UTC', run: (slot) => mailLowStock(desk, slot) },
  { name: 'mail-sales', cron: '5 * * * *', zone: 'UTC', run: (slot) => mailSales(desk, slot) },
  { name: 'mail-reports', cron: '*/15 * * * *', zone: 'UTC', run: (slot) => mailReports(desk, slot) },
]
