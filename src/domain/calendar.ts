// The company's calendar: which local day and hour an instant falls on.

export interface LocalTime {
  /** YYYY-MM-DD */
  readonly day: string
  /** 0 to 23 */
  readonly hour: number
}

interface Clock {
  readonly format: Intl.DateTimeFormat
  /** The minute that was asked for last, and its local time: many sales fall in one minute, and formatting is slow. */
  minute: string
  local: LocalTime
}

const clocks = new Map<string, Clock>()

function clockIn(timeZone: string): Clock {
  const known = clocks.get(timeZone)
  if (known) return known
  const [year, month, day, hour] = ['numeric', '2-digit', '2-digit', '2-digit'] as const
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year, month, day, hour, hourCycle: 'h23' })
  const clock = { format, minute: '', local: { day: '', hour: 0 } }
  clocks.set(timeZone, clock)
  return clock
}

/** The local day and hour of an instant (ISO 8601 UTC) in a time zone (IANA). @throws RangeError when either is unknown. */
export function localTime(at: string, timeZone: string): LocalTime {
  const clock = clockIn(timeZone)
  const minute = at.slice(0, 'YYYY-MM-DDTHH:MM'.length)
  if (clock.minute === minute) return clock.local
  const part: Record<string, string> = {}
  for (const { type, value } of clock.format.formatToParts(new Date(at))) part[type] = value
  clock.local = { day: `${part.year}-${part.month}-${part.day}`, hour: Number(part.hour) }
  clock.minute = minute
  return clock.local
}

/** The day so many days after a day, or before it when negative. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

export interface Instants {
  readonly gte?: string
  readonly lt?: string
}

/**
 * The instants between which local days lie, whatever the time zone (UTC−12 to UTC+14): a range of what is kept in order of time, beside the
 * exact days.
 */
export function instantsAround({
  from,
  to,
}: {
  readonly from?: string | undefined
  readonly to?: string | undefined
}): Instants {
  return {
    ...(from !== undefined && { gte: `${addDays(from, -1)}T10:00:00.000Z` }),
    ...(to !== undefined && { lt: `${addDays(to, 1)}T12:00:00.001Z` }),
  }
}

/** By how many milliseconds local time is ahead of UTC at an instant. */
function aheadOfUtc(instant: number, timeZone: string): number {
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return Date.parse(`${wall.format(instant).replace(' ', 'T')}Z`) - instant
}

/** The instant at which a local day begins, ISO 8601 UTC. */
export const startOfDay = (day: string, timeZone: string): string => instantOf(`${day}T00:00`, timeZone)

/** The instant (ISO 8601 UTC) of a local time, such as 2026-03-02T17:00, in a time zone (IANA). */
export function instantOf(local: string, timeZone: string): string {
  const asUtc = Date.parse(`${local}Z`)
  const guess = asUtc - aheadOfUtc(asUtc, timeZone)
  // Where the clocks change between the guess and that time in UTC, the offset at the guess is the one that counts.
  return new Date(asUtc - aheadOfUtc(guess, timeZone)).toISOString()
}
