// The rules of a person's inbox: what is read is read once.
import { type Decider, nothing } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { type InboxEvents, inboxEvents } from './events.ts'

export type InboxCommands = {
  MarkRead: InboxEvents['NotificationRead']
  MarkAllRead: InboxEvents['AllNotificationsRead']
}

export interface Inbox {
  /** The latest that were read; an older one that is read again is recorded again, which changes nothing. */
  readonly read: readonly string[]
}

const remembered = 500

/** Nothing is refused. */
export const inbox: Decider<InboxCommands, InboxEvents, Inbox> = {
  events: inboxEvents,
  initial: { read: [] },

  decide: {
    MarkRead: ({ read }, command) =>
      read.includes(command.notificationId) ? nothing : [event('NotificationRead', command)],
    MarkAllRead: (_, command) => [event('AllNotificationsRead', command)],
  },

  evolve: {
    NotificationRead: ({ read }, { notificationId }) => ({ read: [...read, notificationId].slice(-remembered) }),
  },
}
