// Leaves that wait for their seal, 32 bytes each and nothing besides: a log that was sealed late has a million of them.
import type { Hash } from './merkle.ts'

const leafBytes = 32
const leavesABlock = 4_096

export class LeafQueue {
  #blocks: Buffer[] = []
  /** How many of the first block are gone. */
  #gone = 0
  #length = 0

  get length(): number {
    return this.#length
  }

  push(leaf: Hash): void {
    const place = (this.#gone + this.#length) % leavesABlock
    if (place === 0) this.#blocks.push(Buffer.alloc(leavesABlock * leafBytes))
    this.#blocks.at(-1)?.set(leaf, place * leafBytes)
    this.#length += 1
  }

  /** Counted from the first that waits. */
  at(index: number): Hash | undefined {
    if (index < 0 || index >= this.#length) return undefined
    const place = this.#gone + index
    const start = (place % leavesABlock) * leafBytes
    return this.#blocks[Math.floor(place / leavesABlock)]?.subarray(start, start + leafBytes)
  }

  /** Takes the first ones away, in their order. */
  *take(count: number): Generator<Hash> {
    for (let taken = 0; taken < count; taken += 1) {
      const leaf = this.at(0)
      if (!leaf) return
      this.#length -= 1
      this.#gone += 1
      if (this.#gone === leavesABlock) {
        this.#blocks.shift()
        this.#gone = 0
      }
      yield leaf
    }
  }
}
