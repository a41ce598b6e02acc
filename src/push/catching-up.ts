// Catching up: from a position in the past, through the log itself, to the live messages, without a gap and without a repetition.
import type { RecordedEvent } from '../kernel/event.ts'
import type { EventStore } from '../kernel/event-store.ts'
import type { Listener } from './listener.ts'
import { messageOf, pushedTypes } from './messages.ts'
import { type Outgoing, outgoingOf } from './outgoing.ts'
import type { Recent } from './recent.ts'
import { roomFor } from './rooms.ts'

/** Events that are read at once. */
const pageSize = 200
/** Listeners for whom the log is read at once: a crowd that comes back must not drown those who work. */
const readers = 4

export interface CatchingUpOptions {
  readonly store: EventStore
  readonly slowAt: number
  readonly slowFor: number
  /** Where the live listeners are. */
  readonly position: () => bigint
  readonly recent: () => Recent
  /** Called in the turn in which it is level with the live ones. */
  readonly onCaughtUp: (listener: Listener) => void
  readonly onFailure: (error: unknown) => void
}

/** Begins to catch a listener up. `conflating`: it is slow; of each mere state, only the latest of a page is told. */
export type CatchUp = (listener: Listener, conflating: boolean) => void

/** What is left when of each state only the latest is kept. */
export function conflated(page: readonly Outgoing[]): readonly Outgoing[] {
  const latest = new Map<string, Outgoing>()
  for (const outgoing of page) if (outgoing.message.state) latest.set(outgoing.message.state, outgoing)
  return page.filter((outgoing) => !outgoing.message.state || latest.get(outgoing.message.state) === outgoing)
}

/** Lets so many work at once; the others wait their turn. */
function atOnce(most: number) {
  let free = most
  const waiting: (() => void)[] = []
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    else free -= 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}

export function catchingUp(options: CatchingUpOptions): CatchUp {
  const { store, slowAt, slowFor, position, recent, onCaughtUp, onFailure } = options
  const reading = atOnce(readers)

  /** Events that the log holds after a position, and how far that is seen. */
  const readAfter = (after: bigint) =>
    reading(async () => {
      // Asked before reading: what is appended meanwhile may be missing, and comes later.
      const level = position()
      const events: RecordedEvent[] = []
      for await (const page of store.readAll({ after, filter: { types: pushedTypes }, limit: pageSize, pageSize }))
        events.push(...page)
      const last = events.at(-1)?.position ?? level
      return { events, upTo: events.length < pageSize && level > last ? level : last }
    })

  const send = (listener: Listener, outgoings: readonly Outgoing[]): void => {
    for (const outgoing of outgoings) {
      const room = roomFor(listener.who, listener.wanted, outgoing.message)
      if (room !== undefined) listener.line.send(outgoing, room)
    }
  }

  /** Waits until its line has taken what it was sent, or the hub has come further, or the time is over. */
  const woken = (listener: Listener, milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        if (listener.drained === wake) listener.drained = undefined
        resolve()
      }
      const timer = setTimeout(wake, milliseconds)
      listener.drained = wake
    })

  /** Waits while too much lies untaken; false when that takes too long. */
  const isTaking = async (listener: Listener, turn: number): Promise<boolean> => {
    const until = performance.now() + slowFor
    while (listener.turn === turn && listener.line.buffered() > slowAt / 4) {
      const left = until - performance.now()
      if (left <= 0) return false
      await woken(listener, left)
    }
    return true
  }

  const readOn = async (listener: Listener, turn: number, thin: typeof conflated): Promise<void> => {
    const { events, upTo } = await readAfter(listener.position)
    if (listener.turn !== turn) return
    // What lies beyond the live ones is told with them.
    const level = position()
    const outgoings = events
      .filter((event) => event.position <= level)
      .flatMap((event) => {
        const message = messageOf(event)
        return message ? [outgoingOf(event, message)] : []
      })
    send(listener, thin(outgoings))
    listener.position = level
    if (upTo < level) listener.position = upTo
  }

  const run = async (listener: Listener, turn: number, thin: typeof conflated): Promise<void> => {
    while (listener.turn === turn) {
      if (!(await isTaking(listener, turn))) return listener.line.close('tooSlow')
      if (listener.turn !== turn) return
      if (listener.position > position())
        // Another process has told it more than this one knows yet.
        await woken(listener, slowFor)
      else if (listener.position < recent().since) await readOn(listener, turn, thin)
      else {
        // No pause from here until it is live: nothing can be told in between.
        send(listener, thin(recent().after(listener.position)))
        listener.position = position()
        return onCaughtUp(listener)
      }
    }
  }

  return (listener, conflating) => {
    listener.turn += 1
    listener.drained?.()
    run(listener, listener.turn, conflating ? conflated : (page) => page).catch((error: unknown) => {
      onFailure(error)
      listener.line.close('tryLater')
    })
  }
}
