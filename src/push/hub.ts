// The hub: follows the log once for all listeners of this process, tells the live ones, and lets the others catch up until they are live.

import { setTimeout as wait } from 'node:timers/promises'
import { attributes, spans } from '../../otel/spans.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import { type EventStore, START, type SubscriptionMessage } from '../kernel/event-store.ts'
import { noTracing, type Tracing } from '../kernel/tracing.ts'
import type { Log } from '../subscribers/log.ts'
import { type AccessEvent, consequenceFor, isAccessEvent } from './access.ts'
import { type CatchUp, catchingUp } from './catching-up.ts'
import { type Following, follow } from './following.ts'
import { type Groups, liveGroups, type Publish } from './groups.ts'
import type { Closing, Listener } from './listener.ts'
import { messageOf } from './messages.ts'
import { outgoingOf } from './outgoing.ts'
import { type Recent, recentMessages } from './recent.ts'
import { mayEnter } from './rooms.ts'

/** Messages kept for those who come back soon. */
const keptMessages = 500

export interface Limits {
  /** Bytes that a listener may leave untaken before it is told no more until it has taken them. */
  readonly slowAt: number
  /** Milliseconds in which a slow listener must have taken what it was sent. */
  readonly slowFor: number
}

export interface HubOptions {
  readonly store: EventStore
  readonly log: Log
  readonly tracing?: Tracing
  /** Told of each event that takes access away, before any listener is told of what comes after it. */
  readonly onAccessEvent: (event: RecordedEvent) => void
  /** Somebody has come or gone. */
  readonly onAttendance: () => void
  readonly limits?: Partial<Limits>
}

export interface Hub {
  /** Follows the log from now on, if it does not yet. */
  open(): Promise<void>
  /** Everything up to here has been told to the live listeners. */
  readonly position: bigint
  readonly listeners: number
  /** Departments as the log has told them since it is followed; undefined when they have not changed. */
  departmentsOf(personId: string): readonly string[] | undefined
  /** Whether a position is one of this log: it may be ahead of this process, but not of the store. */
  knows(after: bigint): Promise<boolean>
  /** Registers a listener, who is to be told what comes after a position, by default the present one. It is told nothing before `tell`. */
  add(listener: Listener, since?: bigint): void
  /** Tells it nothing until `tell`: what it wants, or the position that it goes on from, may be set meanwhile. */
  pause(listener: Listener): void
  /** Tells it what comes after its position, then what happens. */
  tell(listener: Listener): void
  /** Everything due up to here has been given to its line. */
  toldUpTo(listener: Listener): bigint
  remove(listener: Listener): void
  /** Its line has taken what it was sent. */
  drained(listener: Listener): void
  /** How all lines that joined a group are reached. */
  reachGroups(publish: Publish): void
  all(): Iterable<Listener>
  close(closing: Closing): Promise<void>
}

/** The hub of a process. */
export function openHub({
  store,
  log,
  tracing = noTracing,
  onAccessEvent,
  onAttendance,
  limits = {},
}: HubOptions): Hub {
  const { slowAt = 256 * 1024, slowFor = 20_000 } = limits
  const stopping = new AbortController()
  const listeners = new Set<Listener>()
  const groups: Groups = liveGroups()
  const departments = new Map<string, readonly string[]>()
  let recent: Recent = recentMessages(keptMessages, START)
  let position = START
  let opening: Promise<void> | undefined
  let following: Following | undefined
  /** Bytes that a listener may have been sent since it was last looked who is slow. */
  let unchecked = 0

  const catchUp: CatchUp = catchingUp({
    store,
    slowAt,
    slowFor,
    position: () => position,
    recent: () => recent,
    onCaughtUp(listener) {
      listener.state = 'live'
      groups.add(listener)
      listener.line.caughtUp?.(position)
    },
    onFailure: (error) => log.warn({ err: error }, 'a listener could not be told of what it missed'),
  })

  /** Who is live no longer is, and has been told of all up to the present position. */
  const leaveLive = (listener: Listener): void => {
    if (listener.state !== 'live') return
    groups.remove(listener)
    listener.position = position
    listener.state = 'behind'
  }

  const putOut = (listener: Listener): void => {
    result.remove(listener)
    listener.line.close('unauthorised')
  }

  /** A new department may open a room or close one: what was told stays told, what comes is judged anew. */
  const move = (listener: Listener, departments: readonly string[]): void => {
    const isLive = listener.state === 'live'
    leaveLive(listener)
    listener.who = { ...listener.who, departments }
    const rooms = listener.wanted.rooms && [...listener.wanted.rooms].filter((room) => mayEnter(listener.who, room))
    listener.wanted = { ...listener.wanted, rooms: rooms && new Set(rooms) }
    if (isLive) catchUp(listener, false)
  }

  const reconsider = (event: AccessEvent): void => {
    onAccessEvent(event)
    if (event.type === 'WorkplaceChanged') departments.set(event.data.personId, event.data.departments)
    for (const listener of listeners) {
      const consequence = consequenceFor(listener.who, event)
      if (consequence === 'out') putOut(listener)
      if (consequence === 'moved' && 'departments' in event.data) move(listener, event.data.departments)
    }
  }

  const checkForSlow = (): void => {
    unchecked = 0
    for (const listener of groups.all())
      if (listener.line.buffered() > slowAt) {
        leaveLive(listener)
        catchUp(listener, true)
      }
  }

  const take = (event: RecordedEvent): void => {
    position = event.position
    if (isAccessEvent(event)) reconsider(event)
    if (listeners.size === 0) return
    const message = messageOf(event)
    if (!message) return
    const about = { [attributes.eventTypes]: event.type }
    const span = tracing.begin(spans.push, { kind: 'producer', links: [event.metadata.traceparent], attributes: about })
    const outgoing = outgoingOf(event, message)
    recent.add(outgoing)
    unchecked += groups.send(outgoing)
    span.end()
    if (unchecked > slowAt / 4) checkForSlow()
  }

  const hear = (told: SubscriptionMessage): void => {
    for (const event of told.kind === 'events' ? told.events : []) take(event)
    if (told.position > position) position = told.position
    // Nobody is there: what comes back later is read from the log.
    if (listeners.size === 0) recent.reset(position)
    // Who was ahead of this process, having been told by another, may be level with it now.
    for (const listener of listeners) if (listener.state === 'behind') listener.drained?.()
  }

  const begin = async (): Promise<void> => {
    position = await store.head()
    recent = recentMessages(keptMessages, position)
    following = follow({
      store,
      log,
      signal: stopping.signal,
      position: () => position,
      hasListeners: () => listeners.size > 0,
      hear,
    })
  }

  const result: Hub = {
    open() {
      opening ??= begin().catch((error: unknown) => {
        opening = undefined
        throw error
      })
      return opening
    },
    get position() {
      return position
    },
    get listeners() {
      return listeners.size
    },
    departmentsOf: (personId) => departments.get(personId),
    add(listener, since = position) {
      listener.position = since
      listeners.add(listener)
      following?.widen()
      onAttendance()
    },
    knows: async (after) => after <= position || after <= (await store.head()),
    pause(listener) {
      leaveLive(listener)
      listener.turn += 1
    },
    tell(listener) {
      if (!listeners.has(listener)) return
      leaveLive(listener)
      listener.state = 'behind'
      catchUp(listener, false)
    },
    toldUpTo: (listener) => (listener.state === 'live' ? position : listener.position),
    remove(listener) {
      if (!listeners.delete(listener)) return
      groups.remove(listener)
      listener.state = 'gone'
      listener.turn += 1
      listener.drained?.()
      onAttendance()
    },
    drained: (listener) => listener.drained?.(),
    reachGroups(publish) {
      groups.publish = publish
    },
    all: () => listeners,
    async close(closing) {
      stopping.abort()
      for (const listener of [...listeners]) {
        result.remove(listener)
        listener.line.close(closing)
      }
      await Promise.race([following?.ended, wait(2_000, undefined, { ref: false })])
    },
  }
  return result
}
