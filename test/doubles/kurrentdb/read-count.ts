// How the reads of the KurrentDB double come to their end: all sent, or given up by whoever asked.
import { EventEmitter, once } from 'node:events'
import type { ReadCall } from './read-options.ts'

export class ReadCount {
  readonly #changes = new EventEmitter()
  #open = 0
  /** Reads that were not taken to their end. */
  givenUp = 0

  begun(call: ReadCall): void {
    this.#open += 1
    const over = () => {
      this.#open -= 1
      this.#changes.emit('over')
    }
    call.once('finish', over)
    call.once('cancelled', () => {
      if (call.writableFinished) return
      this.givenUp += 1
      over()
    })
  }

  /** Resolves once no read is under way. */
  async allOver(): Promise<void> {
    while (this.#open > 0) await once(this.#changes, 'over')
  }
}
