// A token bucket: so many at once, so many a second, for each connection.

export interface TokenBucket {
  /** Takes one; false when there is none. `now`: milliseconds. */
  take(now: number): boolean
}

/** Full at first. `perSecond`: how fast it fills again. */
export function tokenBucket(size: number, perSecond: number): TokenBucket {
  let left = size
  let filledAt: number | undefined
  return {
    take(now) {
      left = Math.min(size, left + ((now - (filledAt ?? now)) * perSecond) / 1000)
      filledAt = now
      if (left < 1) return false
      left -= 1
      return true
    },
  }
}
