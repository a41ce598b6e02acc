// What a start needs from the stores: asked again until they answer, so that a node may start before its servers do.

import { delayAfter } from './kernel/backoff.ts'
import { UnavailableError } from './kernel/errors.ts'
import { type Clock, systemClock } from './subscribers/clock.ts'
import type { Log } from './subscribers/log.ts'

export interface Reaching {
  readonly log: Log
  /** Why it does not go on yet, after each try. */
  readonly onFailure: (error: UnavailableError) => void
  readonly sleep?: Clock['sleep']
  readonly random?: () => number
}

const pace = { first: 250, longest: 5_000 }

/** What comes of the work once the stores can be reached. Anything but an UnavailableError is thrown on. */
export async function untilReached<Result>(
  work: () => Promise<Result>,
  { log, onFailure, sleep = systemClock.sleep, random = Math.random }: Reaching,
): Promise<Result> {
  for (let failures = 1; ; failures += 1)
    try {
      const result = await work()
      if (failures > 1) log.info({ failures: failures - 1 }, 'the stores can be reached')
      return result
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error
      onFailure(error)
      if (failures === 1) log.warn({ err: error }, `waiting for the stores: ${error.message}`)
      await sleep(delayAfter(failures, { ...pace, random }))
    }
}
