// What goes over the wire between the push gateway and a listener. The gateway's schemas are checked against these types; docs/push.md explains.

/** What everybody is told of unless they narrow it. */
export const mainEvents = ['notification', 'low-stock-alert', 'new-sale', 'system-update'] as const
/** What is told only to whoever asks for it by name. */
export const topics = [
  'sale-changed',
  'stock-changed',
  'product-changed',
  'order-changed',
  'customer-changed',
  'task-changed',
  'notifications-read',
] as const

export type EventName = (typeof mainEvents)[number] | (typeof topics)[number]

type Change<What extends string> = { readonly [Field in What]: string } & { readonly change: string }

/** What each event tells. Money: integers of the minor unit; quantities: integers of the product's smallest unit. */
export interface EventData {
  /** Something for one person. `kind` says what its words are, `about` what they tell: values, since every reader has a language of their own. */
  readonly notification: {
    readonly notificationId: string
    readonly change: 'raised' | 'extended'
    readonly kind: string
    readonly severity: string | null
    readonly about: Readonly<Record<string, string | number | boolean | null>>
  }
  readonly 'low-stock-alert': {
    readonly productId: string
    readonly locationId: string
    readonly onHand: number
    readonly reorderPoint: number
  }
  readonly 'new-sale': {
    readonly saleId: string
    readonly document: string
    readonly locationId: string
    readonly till: number
    readonly cashierId: string
    readonly method: string
    readonly lines: number
    readonly total: number
    readonly tax: number
  }
  /** An alert about the system was raised, with its cause, seen by somebody, or resolved. */
  readonly 'system-update': {
    readonly change: 'alert-raised' | 'alert-acknowledged' | 'alert-resolved'
    readonly alertId: string
    readonly kind: string | null
    readonly subject: string | null
    readonly severity: string | null
    readonly detail: string | null
  }
  readonly 'sale-changed': Change<'saleId' | 'locationId'> & { readonly amount: number }
  /** A mere state: to a listener who is slow, only the latest of a product at a location may be told. */
  readonly 'stock-changed': Change<'productId' | 'locationId'> & { readonly onHand: number }
  readonly 'product-changed': Change<'productId'>
  readonly 'order-changed': Change<'orderId'>
  readonly 'customer-changed': Change<'customerId'>
  readonly 'task-changed': Change<'taskId'>
  /** The listener has read a notification, perhaps elsewhere; null: all of them. */
  readonly 'notifications-read': { readonly notificationId: string | null }
}

/** `all`, `role:…`, `department:…`, `location:…` or `user:…`. */
export type Room = 'all' | `${'role' | 'department' | 'location' | 'user'}:${string}`

/** One message. `position`: of its event in the log; it grows, and no listener gets two messages of one position. `at`: ISO 8601 UTC. */
export type PushMessage<Name extends EventName = EventName> = {
  readonly [N in Name]: {
    readonly event: N
    readonly position: string
    readonly at: string
    readonly room: Room
    readonly data: EventData[N]
  }
}[Name]

/** Only messages whose data has one of the values in each of the named fields. */
export type Filter = Readonly<Record<string, string | number | boolean | readonly (string | number | boolean)[]>>

export interface Subscription {
  /** Without it: every room that the token allows. */
  readonly rooms?: readonly Room[] | undefined
  /** Without it: the four main events. `*`: everything. */
  readonly events?: readonly (EventName | '*')[] | undefined
  readonly filter?: Filter | undefined
}

/** What a listener may say; any of these together. */
export interface FromListener {
  /** An access token: the first one signs in, later ones extend the stay. */
  readonly token?: string | undefined
  readonly subscribe?: Subscription | undefined
  /** Everything after this position, then what happens. */
  readonly after?: string | undefined
  /** Answered with a pong that carries the same. */
  readonly ping?: string | undefined
  /** Asks who is there. */
  readonly presence?: true | undefined
}

/** What the gateway says beside messages: answers, and a hint before it goes. */
export type Control =
  | {
      readonly subscribed: {
        readonly rooms: readonly string[]
        readonly events: readonly string[]
        readonly after: string
      }
    }
  /** All that was missed has been sent; from here on it is live. */
  | { readonly caughtUp: { readonly position: string } }
  /** Everything due up to `position` has been sent. */
  | { readonly pong: { readonly ping: string; readonly position: string } }
  | { readonly presence: { readonly count: number; readonly people: readonly string[] | null } }
  | { readonly error: { readonly code: string; readonly message: string } }
  /** The gateway is about to go: come back after so many milliseconds. */
  | { readonly reconnect: { readonly after: number } }

/** Why the gateway closes a connection. */
export const closeCodes = {
  /** The gateway stops; come back after the time that its hint told. */
  goingAway: 1001,
  /** A binary message. */
  unsupported: 1003,
  /** A message longer than `longestMessage`. */
  tooLong: 1009,
  /** No room for more connections; try later. */
  tryLater: 1013,
  /** A message that does not follow the protocol. */
  malformed: 4400,
  /** No token, or one that is not valid (any more): get another, then resume. */
  unauthorised: 4401,
  /** The position is not of this log: what is known of it must be thrown away. */
  unknownPosition: 4404,
  /** No token in time. */
  silent: 4408,
  /** Too slow in reading: resume from the last position. */
  tooSlow: 4409,
  /** Too many messages at once. */
  tooMany: 4429,
} as const

/** Bytes of the longest message that a listener may send. */
export const longestMessage = 8 * 1024
