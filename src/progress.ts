// How far the read models have come: what read-your-writes waits for.

export interface Progress {
  /** Every live projection has folded all events up to here. */
  readonly position: bigint
  /** Told by whoever runs the projections. */
  advance(position: bigint): void
  /** True as soon as the position is reached, false after the time; it may be infinite. */
  waitFor(position: bigint, milliseconds: number): Promise<boolean>
}

interface Waiter {
  readonly position: bigint
  readonly reached: () => void
}

/** The progress of the projections, from a position on. `onWait` is told that somebody waits for more, so that whoever folds makes haste. */
export function progressFrom(start: bigint, onWait: () => void = () => undefined): Progress {
  let current = start
  const waiters = new Set<Waiter>()

  return {
    get position() {
      return current
    },
    advance(position) {
      if (position <= current) return
      current = position
      for (const waiter of waiters) if (waiter.position <= position) waiter.reached()
    },
    waitFor(position, milliseconds) {
      if (position <= current) return Promise.resolve(true)
      return new Promise((resolve) => {
        const done = (reached: boolean) => {
          clearTimeout(timer)
          waiters.delete(waiter)
          resolve(reached)
        }
        const waiter: Waiter = { position, reached: () => done(true) }
        const timer = Number.isFinite(milliseconds) ? setTimeout(() => done(false), milliseconds) : undefined
        waiters.add(waiter)
        onWait()
      })
    },
  }
}
