// The days that a report is about, and the days that it is compared with.
import { addDays } from '../domain/calendar.ts'

/** Days, YYYY-MM-DD, both included. */
export interface Days {
  readonly from: string
  readonly to: string
}

export const periodNames = ['today', 'week', 'month', 'last-month', 'custom'] as const
export type PeriodName = (typeof periodNames)[number]

export interface Period extends Days {
  readonly name: PeriodName
  /** As far into it as the period itself goes, so that a month that has begun is not measured against a whole one. */
  readonly before: Days
}

/** A report never covers more: two years. */
export const mostDays = 731

/** The day count of a range; 0 or less when it ends before it begins. */
export const dayCount = ({ from, to }: Days): number => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1

/** Each day of a range, in order. */
export const daysIn = (days: Days): string[] =>
  Array.from({ length: Math.max(0, dayCount(days)) }, (_, at) => addDays(days.from, at))

export const monthOf = (day: string): string => day.slice(0, 7)

/** The month so many months after a month (YYYY-MM), or before it when negative. */
export function addMonths(month: string, months: number): string {
  const date = new Date(`${month}-01T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + months)
  return date.toISOString().slice(0, 7)
}

/** The first and the last day of a month. */
export const daysOfMonth = (month: string): Days => ({
  from: `${month}-01`,
  to: addDays(`${addMonths(month, 1)}-01`, -1),
})

/** Each month that a range touches, in order. */
export function monthsIn({ from, to }: Days): string[] {
  const months: string[] = []
  for (let month = monthOf(from); month <= monthOf(to); month = addMonths(month, 1)) months.push(month)
  return months
}

/** The Monday of a day's week. */
const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

const shifted = ({ from, to }: Days, days: number): Days => ({ from: addDays(from, days), to: addDays(to, days) })

/** A month up to a day of the month after it, or whole when it is shorter. */
function sameDaysOfMonthBefore(day: string): Days {
  const whole = daysOfMonth(addMonths(monthOf(day), -1))
  const same = `${monthOf(whole.from)}${day.slice(7)}`
  return { from: whole.from, to: same < whole.to ? same : whole.to }
}

const preset = {
  today: (today: string) => {
    const days = { from: today, to: today }
    return { ...days, before: shifted(days, -7) }
  },
  week: (today: string) => {
    const days = { from: mondayOf(today), to: today }
    return { ...days, before: shifted(days, -7) }
  },
  month: (today: string) => ({ from: `${monthOf(today)}-01`, to: today, before: sameDaysOfMonthBefore(today) }),
  'last-month': (today: string) => {
    const month = addMonths(monthOf(today), -1)
    return { ...daysOfMonth(month), before: daysOfMonth(addMonths(month, -1)) }
  },
}

/** What is asked for: a name, or dates of one's own. Anything unknown or impossible gives the month so far, or `otherwise`. */
export function periodFrom(
  asked: { readonly period?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined },
  today: string,
  otherwise: Exclude<PeriodName, 'custom'> = 'month',
): Period {
  const name = periodNames.find((known) => known === asked.period) ?? (asked.from && asked.to ? 'custom' : otherwise)
  if (name !== 'custom') return { name, ...preset[name](today) }
  const days = inOrder(asked.from, asked.to)
  return days
    ? { name, ...days, before: shifted(days, -dayCount(days)) }
    : { name: otherwise, ...preset[otherwise](today) }
}

/** Two real days in their order, cut to the longest range; undefined when one of them is no day. */
function inOrder(a: string | undefined, b: string | undefined): Days | undefined {
  if (!isDay(a) || !isDay(b)) return undefined
  const days = a <= b ? { from: a, to: b } : { from: b, to: a }
  return dayCount(days) <= mostDays ? days : { from: days.from, to: addDays(days.from, mostDays - 1) }
}

/** A day of the calendar within four-digit years on both sides of it. */
const isDay = (text: string | undefined): text is string =>
  text !== undefined &&
  /^[12]\d{3}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text)

/** The whole months that a period touches, against as many months before them. */
export function wholeMonths({ name, from, to }: Period): Period {
  const first = monthOf(from)
  const months = monthsIn({ from, to }).length
  return {
    name,
    from: `${first}-01`,
    to: daysOfMonth(monthOf(to)).to,
    before: { from: `${addMonths(first, -months)}-01`, to: addDays(`${first}-01`, -1) },
  }
}
