// Time as the subscribers see it, passed in so that tests need not wait.
import { setTimeout as wait } from 'node:timers/promises'

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after the time, or at once when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}

/** Measures spans of time, whatever anybody sets the time of day to. */
export interface Stopwatch extends Pick<Clock, 'sleep'> {
  /** Milliseconds since some moment; never goes back. */
  elapsed(): number
}

const sleep: Clock['sleep'] = (milliseconds, signal) =>
  wait(milliseconds, undefined, { ...(signal && { signal }) }).catch(() => undefined)

export const systemClock: Clock = { now: Date.now, sleep }
export const systemStopwatch: Stopwatch = { elapsed: () => performance.now(), sleep }
