// The last messages, kept so that a listener who was away for a moment, or is just joining, need not ask the log.
import type { Outgoing } from './outgoing.ts'

export interface Recent {
  /** All messages after this position, up to that of the last `add` or `reset`, are here. */
  readonly since: bigint
  add(outgoing: Outgoing): void
  /** Those after a position that is not before `since`, in order. */
  after(position: bigint): readonly Outgoing[]
  /** Forgets them all: what is needed up to here is in the log. */
  reset(position: bigint): void
}

/** Keeps the last `most` messages. */
export function recentMessages(most: number, start: bigint): Recent {
  let since = start
  let kept: Outgoing[] = []

  return {
    get since() {
      return since
    },
    add(outgoing) {
      kept.push(outgoing)
      // Seldom, and many at once: taking the first from a list moves all the others.
      if (kept.length < most * 2) return
      since = kept[most - 1]?.position ?? since
      kept = kept.slice(most)
    },
    after(position) {
      return kept.slice(kept.findLastIndex((outgoing) => outgoing.position <= position) + 1)
    },
    reset(position) {
      since = position
      kept = []
    },
  }
}
