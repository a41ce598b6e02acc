// Each person's inbox: the latest that they were told, and what of it they have not read. What it says is in `notifications`.
import { projection } from './projection.ts'

export interface InboxEntry {
  readonly notificationId: string
  /** When it was told last. */
  readonly at: string
  readonly unread: boolean
}

export interface Inbox {
  readonly personId: string
  /** The newest first, no more than are kept. */
  readonly entries: readonly InboxEntry[]
  readonly unread: number
}

/** As many as an inbox keeps; what is older is still in the log. */
export const inboxSize = 200

const inbox = (personId: string, entries: readonly InboxEntry[]): Inbox => ({
  personId,
  entries,
  unread: entries.filter(({ unread }) => unread).length,
})

interface Told {
  readonly data: {
    readonly notificationId: string
    readonly recipients: readonly { readonly personId: string }[]
    readonly at: string
  }
}

/** Told, or told again of more: on top, unread. */
const told = {
  key: ({ data }: Told) => data.recipients.map(({ personId }) => personId),
  initial: (_: Told, personId: string) => inbox(personId, []),
  apply: ({ personId, entries }: Inbox, { data: { notificationId, at } }: Told) => {
    const others = entries.filter((entry) => entry.notificationId !== notificationId)
    return inbox(personId, [{ notificationId, at, unread: true }, ...others].slice(0, inboxSize))
  },
}

const key = ({ data }: { readonly data: { readonly personId: string } }) => data.personId

export const inboxes = projection<Inbox>('inboxes', {
  version: 1,
  indexes: [],
  on: {
    NotificationRaised: told,
    NotificationExtended: told,
    NotificationRead: {
      key,
      apply: ({ personId, entries }, { data: { notificationId } }) =>
        inbox(
          personId,
          entries.map((entry) => (entry.notificationId === notificationId ? { ...entry, unread: false } : entry)),
        ),
    },
    AllNotificationsRead: {
      key,
      apply: ({ personId, entries }, { data }) =>
        inbox(
          personId,
          entries.map((entry) => (entry.at <= data.at ? { ...entry, unread: false } : entry)),
        ),
    },
    PersonErased: { key, apply: () => null },
  },
})
