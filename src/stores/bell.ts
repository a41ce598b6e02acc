// The bell that wakes subscriptions when the log may have grown.

export class Bell {
  /** How often it rang: take it before looking, and nothing that comes while you look is missed. */
  rings = 0
  readonly #waiting = new Set<() => void>()

  ring(): void {
    this.rings += 1
    for (const wake of [...this.#waiting]) wake()
  }

  /** Resolves once it has rung more often than `heard`, or when the signal aborts. */
  wait(heard: number, signal: AbortSignal): Promise<void> {
    if (this.rings > heard || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      this.#waiting.add(wake)
      signal.addEventListener('abort', wake)
    })
  }
}
