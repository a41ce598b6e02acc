// Notifications: the caller's own, messages to others, and how the caller wants to be told.
import { z } from '@hono/zod-openapi'
import { inboxes } from '../../../projections/inboxes.ts'
import { notificationPreferences } from '../../../projections/notification-preferences.ts'
import { notifications } from '../../../projections/notifications.ts'
import {
  changeNotificationPreferences,
  changeReportSubscriptions,
  markAllRead,
  markRead,
} from '../../commands/notifications.ts'
import {
  about,
  notificationKinds,
  quietHours,
  reportFrequencies,
  severities,
  timeOfDay,
} from '../../domain/notifications/events.ts'
import { channelsFor, unchosen } from '../../domain/notifications/preferences.ts'
import { sendMessage } from '../../notifications/index.ts'
import { callerOf, commandContext } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { id, line, remark, role } from './fields.ts'
import { flag, listOf } from './lists.ts'
import { apiRoutes, commandAnswer, done, idParam, route } from './route.ts'

const tag = 'Notifications'
const made = commandAnswer({ id: z.string() })

const notificationView = z
  .object({
    id: z.string(),
    kind: z.enum(notificationKinds),
    severity: z.enum(severities),
    unread: z.boolean(),
    count: z.int().describe('How many it tells of; the latest of them are in items'),
    items: listOf(z.object({ about, at: z.string() })),
    raisedAt: z.string(),
    lastAt: z.string(),
  })
  .openapi('Notification')

const audience = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('everybody') }),
  z.strictObject({ to: z.literal('person'), personId: id }),
  z.strictObject({ to: z.literal('role'), role, locationId: id.optional() }),
  z.strictObject({ to: z.literal('department'), department: line, locationId: id.optional() }),
  z.strictObject({ to: z.literal('location'), locationId: id }),
])

const message = z.strictObject({
  audience,
  title: line,
  text: remark.default(''),
  severity: z.enum(severities).default('info'),
  mail: z.boolean().default(false).describe('By e-mail too, to all who have not chosen otherwise'),
})

const channels = z.strictObject({ push: z.boolean(), mail: z.boolean() })
const zone = z
  .string()
  .max(64)
  .refine((name) => Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC', 'Name an IANA time zone')
const preferences = z.strictObject({
  choices: z.partialRecord(z.enum(notificationKinds), channels),
  quietHours: quietHours.extend({ zone }).nullable(),
  subscriptions: z
    .array(z.strictObject({ every: z.enum(reportFrequencies), time: timeOfDay, zone, locationId: id.nullable() }))
    .max(20),
})

export function notificationsApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/notifications',
      { query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), unread: flag.optional() }) },
      {
        summary: 'What you were told, the latest first',
        tag,
        answer: z.object({ unread: z.int(), items: listOf(notificationView) }),
      },
    ),
    async (c) => {
      const { limit, unread } = c.req.valid('query')
      const { models } = c.get('system')
      const inbox = (await models.get(inboxes, callerOf(c).sub))?.document
      const entries = (inbox?.entries ?? []).filter((entry) => !unread || entry.unread).slice(0, limit)
      const found = await models.getMany(
        notifications,
        entries.map(({ notificationId }) => notificationId),
      )
      const known = new Map(found.map(({ id, document }) => [id, document]))
      const items = entries.flatMap(({ notificationId, unread }) => {
        const told = known.get(notificationId)
        if (!told) return []
        const { kind, severity, count, raisedAt, lastAt } = told
        const shown = told.items.map(({ about, at }) => ({ about, at }))
        return [{ id: notificationId, kind, severity, unread, count, items: shown, raisedAt, lastAt }]
      })
      return c.json({ unread: inbox?.unread ?? 0, items })
    },
  )

  api.openapi(
    route(
      'post',
      '/api/notifications',
      { body: message },
      { summary: 'Send a message to people', tag, permission: 'notifications.send', status: 201, answer: made },
    ),
    async (c) => {
      const sent = c.req.valid('json')
      return c.json(done(c, await sendMessage(c.get('system'), sent, commandContext(c, sent))), 201)
    },
  )

  api.openapi(
    route(
      'post',
      '/api/notifications/{id}/read',
      { params: idParam },
      { summary: 'Mark a notification as read', tag, answer: made },
    ),
    async (c) => {
      const reading = { personId: callerOf(c).sub, notificationId: c.req.valid('param').id }
      return c.json(done(c, await markRead(c.get('system'), reading, commandContext(c))))
    },
  )

  api.openapi(
    route('post', '/api/notifications/read-all', {}, { summary: 'Mark all as read', tag, answer: made }),
    async (c) => c.json(done(c, await markAllRead(c.get('system'), callerOf(c).sub, commandContext(c)))),
  )

  api.openapi(
    route(
      'get',
      '/api/profile/notifications',
      {},
      { summary: 'How you are told, and which reports come to you by e-mail', tag, answer: preferences },
    ),
    async (c) => {
      const own = (await c.get('system').models.get(notificationPreferences, callerOf(c).sub))?.document ?? unchosen
      const choices = Object.fromEntries(notificationKinds.map((kind) => [kind, channelsFor(own, kind)]))
      return c.json({ choices, quietHours: own.quietHours, subscriptions: [...own.subscriptions] })
    },
  )

  api.openapi(
    route(
      'put',
      '/api/profile/notifications',
      { body: preferences },
      { summary: 'Choose how you are told, and which reports come to you by e-mail', tag, answer: made },
    ),
    async (c) => {
      const { choices, quietHours, subscriptions } = c.req.valid('json')
      const personId = callerOf(c).sub
      const { request: _once, ...context } = commandContext(c)
      const chosen = { personId, choices, quietHours }
      const outcome = await changeNotificationPreferences(c.get('system'), chosen, context)
      if (outcome.rejected) throw new ProblemError(outcome.code)
      return c.json(done(c, await changeReportSubscriptions(c.get('system'), { personId, subscriptions }, context)))
    },
  )

  return api
}
