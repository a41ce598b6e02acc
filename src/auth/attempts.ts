// Failures counted by where they come from: after too many, the next attempt has to wait.
import { RateLimiterMemory } from 'rate-limiter-flexible'

export interface Attempts {
  /** Seconds to wait before the next attempt; 0: it may be made. */
  waitFor(from: string | null): Promise<number>
  failed(from: string | null): Promise<void>
  /**
   * Counts an attempt before it is made, so that many at once are not more than many in a row; seconds to wait, 0: it may be made.
   * One that succeeds is taken back.
   */
  begin(from: string | null): Promise<number>
  takeBack(from: string | null): Promise<void>
  forget(from: string | null): Promise<void>
}

/** So many failures in so many seconds are let pass. */
export interface AttemptLimits {
  /** What they are attempts at. */
  readonly name: string
  readonly failures: number
  readonly seconds: number
}

/** Counts attempts by where they come from. */
export type CountAttempts = (limits: AttemptLimits) => Attempts

/** Attempts that this process counts by itself. */
export const countAttempts: CountAttempts = ({ failures, seconds }) => {
  const limiter = new RateLimiterMemory({ points: failures, duration: seconds })
  return {
    async waitFor(from) {
      const known = await limiter.get(String(from))
      return known && known.consumedPoints >= failures ? Math.ceil(known.msBeforeNext / 1000) : 0
    },
    async failed(from) {
      await limiter.penalty(String(from))
    },
    async begin(from) {
      const { consumedPoints, msBeforeNext } = await limiter.penalty(String(from))
      return consumedPoints > failures ? Math.ceil(msBeforeNext / 1000) : 0
    },
    async takeBack(from) {
      await limiter.reward(String(from))
    },
    async forget(from) {
      await limiter.delete(String(from))
    },
  }
}
