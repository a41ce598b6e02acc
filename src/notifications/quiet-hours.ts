// Quiet hours: whether somebody is to be left alone now, and when that is over.
import type { QuietHours } from '../domain/notifications/events.ts'

const minutesADay = 24 * 60

/** Minutes since midnight of HH:MM. */
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** The time of day, HH:MM, of an instant in a zone (IANA). */
export const timeOfDayIn = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

/** When the quiet hours that hold at that time are over; undefined when none hold. Hours that end where they begin never hold. */
export function quietUntil(quiet: QuietHours | null, at: Date): Date | undefined {
  if (!quiet) return undefined
  const [from, to, now] = [quiet.from, quiet.to, timeOfDayIn(at, quiet.zone)].map(minutesOf)
  if (from === undefined || to === undefined || now === undefined) return undefined
  const holds = from <= to ? from <= now && now < to : from <= now || now < to
  if (!holds) return undefined
  const left = (to - now + minutesADay) % minutesADay
  return new Date(Math.floor(at.getTime() / 60_000) * 60_000 + left * 60_000)
}
