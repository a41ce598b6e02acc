// Those who wait until the read models have reached a position.
import { START } from '../kernel/event-store.ts'

interface Waiter {
  readonly position: bigint
  readonly settle: (reached: boolean) => void
}

export interface PositionWaiters {
  /** True as soon as the position is reached, false after the time. */
  waitFor(position: bigint, milliseconds: number): Promise<boolean>
  reached(position: bigint): void
  /** Answers false to all who still wait. */
  giveUp(): void
}

export function positionWaiters(): PositionWaiters {
  const waiting = new Set<Waiter>()
  let current = START
  return {
    waitFor(position, milliseconds) {
      if (position <= current) return Promise.resolve(true)
      return new Promise((resolve) => {
        const timer = setTimeout(() => waiter.settle(false), milliseconds)
        const waiter: Waiter = {
          position,
          settle(reached) {
            clearTimeout(timer)
            waiting.delete(waiter)
            resolve(reached)
          },
        }
        waiting.add(waiter)
      })
    },
    reached(position) {
      if (position > current) current = position
      for (const waiter of waiting) if (waiter.position <= current) waiter.settle(true)
    },
    giveUp() {
      for (const waiter of waiting) waiter.settle(false)
    },
  }
}
