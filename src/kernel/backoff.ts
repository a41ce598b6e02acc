// Trying again: how long to wait, so that many who wait for one store do not all come back at once.

export interface Delays {
  /** Evenly distributed from 0 to 1. */
  readonly random: () => number
  /** Milliseconds before the second try; doubled for each later one. */
  readonly first: number
  readonly longest: number
}

/** Milliseconds to wait after so many failures (from 1): a random half to whole of the doubled time ("equal jitter"). */
export function delayAfter(failures: number, { random, first, longest }: Delays): number {
  const whole = Math.min(longest, first * 2 ** (failures - 1))
  return whole / 2 + (random() * whole) / 2
}
