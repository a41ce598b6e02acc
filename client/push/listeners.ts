// Listeners to one thing.

export interface Listeners<Heard extends readonly unknown[]> {
  /** The result ends it. */
  add(listener: (...heard: Heard) => void): () => void
  tell(...heard: Heard): void
}

/** None yet. */
export function listeners<Heard extends readonly unknown[]>(): Listeners<Heard> {
  const all = new Set<(...heard: Heard) => void>()
  return {
    add(listener) {
      all.add(listener)
      return () => void all.delete(listener)
    },
    tell(...heard) {
      for (const listener of [...all]) listener(...heard)
    },
  }
}
