// The audit area, as the others see it.
export { type Audit, openAudit } from './audit.ts'
export { canonicalBytes, canonicalJson, canonicalText } from './canonical.ts'
export { type CauseNode, type Correlation, correlationOf } from './causes.ts'
export { type DocumentChange, differences } from './differences.ts'
export { entriesIn } from './entries.ts'
export { explore, type Found, type Sought } from './explorer.ts'
export { exportLog, NotSealedError } from './export.ts'
export { NotAnExportError } from './export-file.ts'
export { eventById } from './finding-events.ts'
export { unsealedIn } from './keep-sealing.ts'
export { leafOf } from './log-tree.ts'
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
export { documentsAt, momentOf } from './past.ts'
export { type CheckedProof, checkProof, NotAProofError, type ProofDocument, proofOf } from './proof-file.ts'
export type { Answer } from './remembered.ts'
export { rememberedPast, rememberedWhatIf } from './remembered-past.ts'
export { keysIn, type LogSealed, type RecordedKey, type RecordedSeal, sealOver, sealsIn } from './seal-stream.ts'
export { LogChangedError } from './sealing.ts'
export { auditJobs, auditReactors, startAudit } from './start.ts'
export { publicKeyFrom } from './statement.ts'
export { type StoryKind, storyKinds, storyOf } from './story.ts'
export { changesCsv, documentsCsv } from './tables.ts'
export type { Tampering } from './tampering.ts'
export { testimonyText } from './testimony.ts'
export { type Entry, type Finding, type Verdict, Verifier } from './verification.ts'
export { type Evidence, verifyExport } from './verify-export.ts'
export { type VerifyingOptions, verifyLog } from './verify-log.ts'
export { type Comparison, type Rule, whatIf } from './what-if.ts'
export { witnessId } from './witness-mail.ts'
export { inThread } from './work.ts'
