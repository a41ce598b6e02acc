// Chance that repeats itself: the same seed gives the same company.

export interface Random {
  /** 0 (included) to 1 (excluded). */
  next(): number
  /** An integer from `least` to `most`, both included. */
  between(least: number, most: number): number
  /** True with the given probability. */
  happens(probability: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /** An index by weight. */
  weighted(weights: readonly number[]): number
}

/** Mulberry32, a small generator of 32 bits: plenty for a demo, never for a secret. */
export function randomFrom(seed: number): Random {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    between,
    happens: (probability) => next() < probability,
    pick(items) {
      const picked = items[between(0, items.length - 1)]
      if (picked === undefined) throw new RangeError('nothing to pick from')
      return picked
    },
    weighted(weights) {
      let rest = next() * weights.reduce((sum, weight) => sum + weight, 0)
      for (const [at, weight] of weights.entries()) {
        rest -= weight
        if (rest < 0) return at
      }
      return weights.length - 1
    },
  }
}
