// What a notification says, in the reader's words: on its page, in the bell's list, in a mail.
import type { About, NotificationKind, Severity } from '../src/domain/notifications/events.ts'
import type { Tone } from './components/status.ts'
import { catalogue, type PlainKey } from './locales/index.ts'
import type { Reader } from './reader.ts'

/** What an alert is called; a kind that was told once and is no more, just so. */
const alertName = (kind: string): PlainKey => {
  const key = `alert.${kind}`
  return isPlainKey(key) ? key : 'notifications.alert-unknown'
}
const isPlainKey = (key: string): key is PlainKey => Object.hasOwn(catalogue, key)

/** In one line. */
export function notificationTitle({ t, format }: Reader, about: About): string {
  switch (about.kind) {
    case 'low-stock':
      return t('notifications.low-stock', {
        product: about.product,
        left: `${format.quantity(about.onHand, about.decimals)} ${about.unit}`,
      })
    case 'task':
      return t('notifications.task', {
        title: about.taskKind === 'count-stock' ? t('tasks.count-stock', { product: about.title }) : about.title,
      })
    case 'system-alert':
      return t(about.resolved ? 'notifications.alert-over' : 'notifications.alert', {
        what: t(alertName(about.alert)),
        subject: about.subject,
      })
    case 'cash-difference':
      return t('notifications.cash-difference', {
        location: about.location,
        difference: format.money(about.difference),
      })
    case 'sale-voided':
      return t('notifications.sale-voided', { location: about.location, total: format.money(about.total) })
    case 'message':
      return about.title
  }
}

/** What else there is to say; '' for nothing. */
export function notificationText({ t, format }: Reader, about: About): string {
  switch (about.kind) {
    case 'low-stock':
      return t('notifications.low-stock-where', {
        location: about.location,
        reorderPoint: format.quantity(about.reorderPoint, about.decimals),
      })
    case 'task':
      return about.dueOn === null ? '' : t('notifications.task-due', { date: format.date(about.dueOn) })
    case 'system-alert':
      return about.detail
    case 'cash-difference':
      return ''
    case 'sale-voided':
      return about.reason
    case 'message':
      return about.text
  }
}

/** Where what it is about is seen; undefined where there is nothing more to see. */
export function notificationHref(about: About): string | undefined {
  switch (about.kind) {
    case 'low-stock':
      return `/products/${about.productId}`
    case 'task':
      return `/tasks/${about.taskId}`
    case 'cash-difference':
      return `/cash/${about.cashSessionId}`
    case 'sale-voided':
      return `/sales/${about.saleId}`
    case 'system-alert':
    case 'message':
      return undefined
  }
}

/** What several of a kind are called together. */
export const notificationGroup = ({ t }: Reader, kind: NotificationKind, count: number): string =>
  kind === 'low-stock' ? t('notifications.low-stock-many', { count }) : t('notifications.many', { count })

export const severityTone: Readonly<Record<Severity, Tone>> = { info: 'info', warning: 'warning', danger: 'danger' }
