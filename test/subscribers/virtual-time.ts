// Time that passes only when a test says so: what sleeps wakes in order, and between two wakings everybody comes to rest.
import { setImmediate as settle } from 'node:timers/promises'
import type { Clock, Stopwatch } from '../../src/subscribers/clock.ts'

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

export interface VirtualTime {
  /** Milliseconds since the test began. */
  readonly now: number
  readonly sleep: Clock['sleep']
  /** As a node measures time whose stopwatch began `offset` milliseconds ago. */
  stopwatch(offset?: number): Stopwatch
  /** Lets time pass; `observe` looks after each waking, once everybody has come to rest. */
  pass(milliseconds: number, observe?: () => void): Promise<void>
}

export function virtualTime(): VirtualTime {
  let now = 0
  const sleepers = new Set<Sleeper>()

  const sleep: Clock['sleep'] = (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const wake = (): void => {
        sleepers.delete(sleeper)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const sleeper = { at: now + Math.max(0, milliseconds), wake }
      sleepers.add(sleeper)
      signal?.addEventListener('abort', wake)
    })

  const first = (): Sleeper | undefined => {
    let found: Sleeper | undefined
    for (const sleeper of sleepers) if (!found || sleeper.at < found.at) found = sleeper
    return found
  }

  return {
    get now() {
      return now
    },
    sleep,
    stopwatch: (offset = 0) => ({ elapsed: () => now + offset, sleep }),
    async pass(milliseconds, observe = () => undefined) {
      const end = now + milliseconds
      await settle()
      for (let next = first(); next && next.at <= end; next = first()) {
        now = next.at
        next.wake()
        await settle()
        observe()
      }
      now = end
    },
  }
}
