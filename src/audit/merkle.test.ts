import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  consistencyProof,
  emptyRoot,
  GrowingTree,
  type Hash,
  inclusionProof,
  isConsistent,
  isIncluded,
  leafHash,
  nodeHash,
  rootOf,
  type Subtrees,
} from './merkle.ts'

/** The definition of RFC 9162, 2.1.1, word for word. */
function naiveRoot(leaves: readonly Buffer[]): Hash {
  const [first] = leaves
  if (!first) return createHash('sha256').digest()
  if (leaves.length === 1) return createHash('sha256').update(Buffer.of(0)).update(first).digest()
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1))
  return createHash('sha256')
    .update(Buffer.of(1))
    .update(naiveRoot(leaves.slice(0, k)))
    .update(naiveRoot(leaves.slice(k)))
    .digest()
}

/** PATH and PROOF of RFC 9162, word for word. */
function naivePath(m: number, leaves: readonly Buffer[]): Hash[] {
  if (leaves.length === 1) return []
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1))
  return m < k
    ? [...naivePath(m, leaves.slice(0, k)), naiveRoot(leaves.slice(k))]
    : [...naivePath(m - k, leaves.slice(k)), naiveRoot(leaves.slice(0, k))]
}
function naiveProof(m: number, leaves: readonly Buffer[], whole = true): Hash[] {
  if (m === leaves.length) return whole ? [] : [naiveRoot(leaves)]
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1))
  return m <= k
    ? [...naiveProof(m, leaves.slice(0, k), whole), naiveRoot(leaves.slice(k))]
    : [...naiveProof(m - k, leaves.slice(k), false), naiveRoot(leaves.slice(0, k))]
}

const subtreesOf =
  (leaves: readonly Buffer[]): Subtrees =>
  async (level, index) => {
    const [width, from] = [2 ** level, index * 2 ** level]
    assert.ok(from + width <= leaves.length, 'only complete subtrees are asked for')
    return naiveRoot(leaves.slice(from, from + width))
  }

const hexes = (hashes: readonly Hash[]): string[] => hashes.map((hash) => hash.toString('hex'))
const numbered = (count: number): Buffer[] => Array.from({ length: count }, (_, index) => Buffer.from(`leaf ${index}`))

/** The leaves and roots that the implementations of Certificate Transparency share. */
const known = [
  ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['00', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  ['10', 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  ['2021', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  ['3031', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  ['40414243', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  ['5051525354555657', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  ['606162636465666768696a6b6c6d6e6f', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
] as const

test('the tree of Certificate Transparency has its known roots', () => {
  assert.equal(emptyRoot.toString('hex'), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  const tree = new GrowingTree()
  assert.deepEqual(tree.root(), emptyRoot)
  for (const [leaf, root] of known) {
    tree.append(leafHash(Buffer.from(leaf, 'hex')))
    assert.equal(tree.root().toString('hex'), root)
  }
})

test('a growing tree has the root of the definition, also when it goes on from its peaks or by whole subtrees', () =>
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), (count, stop) => {
      const leaves = numbered(count)
      let tree = new GrowingTree()
      for (const [index, leaf] of leaves.entries()) {
        if (index === stop) tree = new GrowingTree(tree.size, tree.peaks)
        tree.append(leafHash(leaf))
      }
      assert.deepEqual(tree.root(), naiveRoot(leaves))
      const coarse = new GrowingTree()
      const whole = count - (count % 16)
      for (let from = 0; from < whole; from += 16) coarse.appendSubtree(naiveRoot(leaves.slice(from, from + 16)), 16)
      for (const leaf of leaves.slice(whole)) coarse.append(leafHash(leaf))
      assert.deepEqual(coarse.root(), tree.root())
    }),
    { numRuns: 60 },
  ))

test('a subtree is not put where it would not be complete, nor a tree made with other peaks than its size has', () => {
  const tree = new GrowingTree(1, [leafHash(Buffer.of(1))])
  assert.throws(() => tree.appendSubtree(emptyRoot, 2), RangeError)
  assert.throws(() => new GrowingTree(3, [emptyRoot]), RangeError)
})

test('an inclusion proof is that of the definition, verifies, and grows with the logarithm', async () => {
  for (const size of [1, 2, 3, 5, 8, 33, 100]) {
    const leaves = numbered(size)
    const root = naiveRoot(leaves)
    for (const [index, bytes] of leaves.entries()) {
      const path = await inclusionProof(subtreesOf(leaves), index, size)
      assert.deepEqual(hexes(path), hexes(naivePath(index, leaves)))
      assert.ok(path.length <= Math.ceil(Math.log2(size)))
      assert.ok(isIncluded({ leaf: leafHash(bytes), index, size, root }, path))
    }
  }
})

test('a consistency proof is that of the definition, and verifies', async () => {
  for (const size of [1, 2, 3, 7, 8, 33]) {
    const leaves = numbered(size)
    for (let from = 1; from <= size; from += 1) {
      const path = await consistencyProof(subtreesOf(leaves), from, size)
      assert.deepEqual(hexes(path), hexes(naiveProof(from, leaves)))
      const first = { size: from, root: naiveRoot(leaves.slice(0, from)) }
      assert.ok(isConsistent(first, { size, root: naiveRoot(leaves) }, path))
    }
  }
})

test('the root of the first leaves is found from the subtrees', async () => {
  const leaves = numbered(77)
  for (const size of [0, 1, 2, 64, 77])
    assert.deepEqual(await rootOf(subtreesOf(leaves), size), naiveRoot(leaves.slice(0, size)))
})

const flipped = (hash: Hash, bit: number): Hash => {
  const copy = Buffer.from(hash)
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}

test('a proof with any bit changed, a step more or less, another place or another size does not verify', () =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 70 }), fc.nat(), fc.nat(), fc.nat(255), async (size, a, b, bit) => {
      const leaves = numbered(size)
      const [index, from] = [a % size, 1 + (b % (size - 1))]
      const root = naiveRoot(leaves)
      const fact = { leaf: leafHash(leaves[index] ?? Buffer.of()), index, size, root }
      const path = await inclusionProof(subtreesOf(leaves), index, size)
      const step = b % path.length
      const changed = path.map((hash, at) => (at === step ? flipped(hash, bit) : hash))
      assert.ok(!isIncluded(fact, changed))
      assert.ok(!isIncluded(fact, path.slice(1)))
      assert.ok(!isIncluded(fact, [...path, root]))
      assert.ok(!isIncluded({ ...fact, index: (index + 1) % size }, path))
      assert.ok(!isIncluded({ ...fact, root: flipped(root, bit) }, path))

      const first = { size: from, root: naiveRoot(leaves.slice(0, from)) }
      const second = { size, root }
      const proof = await consistencyProof(subtreesOf(leaves), from, size)
      assert.ok(!isConsistent({ ...first, root: flipped(first.root, bit) }, second, proof))
      assert.ok(!isConsistent(first, { ...second, root: flipped(root, bit) }, proof))
      assert.ok(!isConsistent(first, second, proof.slice(1)))
      assert.ok(!isConsistent(first, second, [...proof, nodeHash(root, root)]))
    }),
    { numRuns: 100 },
  ))

test('what cannot be proved is refused', async () => {
  const leaves = numbered(4)
  await assert.rejects(inclusionProof(subtreesOf(leaves), 4, 4), RangeError)
  await assert.rejects(consistencyProof(subtreesOf(leaves), 0, 4), RangeError)
  await assert.rejects(consistencyProof(subtreesOf(leaves), 5, 4), RangeError)
  const head = { size: 4, root: naiveRoot(leaves) }
  assert.ok(!isConsistent({ size: 0, root: emptyRoot }, head, []))
  assert.ok(!isConsistent(head, { ...head, size: 3 }, []))
  assert.ok(!isIncluded({ leaf: emptyRoot, index: -1, size: 4, root: head.root }, []))
})
