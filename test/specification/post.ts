// What is told and mailed in a history: notifications raised and read, mails queued and what became of them.
import { mail } from '../../src/domain/mail/mail.ts'
import { suppression } from '../../src/domain/mail/suppression.ts'
import { inbox } from '../../src/domain/notifications/inbox.ts'
import { notification } from '../../src/domain/notifications/notification.ts'
import { preferences } from '../../src/domain/notifications/preferences.ts'
import type { Shop } from './shop.ts'

interface Concerned {
  readonly which: number
  readonly other: number
  readonly quantity: number
  readonly personId: string
  readonly at: string
}

function tellPeople(shop: Shop, { which, other, personId, at }: Concerned): void {
  const colleague = { personId: `person-${(other + 1) % 4}`, push: true, mail: false }
  shop.attempt(notification, `told-${which}`, 'RaiseNotification', {
    notificationId: `told-${which}`,
    severity: 'info',
    recipients: [{ personId, push: true, mail: true }, colleague],
    itemId: shop.fresh('item'),
    about: { kind: 'message', title: 'Reunião', text: 'Às cinco.', senderId: personId },
    at,
  })
}

function readTold(shop: Shop, { which, quantity, personId, at }: Concerned): void {
  if (quantity > 4) shop.attempt(inbox, personId, 'MarkAllRead', { personId, at })
  else shop.attempt(inbox, personId, 'MarkRead', { personId, notificationId: `told-${which}`, at })
}

function chooseChannels(shop: Shop, { quantity, personId, at }: Concerned): void {
  const choices = { 'low-stock': { push: quantity % 2 === 0, mail: quantity > 3 } }
  shop.attempt(preferences, personId, 'ChangeNotificationPreferences', { personId, choices, quietHours: null, at })
  const daily = { every: 'daily', time: '07:00', zone: 'Africa/Maputo', locationId: null } as const
  const subscriptions = quantity > 3 ? [daily] : []
  shop.attempt(preferences, personId, 'ChangeReportSubscriptions', { personId, subscriptions, at })
}

function queueMail(shop: Shop, { which, personId, at }: Concerned): void {
  const mailId = `mail-${which}`
  const keys = { recipientKey: `key-${personId}`, domainKey: 'key-of-domain' }
  const to = { mailId, recipientId: personId, address: `${personId}@example.com`, ...keys }
  const content = { kind: 'welcome', linkId: 'link' } as const
  shop.attempt(mail, mailId, 'QueueMail', { ...to, locale: 'en', priority: 'normal', content, notBefore: at, at })
}

function tryMail(shop: Shop, { which, quantity, personId, at }: Concerned): void {
  const mailId = `mail-${which}`
  const said = { mailId, code: '4.7.1', reply: `${personId}@example.com, later`, at }
  if (quantity < 2) shop.attempt(mail, mailId, 'DeferMail', { ...said, until: at })
  else if (quantity < 4) shop.attempt(mail, mailId, 'RecordSent', { ...said, messageId: '<m@x>' })
  else if (quantity === 4) shop.attempt(mail, mailId, 'SuppressMail', { mailId, because: 'bounced', at })
  else if (quantity === 5) shop.attempt(mail, mailId, 'RetryMail', { mailId, at })
  else bounce(shop, said)
}

function bounce(shop: Shop, said: { mailId: string; code: string; reply: string; at: string }): void {
  const known = shop.stateOf(mail, said.mailId)
  if (!known) return
  const { recipientId, recipientKey } = known
  shop.attempt(mail, said.mailId, 'RecordBounce', { ...said, source: 'smtp' })
  const { mailId, at } = said
  const listed = { recipientKey, recipientId, address: said.reply, because: 'bounced', mailId, at } as const
  if (!shop.attempt(suppression, recipientKey, 'SuppressAddress', listed))
    shop.attempt(suppression, recipientKey, 'ReleaseAddress', { recipientKey, at })
}

export const post = { tellPeople, readTold, chooseChannels, queueMail, tryMail }
