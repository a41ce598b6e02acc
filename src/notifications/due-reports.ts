// Which reports are due to a person, and what period each of them is about.

import { addDays, localTime, startOfDay } from '../domain/calendar.ts'
import type { ReportSubscription } from '../domain/notifications/events.ts'
import { addMonths, type Days, daysOfMonth, monthOf } from '../reporting/period.ts'

export interface DueReport extends Days {
  readonly subscription: ReportSubscription
  readonly dueAt: Date
}

const isMonday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 1

/** The period that has ended when a day begins; undefined on days on which none of that kind has. */
function periodBefore(every: ReportSubscription['every'], day: string): Days | undefined {
  const yesterday = addDays(day, -1)
  if (every === 'daily') return { from: yesterday, to: yesterday }
  if (every === 'weekly') return isMonday(day) ? { from: addDays(day, -7), to: yesterday } : undefined
  return day.endsWith('-01') ? daysOfMonth(addMonths(monthOf(day), -1)) : undefined
}

/** The reports of a subscription that were due after `after` and until `now`, at most a day ago. */
export function dueReports(subscription: ReportSubscription, after: Date, now: Date): readonly DueReport[] {
  const { every, time, zone } = subscription
  const today = localTime(now.toISOString(), zone).day
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  return [addDays(today, -1), today].flatMap((day) => {
    const period = periodBefore(every, day)
    const dueAt = new Date(Date.parse(startOfDay(day, zone)) + minutes * 60_000)
    const isDue = dueAt > after && dueAt <= now && now.getTime() - dueAt.getTime() < 24 * 3_600_000
    return period && isDue ? [{ ...period, subscription, dueAt }] : []
  })
}
