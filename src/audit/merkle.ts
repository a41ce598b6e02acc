// The Merkle tree of RFC 9162 (Certificate Transparency 2.0), over SHA-256: hashes, roots, proofs and their verification.
import { hash } from 'node:crypto'

/** 32 bytes. */
export type Hash = Buffer

const leafPrefix = Buffer.of(0)
const nodePrefix = Buffer.of(1)
/** In one call: making a hash object costs more than hashing an event. */
const sha256 = (...parts: readonly Buffer[]): Hash => hash('sha256', Buffer.concat(parts), 'buffer')

/** The root of the tree without leaves. */
export const emptyRoot: Hash = sha256()
/** The hash of a leaf (RFC 9162, 2.1.1). A text stands for its bytes in UTF-8, which need not be copied then. */
export const leafHash = (leaf: Buffer | string): Hash =>
  typeof leaf === 'string' ? hash('sha256', `\0${leaf}`, 'buffer') : sha256(leafPrefix, leaf)
/** The hash of an inner node (RFC 9162, 2.1.1). */
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(nodePrefix, left, right)

/** A tree that grows by a leaf at a time and keeps one hash for each complete subtree at its right edge: O(log n). */
export class GrowingTree {
  #size: number
  /** From the largest subtree to the smallest: one for each 1 in the binary form of the size. */
  readonly #peaks: Hash[]

  /** Goes on from a size and the peaks that a tree of that size had. */
  constructor(size = 0, peaks: readonly Hash[] = []) {
    if (peaks.length !== peaksOf(size)) throw new RangeError(`a tree of ${size} leaves has ${peaksOf(size)} peaks`)
    this.#size = size
    this.#peaks = [...peaks]
  }

  get size(): number {
    return this.#size
  }

  /** Enough to go on from, and to prove what comes after. */
  get peaks(): readonly Hash[] {
    return [...this.#peaks]
  }

  /** Adds a leaf's hash. */
  append(leaf: Hash): void {
    this.appendSubtree(leaf, 1)
  }

  /** Adds a complete subtree of `leaves` (a power of two that divides the size) leaves. */
  appendSubtree(root: Hash, leaves: number): void {
    if (this.#size % leaves !== 0) throw new RangeError(`a subtree of ${leaves} leaves cannot follow ${this.#size}`)
    let node = root
    for (let width = leaves; Math.floor(this.#size / width) % 2 === 1; width *= 2) {
      const left = this.#peaks.pop()
      if (left) node = nodeHash(left, node)
    }
    this.#peaks.push(node)
    this.#size += leaves
  }

  root(): Hash {
    return this.#peaks.length === 0 ? emptyRoot : this.#peaks.reduceRight((right, left) => nodeHash(left, right))
  }
}

/** How many complete subtrees stand at the right edge of a tree. */
function peaksOf(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}

/** Where proofs find the hashes of complete subtrees: the one of the 2^level leaves from leaf `index` · 2^level on. */
export type Subtrees = (level: number, index: number) => Promise<Hash>

/** The largest power of two below `size`, which is at least 2. */
function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/** The height of a complete subtree of so many leaves; undefined when that is no power of two. */
function levelOf(leaves: number): number | undefined {
  let [level, width] = [0, 1]
  for (; width < leaves; width *= 2) level += 1
  return width === leaves ? level : undefined
}

/** MTH(D[from:to]); `from` is a multiple of a power of two that is not below `to - from`. */
async function rangeRoot(subtrees: Subtrees, from: number, to: number): Promise<Hash> {
  const width = to - from
  if (width === 0) return emptyRoot
  const level = levelOf(width)
  if (level !== undefined) return subtrees(level, from / width)
  const split = splitOf(width)
  return nodeHash(await rangeRoot(subtrees, from, from + split), await rangeRoot(subtrees, from + split, to))
}

/** The root of the first `size` leaves. */
export const rootOf = (subtrees: Subtrees, size: number): Promise<Hash> => rangeRoot(subtrees, 0, size)

/** The path from leaf `index` to the root of the first `size` leaves, from the bottom up (RFC 9162, 2.1.3.1). @throws RangeError */
export async function inclusionProof(subtrees: Subtrees, index: number, size: number): Promise<readonly Hash[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`there is no leaf ${index} among ${size}`)
  const path: Promise<Hash>[] = []
  for (let from = 0, to = size; to - from > 1; ) {
    const middle = from + splitOf(to - from)
    if (index < middle) {
      path.unshift(rangeRoot(subtrees, middle, to))
      to = middle
    } else {
      path.unshift(rangeRoot(subtrees, from, middle))
      from = middle
    }
  }
  return Promise.all(path)
}

/** That the first `from` leaves are the beginning of the first `to` (RFC 9162, 2.1.4.1). @throws RangeError */
export async function consistencyProof(subtrees: Subtrees, from: number, to: number): Promise<readonly Hash[]> {
  if (!(from >= 1 && from <= to)) throw new RangeError(`there is no proof from ${from} leaves to ${to}`)
  const path: Promise<Hash>[] = []
  let [begin, end] = [0, to]
  while (end > from) {
    const middle = begin + splitOf(end - begin)
    if (from <= middle) {
      path.unshift(rangeRoot(subtrees, middle, end))
      end = middle
    } else {
      path.unshift(rangeRoot(subtrees, begin, middle))
      begin = middle
    }
  }
  // The verifier has the root of the first leaves, where that is a complete subtree from the beginning on.
  if (begin > 0) path.unshift(rangeRoot(subtrees, begin, end))
  return Promise.all(path)
}

const half = (number: number): number => Math.floor(number / 2)
const isOdd = (number: number): boolean => number % 2 === 1

export interface Inclusion {
  readonly leaf: Hash
  readonly index: number
  readonly size: number
  readonly root: Hash
}

/** Whether the path shows that the leaf stands at its index in the tree of that size and root (RFC 9162, 2.1.3.2). */
export function isIncluded({ leaf, index, size, root }: Inclusion, path: readonly Hash[]): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false
  let node = leaf
  let [fn, sn] = [index, size - 1]
  for (const sibling of path) {
    if (sn === 0) return false
    if (isOdd(fn) || fn === sn) {
      node = nodeHash(sibling, node)
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else node = nodeHash(node, sibling)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && node.equals(root)
}

export interface TreeHead {
  readonly size: number
  readonly root: Hash
}

/** Whether the path shows that the tree `first` is the beginning of the tree `second` (RFC 9162, 2.1.4.2). */
export function isConsistent(first: TreeHead, second: TreeHead, path: readonly Hash[]): boolean {
  if (!Number.isSafeInteger(first.size) || !Number.isSafeInteger(second.size)) return false
  if (first.size < 1 || first.size > second.size) return false
  if (first.size === second.size) return path.length === 0 && first.root.equals(second.root)
  const nodes = levelOf(first.size) === undefined ? path : [first.root, ...path]
  const [start, ...siblings] = nodes
  if (!start || path.length === 0) return false
  let [fn, sn] = [first.size - 1, second.size - 1]
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)]
  let [before, after] = [start, start]
  for (const sibling of siblings) {
    if (sn === 0) return false
    if (isOdd(fn) || fn === sn) {
      before = nodeHash(sibling, before)
      after = nodeHash(sibling, after)
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else after = nodeHash(after, sibling)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && before.equals(first.root) && after.equals(second.root)
}
