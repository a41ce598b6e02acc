// Rooms and subscriptions: who may be told what, and what of it they have asked for. Pure; the gateway and the event stream both ask here.
import {
  type EventName,
  type Filter,
  mainEvents,
  type Room,
  type Subscription,
  topics,
} from '../../client/push/protocol.ts'
import { may } from '../auth/permissions.ts'
import type { Role } from '../domain/values.ts'
import type { Message } from './messages.ts'

/** Who listens, as their token and the log tell it. */
export interface Who {
  readonly personId: string
  readonly sessionId: string
  readonly role: Role
  readonly departments: readonly string[]
}

/** What a listener wants to hear. */
export interface Wanted {
  /** Undefined: every room that they may enter. */
  readonly rooms: ReadonlySet<Room> | undefined
  readonly events: ReadonlySet<EventName>
  readonly filter: Filter
}

const everyEvent: readonly EventName[] = [...mainEvents, ...topics]

/** The rooms that are named; locations are open to all who may see them. */
export const roomsOf = ({ personId, role, departments }: Who): readonly Room[] => [
  'all',
  `role:${role}`,
  ...departments.map((department): Room => `department:${department}`),
  `user:${personId}`,
]

/** Whether they may be in the room. */
export const mayEnter = (who: Who, room: Room): boolean =>
  room.startsWith('location:') ? may(who.role, 'locations.read') : roomsOf(who).includes(room)

/** The first of the rooms in which they may not be. */
export const barredFrom = (who: Who, rooms: readonly Room[] = []): Room | undefined =>
  rooms.find((room) => !mayEnter(who, room))

/** What a subscription asks for; what it leaves out is as if it had not been said. */
export const wantedOf = ({ rooms, events = mainEvents, filter = {} }: Subscription = {}): Wanted => ({
  rooms: rooms && new Set(rooms),
  events: new Set(events.flatMap((name) => (name === '*' ? everyEvent : [name]))),
  filter,
})

/** Whether two listeners are due the same, but for what is addressed to one of them alone: those of one group share each publication. */
export const groupKey = ({ role, departments }: Who, { rooms, events, filter }: Wanted): string =>
  JSON.stringify([role, departments.toSorted(), rooms && [...rooms].sort(), [...events].sort(), filter])

function passes(filter: Filter, data: object): boolean {
  for (const [field, wanted] of Object.entries(filter)) {
    const value: unknown = Object.hasOwn(data, field) ? data[field as keyof typeof data] : undefined
    if (!(Array.isArray(wanted) ? wanted.includes(value) : wanted === value)) return false
  }
  return true
}

/** The room in which they are told: the first of the message's own in which they are; undefined when it is not for them. */
export function roomFor(who: Who, { rooms, events, filter }: Wanted, message: Message): Room | undefined {
  if (!events.has(message.event)) return undefined
  if (message.needs !== undefined && !may(who.role, message.needs)) return undefined
  if (!passes(filter, message.data)) return undefined
  return message.rooms.find((room) => mayEnter(who, room) && (rooms === undefined || rooms.has(room)))
}
