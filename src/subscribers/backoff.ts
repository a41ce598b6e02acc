// Trying again: exponential backoff with jitter, so that many who wait for one store do not all come back at once.
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'

export interface Backoff {
  readonly clock: Clock
  /** Evenly distributed from 0 to 1. */
  readonly random: () => number
  /** Milliseconds before the second try; doubled for each later one. */
  readonly first: number
  readonly longest: number
}

/** Milliseconds to wait after so many failures (from 1): a random half to whole of the doubled time ("equal jitter"). */
export function delayAfter(failures: number, { random, first, longest }: Omit<Backoff, 'clock'>): number {
  const whole = Math.min(longest, first * 2 ** (failures - 1))
  return whole / 2 + (random() * whole) / 2
}

interface Undertaking extends Backoff {
  /** What is being done, for the log. */
  readonly what: string
  readonly signal: AbortSignal
  readonly log: Log
}

/**
 * Does the work until it has come to its end or the signal aborts. The work calls `progress` whenever the stores have answered it: an outage is
 * logged once, when it begins, and once when it is over.
 */
export async function persistently(
  work: (progress: () => void) => Promise<void>,
  { what, signal, log, ...backoff }: Undertaking,
): Promise<void> {
  let failures = 0
  const progress = (): void => {
    if (failures > 0) log.info({ what, failures }, `${what} goes on`)
    failures = 0
  }
  while (!signal.aborted)
    try {
      await work(progress)
      return
    } catch (error) {
      if (signal.aborted) return
      if (++failures === 1)
        log.warn({ what, err: error }, `${what} is interrupted and will be tried again until it works`)
      await backoff.clock.sleep(delayAfter(failures, backoff), signal)
    }
}
