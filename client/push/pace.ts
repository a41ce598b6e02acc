// How long to wait before the next try: doubled each time, and scattered, so that not all come back at once.

export interface Pace {
  /** Milliseconds before the first new try; doubled for each later one. */
  readonly first: number
  readonly longest: number
  /** Evenly distributed from 0 to 1. */
  readonly random: () => number
}

export const usualPace: Pace = { first: 500, longest: 30_000, random: Math.random }

/** Milliseconds to wait after so many failures (from 1): a random half to whole of the doubled time. */
export function delayAfter(failures: number, { first, longest, random }: Pace): number {
  const whole = Math.min(longest, first * 2 ** (failures - 1))
  return whole / 2 + (random() * whole) / 2
}
