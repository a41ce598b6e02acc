// A listener: one connection, who is at its other end, what they want, and how far they have been told.
import type { closeCodes, Room } from '../../client/push/protocol.ts'
import type { Outgoing } from './outgoing.ts'
import type { Wanted, Who } from './rooms.ts'

/** Why the gateway ends a connection. */
export type Closing = keyof typeof closeCodes

/** The outgoing side of one connection, whatever it is made of. After its end every call is without effect. */
export interface Line {
  send(outgoing: Outgoing, room: Room): void
  /** Bytes that the other side has not taken yet. */
  buffered(): number
  /** Ends the connection, with its reason. */
  close(closing: Closing): void
  /** All that was missed has been sent. */
  readonly caughtUp?: (position: bigint) => void
  /** Present where one call can reach many lines: joins or leaves those that `publish` reaches under that name. */
  readonly group?: { join(name: string): void; leave(name: string): void }
}

export interface Listener {
  readonly line: Line
  who: Who
  wanted: Wanted
  /** `waiting`: told nothing yet; `behind`: told of what it missed; `live`: told of what happens. */
  state: 'waiting' | 'behind' | 'live' | 'gone'
  /** All that is due up to here has been given to the line. Of a live one, the hub's own position counts. */
  position: bigint
  /** Grows whenever what it is told begins anew: whoever was catching it up then stops. */
  turn: number
  /** Has taken what was buffered, or is gone: set by whoever waits for that. */
  drained: (() => void) | undefined
}

/** A listener who is told nothing until it is caught up. */
export const listenerOn = (line: Line, who: Who, wanted: Wanted): Listener => ({
  line,
  who,
  wanted,
  state: 'waiting',
  position: -1n,
  turn: 0,
  drained: undefined,
})
