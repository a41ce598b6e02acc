// How the reader wants to be told, and which reports come to them by mail.
import { Hono } from 'hono'
import { z } from 'zod'
import { notificationPreferences } from '../../../projections/notification-preferences.ts'
import type { FormState } from '../../../views/components/field.ts'
import { layout } from '../../../views/layout.ts'
import type { PlainKey } from '../../../views/locales/index.ts'
import { notificationPreferencesContent } from '../../../views/pages/notification-preferences.ts'
import { changeNotificationPreferences, changeReportSubscriptions } from '../../commands/notifications.ts'
import { notificationKinds, reportFrequencies, timeOfDay } from '../../domain/notifications/events.ts'
import { type Choices, channelsFor, unchosen } from '../../domain/notifications/preferences.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellPosition } from '../consistency.ts'
import { type AppContext, callerMay, callerOf, commandContext, type Environment } from '../environment.ts'
import { rejected } from '../problems.ts'
import { type Typed, typedIn, withIssues } from './form.ts'
import { companyOf, frameOf } from './frame.ts'
import { leadTo } from './redirect.ts'
import { tell } from './toasts.ts'

const signedIn = authorise(undefined)
const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])
const time = timeOfDay.catch('07:00')

const form = z.object({
  zone: z
    .string()
    .trim()
    .refine((name) => zones.has(name), 'errors.invalid' satisfies PlainKey),
  quiet: z.literal('on').optional(),
  quietFrom: time,
  quietTo: time,
})

/** The boxes of the table, as they were sent. */
const choicesIn = (typed: Typed): Choices =>
  Object.fromEntries(
    notificationKinds.map((kind) => [
      kind,
      { push: typed[`push.${kind}`] === 'on', mail: typed[`mail.${kind}`] === 'on' },
    ]),
  )

export function notificationPreferencesPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  const show = async (c: AppContext, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const own = (await c.get('system').models.get(notificationPreferences, callerOf(c).sub))?.document ?? unchosen
    const zone = own.quietHours?.zone ?? own.subscriptions[0]?.zone ?? (await companyOf(c))?.timeZone ?? 'Africa/Maputo'
    const main = notificationPreferencesContent(frame.reader, {
      channels: notificationKinds.map((kind) => [kind, channelsFor(own, kind)] as const),
      quietHours: own.quietHours,
      subscriptions: own.subscriptions,
      frequencies: callerMay(c, 'reports.read') ? reportFrequencies : [],
      zone,
      state,
    })
    return c.html(layout(frame, { title: frame.reader.t('notifications.preferences'), main }), status)
  }

  pages.get('/profile/notifications', signedIn, (c) => show(c, {}))

  pages.post('/profile/notifications', signedIn, async (c) => {
    const { reader } = await frameOf(c, assets)
    const typed = await typedIn(c)
    const parsed = form.safeParse(typed)
    if (!parsed.success) return show(c, withIssues(reader, typed, parsed.error), 422)
    const { zone, quiet, quietFrom, quietTo } = parsed.data
    const personId = callerOf(c).sub
    const quietHours = quiet ? { from: quietFrom, to: quietTo, zone } : null
    const chosen = { personId, choices: choicesIn(typed), quietHours }
    const first = await changeNotificationPreferences(c.get('system'), chosen, commandContext(c))
    if (first.rejected) throw rejected(first)
    const subscriptions = reportFrequencies
      .filter((every) => typed[`report.${every}`] === 'on' && callerMay(c, 'reports.read'))
      .map((every) => ({ every, time: time.parse(typed[`time.${every}`]), zone, locationId: null }))
    const second = await changeReportSubscriptions(c.get('system'), { personId, subscriptions }, commandContext(c))
    if (second.rejected) throw rejected(second)
    tellPosition(c, second.position)
    tell(c, 'notifications.saved')
    return leadTo(c, '/profile/notifications')
  })

  return pages
}
