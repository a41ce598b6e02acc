import { test } from 'node:test'
import { fact } from '../test/specification/facts.ts'
import { project } from '../test/specification/projection.ts'
import { inboxes } from './inboxes.ts'
import { notifications } from './notifications.ts'

const at = '2026-01-05T08:00:00.000Z'
const later = '2026-01-05T08:10:00.000Z'
const ana = { personId: 'ana', push: true, mail: true }
const rui = { personId: 'rui', push: true, mail: false }
const about = { kind: 'message', title: 'Hello', text: '', senderId: 'eva' } as const
const told = { notificationId: 'n-1', recipients: [ana, rui], itemId: 'e-1', about, at }
const raised = fact('NotificationRaised', { ...told, severity: 'info' })
const extended = fact('NotificationExtended', { ...told, recipients: [ana], itemId: 'e-2', at: later })
const read = fact('NotificationRead', { personId: 'ana', notificationId: 'n-1', at })

const entry = (unread: boolean, when = at) => ({ notificationId: 'n-1', at: when, unread })

test('everybody who is told has it in their inbox, unread until they read it', () =>
  project(inboxes, [raised, read]).equals({
    ana: { personId: 'ana', entries: [entry(false)], unread: 0 },
    rui: { personId: 'rui', entries: [entry(true)], unread: 1 },
  }))

test('more of the same is one entry, on top and unread again', () =>
  project(inboxes, [raised, read, extended]).equals({
    ana: { personId: 'ana', entries: [entry(true, later)], unread: 1 },
    rui: { personId: 'rui', entries: [entry(true)], unread: 1 },
  }))

test('all that was there is read at once; who is erased has no inbox', () => {
  const all = fact('AllNotificationsRead', { personId: 'ana', at })
  const gone = fact('PersonErased', { personId: 'rui', at })
  project(inboxes, [raised, extended, all, gone]).equals({
    ana: { personId: 'ana', entries: [entry(true, later)], unread: 1 },
  })
})

test('what was told is kept once, with all that it tells of and everybody who was told', () =>
  project(notifications, [raised, extended]).equals({
    'n-1': {
      notificationId: 'n-1',
      kind: 'message',
      severity: 'info',
      items: [
        { itemId: 'e-2', about, at: later },
        { itemId: 'e-1', about, at },
      ],
      count: 2,
      recipients: [ana, rui],
      raisedAt: at,
      lastAt: later,
    },
  }))
