// The rules of a notification: raised once for what it tells of, and extended by more of the same.
import { type Decider, nothing } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { type NotificationEvents, notificationEvents, type Recipient } from './events.ts'

export type NotificationCommands = {
  /** `recipients` may be empty: then nobody is told. */
  RaiseNotification: NotificationEvents['NotificationRaised']
}

export interface Notification {
  /** Everybody who was told of any of it; some of them several times. */
  readonly recipients: readonly Recipient[]
  /** What it tells of already. */
  readonly items: readonly string[]
}

/** Nothing is refused: what is told already is not told again. The state is null until it is raised. */
export const notification: Decider<NotificationCommands, NotificationEvents, Notification | null> = {
  events: notificationEvents,
  initial: null,

  decide: {
    RaiseNotification: (told, command) => {
      if (command.recipients.length === 0 || told?.items.includes(command.itemId)) return nothing
      const { severity: _, ...more } = command
      return told ? [event('NotificationExtended', more)] : [event('NotificationRaised', command)]
    },
  },

  evolve: {
    NotificationRaised: (_, { recipients, itemId }) => ({ recipients, items: [itemId] }),
    NotificationExtended: (told, { recipients, itemId }) =>
      told && { recipients: [...told.recipients, ...recipients], items: [...told.items, itemId] },
  },
}
