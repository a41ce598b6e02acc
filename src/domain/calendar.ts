// The company's calendar: which local day and hour an instant falls on.

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format is slow, so that one is kept for each time zone. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
    })
    formats.set(timeZone, format)
  }
  return format
}

export interface LocalTime {
  /** YYYY-MM-DD */
  readonly day: string
  /** 0 to 23 */
  readonly hour: number
}

/** The local day and hour of an instant (ISO 8601 UTC) in a time zone (IANA). @throws RangeError when either is unknown. */
export function localTime(at: string, timeZone: string): LocalTime {
  const part: Record<string, string> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(new Date(at))) part[type] = value
  return { day: `${part.year}-${part.month}-${part.day}`, hour: Number(part.hour) }
}

/** The day so many days after a day, or before it when negative. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}
