// Following the log for the hub: all that is pushed while somebody listens; while nobody does, only what changes access, so that a sale costs nothing.
import type { EventStore, SubscriptionMessage } from '../kernel/event-store.ts'
import { persistently } from '../subscribers/backoff.ts'
import { systemClock } from '../subscribers/clock.ts'
import type { Log } from '../subscribers/log.ts'
import { accessTypes } from './access.ts'
import { pushedTypes } from './messages.ts'

/** Events told in one turn: others get theirs between two of these. */
const pageSize = 100
/** Events that are followed in vain before the hub narrows: people who go from page to page are away for a moment only. */
const patience = 200

export interface FollowingOptions {
  readonly store: EventStore
  readonly signal: AbortSignal
  readonly log: Log
  /** What has been heard, to go on after. */
  readonly position: () => bigint
  readonly hasListeners: () => boolean
  /** Hears what the log tells, in order and without a gap, as far as it is of interest; it moves the position. */
  readonly hear: (told: SubscriptionMessage) => void
}

export interface Following {
  /** Somebody listens: from the present position on, all that is pushed is heard. Nothing more is heard of the narrow following, not even a position. */
  widen(): void
  /** Resolves when the signal has ended it. */
  readonly ended: Promise<void>
}

/** Follows the log until the signal aborts; through outages of the store, too. */
export function follow({ store, signal, log, position, hasListeners, hear }: FollowingOptions): Following {
  let narrow: AbortController | undefined

  const followAll = async (progress: () => void): Promise<void> => {
    const filter = { types: [...pushedTypes, ...accessTypes] }
    let inVain = 0
    for await (const told of store.subscribe({ after: position(), filter, pageSize, signal })) {
      hear(told)
      progress()
      inVain = hasListeners() ? 0 : inVain + (told.kind === 'events' ? told.events.length : 0)
      if (inVain > patience) return
    }
  }

  const followAccess = async (progress: () => void): Promise<void> => {
    narrow = new AbortController()
    const widened = AbortSignal.any([signal, narrow.signal])
    const filter = { types: accessTypes }
    for await (const told of store.subscribe({ after: position(), filter, pageSize, signal: widened })) {
      // What was on its way is told again by the wide following, with what was left out before it.
      if (widened.aborted) return
      hear(told)
      progress()
    }
  }

  const inTurns = async (progress: () => void): Promise<void> => {
    while (!signal.aborted) await (hasListeners() ? followAll(progress) : followAccess(progress))
  }

  const retrying = { clock: systemClock, random: Math.random, first: 100, longest: 5_000, signal, log }
  return {
    widen: () => narrow?.abort(),
    ended: persistently(inTurns, { ...retrying, what: 'the push hub' }),
  }
}
