// The audit area, as the others see it.
export { canonicalBytes, canonicalJson, canonicalText } from './canonical.ts'
export {
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
  type TreeHead,
} from './merkle.ts'
