// The conversation with one listener over a socket: signing in, what they want, where to go on from, and the limits that they must keep.
import type { Control } from '../../client/push/protocol.ts'
import { turnTaking } from '../subscribers/turn-taking.ts'
import type { Admission, Admitted } from './admission.ts'
import type { Hub } from './hub.ts'
import { type Closing, type Line, type Listener, listenerOn } from './listener.ts'
import { barredFrom, mayEnter, roomsOf, type Who, wantedOf } from './rooms.ts'
import { fromListener, position } from './schemas.ts'
import { tokenBucket } from './token-bucket.ts'

/** A connection that also takes what is said beside messages. */
export interface SpokenLine extends Line {
  say(control: Control): void
}

/** Who is there, as a listener may know it. */
export type Presence = (asked: Who) => Promise<Extract<Control, { presence: unknown }>['presence']>

export interface ConversationOptions {
  readonly hub: Hub
  readonly admission: Admission
  readonly presence: Presence
  readonly line: SpokenLine
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export interface Conversation {
  /** Begins: with the token that came with the connection, and the position to resume after, where there are any. */
  begin(token: string | undefined, after: string | undefined): void
  hear(text: string): void
  /** The line has taken what it was sent. */
  drained(): void
  ended(): void
}

/** Milliseconds in which a connection without a token must say one. */
const patience = 5_000
/**
 * Milliseconds that a new listener is told nothing, unless it speaks: what it says first may ask to resume, and then nothing must have been told
 * before. What happens meanwhile is told afterwards.
 */
const firstWord = 1_000
/** Messages at once, and a second, that a listener may send. */
const talk = { atOnce: 20, perSecond: 5 }

export function converse({ hub, admission, presence, line, now }: ConversationOptions): Conversation {
  /** Whoever connected by now is told of all that happens from now on, however long signing in takes. */
  const since = hub.position
  const inTurn = turnTaking()
  const bucket = tokenBucket(talk.atOnce, talk.perSecond)
  let listener: Listener | undefined
  let over = false
  /** Closes who does not sign in; then tells who says nothing more. */
  let timer: NodeJS.Timeout | undefined
  /** Ends the stay of a token. */
  let stay: NodeJS.Timeout | undefined

  /** Whoever has said nothing is told nothing but messages. */
  let speaks = false
  const own: Line = { ...line, caughtUp: (upTo) => speaks && line.say({ caughtUp: { position: String(upTo) } }) }

  const close = (closing: Closing): void => {
    if (!over) line.close(closing)
  }

  const enter = ({ who, until }: Admitted): boolean => {
    if (over || (listener && who.personId !== listener.who.personId)) return false
    clearTimeout(stay)
    stay = setTimeout(() => close('unauthorised'), Math.max(0, until - now())).unref()
    if (listener) return true
    clearTimeout(timer)
    listener = listenerOn(own, who, wantedOf())
    hub.add(listener, since)
    return true
  }

  const signIn = async (token: string): Promise<boolean> => {
    if (await admission.byToken(token, enter)) return true
    close('unauthorised')
    return false
  }

  const subscribed = ({ who, position: after, wanted: { rooms, events } }: Listener): Control => ({
    subscribed: {
      rooms: [...(rooms ?? [...roomsOf(who), ...(mayEnter(who, 'location:any') ? ['location:*'] : [])])],
      events: [...events],
      after: String(after),
    },
  })

  const refuse = (code: string, message: string): void => line.say({ error: { code, message } })

  const wait = (): void => {
    clearTimeout(timer)
    if (listener) timer = setTimeout(() => listener && hub.tell(listener), firstWord).unref()
    else timer = setTimeout(() => close('silent'), patience).unref()
  }

  const answer = async (said: ReturnType<typeof fromListener.parse>): Promise<void> => {
    if (said.token !== undefined && !(await signIn(said.token))) return
    if (!listener) return close('unauthorised')
    if (said.subscribe || said.after !== undefined) {
      const room = barredFrom(listener.who, said.subscribe?.rooms)
      if (room !== undefined) return refuse('room-not-allowed', `you may not be in ${room}; nothing has changed`)
      const after = said.after === undefined ? undefined : BigInt(said.after)
      if (after !== undefined && !(await hub.knows(after))) return close('unknownPosition')
      if (over) return
      clearTimeout(timer)
      speaks = true
      hub.pause(listener)
      if (said.subscribe) listener.wanted = wantedOf(said.subscribe)
      if (after !== undefined) listener.position = after
      line.say(subscribed(listener))
      hub.tell(listener)
    } else if (said.token !== undefined && listener.state === 'waiting') wait()
    if (said.ping !== undefined) line.say({ pong: { ping: said.ping, position: String(hub.toldUpTo(listener)) } })
    if (said.presence) line.say({ presence: await presence(listener.who) })
  }

  const parsed = (text: string) => {
    try {
      return fromListener.safeParse(JSON.parse(text)).data
    } catch {
      return undefined
    }
  }

  const safely = (work: () => Promise<void>): void => {
    void inTurn(async () => {
      if (!over) await work()
    }).catch(() => close('tryLater'))
  }

  return {
    begin(token, after) {
      safely(async () => {
        if (after !== undefined && !position.safeParse(after).success) return close('malformed')
        if (token !== undefined && !(await signIn(token))) return
        if (after === undefined || !listener) return wait()
        await answer({ after })
      })
    },
    hear(text) {
      if (!bucket.take(now())) return close('tooMany')
      const said = parsed(text)
      if (!said) return close('malformed')
      safely(() => answer(said))
    },
    drained: () => listener && hub.drained(listener),
    ended() {
      over = true
      clearTimeout(timer)
      clearTimeout(stay)
      if (listener) hub.remove(listener)
    },
  }
}
