// Trying again until it works: with growing, uneven pauses, and one line in the log for each outage.
import { type Delays, delayAfter } from '../kernel/backoff.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'

export interface Backoff extends Delays {
  readonly clock: Clock
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
