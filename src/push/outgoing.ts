// A message on its way out: written as JSON once for each room that it is said in, however many listen.
import type { EventName, Room } from '../../client/push/protocol.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import type { Message } from './messages.ts'

export interface Outgoing {
  readonly position: bigint
  readonly message: Message
  /** The people who are addressed by name; undefined when rooms of many are. */
  readonly people: readonly string[] | undefined
  text(room: Room): string
}

const user = 'user:'

/** The message of an event, ready to be sent. */
export function outgoingOf({ position, recordedAt }: RecordedEvent, message: Message): Outgoing {
  const event: EventName = message.event
  const head = `{"event":"${event}","position":"${position}","at":"${recordedAt}","room":`
  const tail = `,"data":${JSON.stringify(message.data)}}`
  const written = new Map<Room, string>()
  const named = message.rooms.filter((room) => room.startsWith(user))
  return {
    position,
    message,
    people: named.length > 0 ? named.map((room) => room.slice(user.length)) : undefined,
    text(room) {
      const known = written.get(room)
      if (known !== undefined) return known
      const text = `${head}${JSON.stringify(room)}${tail}`
      // A room of one person is written once anyway, and a thousand of them would fill the memory.
      if (!room.startsWith(user)) written.set(room, text)
      return text
    },
  }
}
