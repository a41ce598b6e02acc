// The reader's notifications: read one, open what it is about, read all; and messages sent by those who may.
import { Hono } from 'hono'
import { z } from 'zod'
import { inboxes } from '../../../projections/inboxes.ts'
import { notifications } from '../../../projections/notifications.ts'
import type { Choice, FormState } from '../../../views/components/field.ts'
import { layout } from '../../../views/layout.ts'
import { notificationHref } from '../../../views/notification-words.ts'
import { messageFormContent, notificationShows, notificationsContent } from '../../../views/pages/notifications.ts'
import type { Reader } from '../../../views/reader.ts'
import { markAllRead, markRead } from '../../commands/notifications.ts'
import { severities } from '../../domain/notifications/events.ts'
import { role, roles } from '../../domain/values.ts'
import { type Audience, sendMessage } from '../../notifications/index.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellDone, tellPosition } from '../consistency.ts'
import { type AppContext, callerMay, callerOf, commandContext, type Environment } from '../environment.ts'
import { formContext, freshForm, typedIn, withIssues, withRejection } from './form.ts'
import { frameOf, openLocations } from './frame.ts'
import { activePeople } from './named-people.ts'
import { leadBack, leadTo } from './redirect.ts'
import { tell } from './toasts.ts'
import { typedNote, typedText } from './typed.ts'

const signedIn = authorise(undefined)
const mayWrite = authorise('notifications.send')

/** To whom a message can go, each as the form sends it: `role:manager`, `department:Caixa`. */
async function audienceChoices(c: AppContext, { t }: Reader): Promise<readonly Choice[]> {
  const [people, places] = await Promise.all([activePeople(c), openLocations(c)])
  const others = people.filter(({ personId }) => personId !== callerOf(c).sub)
  const departments = [...new Set(others.flatMap((person) => person.departments))].sort()
  return [
    { value: 'everybody', label: t('notifications.to.everybody') },
    ...roles.map((name) => ({
      value: `role:${name}`,
      label: t('notifications.to.role', { role: t(`people.role.${name}`) }),
    })),
    ...departments.map((name) => ({
      value: `department:${name}`,
      label: t('notifications.to.department', { name }),
    })),
    ...places.map(({ locationId, name }) => ({
      value: `location:${locationId}`,
      label: t('notifications.to.location', { name }),
    })),
    ...others.map(({ personId, name }) => ({ value: `person:${personId}`, label: name ?? t('people.somebody') })),
  ]
}

const typedAudience = z.string().transform((value, { addIssue }): Audience => {
  const [, kind, id = ''] = /^(\w+):(.+)$/.exec(value) ?? []
  if (kind === 'person') return { to: 'person', personId: id }
  if (kind === 'department') return { to: 'department', department: id }
  if (kind === 'location') return { to: 'location', locationId: id }
  const known = role.safeParse(id)
  if (kind === 'role' && known.success) return { to: 'role', role: known.data }
  if (value !== 'everybody') addIssue('')
  return { to: 'everybody' }
})

const messageForm = z.object({
  audience: typedAudience,
  title: typedText(),
  text: typedNote(),
  severity: z.enum(severities),
  mail: z.literal('on').optional(),
})

export function notificationsPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/notifications', signedIn, async (c) => {
    const frame = await frameOf(c, assets)
    const { models } = c.get('system')
    const show = notificationShows.find((known) => known === c.req.query('show')) ?? 'unread'
    const inbox = (await models.get(inboxes, callerOf(c).sub))?.document
    const entries = (inbox?.entries ?? []).filter(({ unread }) => show === 'all' || unread)
    const found = await models.getMany(
      notifications,
      entries.map(({ notificationId }) => notificationId),
    )
    const known = new Map(found.map(({ id, document }) => [id, document]))
    const lines = entries.flatMap(({ notificationId, unread }) => {
      const notification = known.get(notificationId)
      return notification ? [{ notification, unread }] : []
    })
    const maySend = callerMay(c, 'notifications.send')
    const main = notificationsContent(frame.reader, { lines, show, unread: inbox?.unread ?? 0, maySend })
    return c.html(layout(frame, { title: frame.reader.t('notifications.title'), main }))
  })

  /** Marks one as read. */
  const read = async (c: AppContext): Promise<string> => {
    const notificationId = c.req.param('id') ?? ''
    const reading = { personId: callerOf(c).sub, notificationId }
    const outcome = await markRead(c.get('system'), reading, commandContext(c))
    tellDone(c, outcome)
    return notificationId
  }

  pages.post('/notifications/:id/read', signedIn, async (c) => {
    await read(c)
    return leadBack(c, '/notifications')
  })

  pages.post('/notifications/:id/open', signedIn, async (c) => {
    const told = (await c.get('system').models.get(notifications, await read(c)))?.document
    const about = told?.items[0]?.about
    return leadTo(c, (about && notificationHref(about)) ?? '/notifications')
  })

  pages.post('/notifications/read-all', signedIn, async (c) => {
    const outcome = await markAllRead(c.get('system'), callerOf(c).sub, commandContext(c))
    tellDone(c, outcome)
    tell(c, 'notifications.all-read')
    return leadTo(c, '/notifications')
  })

  const showForm = async (c: AppContext, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const main = messageFormContent(frame.reader, { state, audiences: await audienceChoices(c, frame.reader) })
    return c.html(layout(frame, { title: frame.reader.t('notifications.new'), main }), status)
  }

  pages.get('/notifications/new', mayWrite, (c) => showForm(c, freshForm(c)))

  pages.post('/notifications', mayWrite, async (c) => {
    const { reader } = await frameOf(c, assets)
    const typed = await typedIn(c)
    const parsed = messageForm.safeParse(typed)
    if (!parsed.success) return showForm(c, withIssues(reader, typed, parsed.error), 422)
    const message = { ...parsed.data, mail: parsed.data.mail === 'on' }
    const outcome = await sendMessage(c.get('system'), message, formContext(c, typed))
    if (outcome.rejected) return showForm(c, withRejection(reader, typed, outcome, 'audience'), 422)
    tellPosition(c, outcome.position)
    tell(c, 'notifications.sent')
    return leadTo(c, '/notifications')
  })

  return pages
}
