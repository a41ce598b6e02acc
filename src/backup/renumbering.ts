// Where the events of an archive stand in the log that is made of it: a store numbers its positions as it likes.
import { START } from '../kernel/event-store.ts'

/** Of so many places one is kept, so that the memory stays flat however long the log is. */
const keptOf = 256

export class Renumbering {
  readonly #places: { readonly from: bigint; readonly to: bigint }[] = []
  #isTheSame = true
  #noted = 0
  /** The last position of the new log so far. */
  head = START
  #from = START

  /** What stands at `from` in the archived log stands at `to` now. In the order of the log. */
  note(from: bigint, to: bigint): void {
    this.#isTheSame &&= from === to
    if (this.#noted % keptOf === 0) this.#places.push({ from, to })
    this.#noted += 1
    this.#from = from
    this.head = to
  }

  /** Up to where the new log surely holds no more than the archived one did up to a position: there, or some events before that. */
  placeOf(position: bigint): bigint {
    if (position >= this.#from) return this.head
    if (this.#isTheSame) return position
    return this.#places.findLast(({ from }) => from <= position)?.to ?? START
  }
}
