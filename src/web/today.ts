// The day that it is for the company.
import { settings, settingsId } from '../../projections/settings.ts'
import { todayIn } from '../reporting/reports.ts'
import type { AppContext } from './environment.ts'

/** The day of the calendar in a time zone, now. */
export const today = (c: AppContext, timeZone: string): string => todayIn(timeZone, c.get('system').now())

/** Today by the company's calendar, where its time zone is not at hand. */
export async function todayOf(c: AppContext): Promise<string> {
  const company = (await c.get('system').models.get(settings, settingsId))?.document
  return today(c, company?.timeZone ?? 'Africa/Maputo')
}
