// The proof of one event, as a document that can be checked with a public key and nothing else.
import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { sealEvents } from '../domain/seals/events.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import type { Audit } from './audit.ts'
import { canonicalJson, canonicalText } from './canonical.ts'
import { inclusionProof, isIncluded, leafHash } from './merkle.ts'
import { keysIn, type LogSealed, sealsIn } from './seal-stream.ts'
import { Trust } from './trust.ts'

const proofDocument = z.strictObject({
  caminho: z.literal('proof/1'),
  /** The canonical JSON of the event. */
  event: z.looseObject({ id: z.string(), type: z.string(), stream: z.string(), recordedAt: z.string() }),
  /** Where the event stands in the log, from 0. */
  index: z.int().nonnegative(),
  /** The hashes beside the way from the event to the root, from the bottom up; base64. */
  path: z.array(z.base64()),
  seal: z.unknown(),
  /** What introduced the sealing keys up to the seal. */
  keys: z.array(z.unknown()),
})
export type ProofDocument = z.infer<typeof proofDocument>

/** The seal of a size; the last one without. */
async function sealOf(audit: Audit, size: number | undefined): Promise<LogSealed | undefined> {
  for (let before: bigint | undefined; ; ) {
    const page = await sealsIn(audit.rawLog, { limit: 20, ...(before !== undefined && { before }) })
    for (const { seal, revision } of page) {
      if (size === undefined || seal.size === size) return seal
      if (seal.size < size) return undefined
      before = revision
    }
    if (page.length === 0) return undefined
  }
}

/** The proof of an event of the raw log under the last seal, or the seal of that size; undefined when none covers it (yet). */
export async function proofOf(audit: Audit, event: RecordedEvent, size?: number): Promise<ProofDocument | undefined> {
  const index = await audit.tree.indexOf(event.position)
  if (index === undefined) return undefined
  const seal = await sealOf(audit, size)
  if (!seal || seal.size <= index) return undefined
  const path = await inclusionProof(audit.tree.subtrees(), index, seal.size)
  const keys = (await keysIn(audit.rawLog)).map(({ key }) => key)
  const base64 = path.map((hash) => hash.toString('base64'))
  return { caminho: 'proof/1', event: JSON.parse(canonicalText(event)), index, path: base64, seal, keys }
}

/** This is no proof, or one of a later version. */
export class NotAProofError extends Error {
  readonly code = 'not-a-proof'
  constructor() {
    super('this is no proof of an event: it is the JSON that npx caminho prove and the API give')
    this.name = 'NotAProofError'
  }
}

export interface CheckedProof {
  readonly event: ProofDocument['event']
  readonly seal: { readonly size: number; readonly at: string } | undefined
  /** Why it proves nothing; undefined when it proves that the event is in the log that was sealed. */
  readonly doubt: string | undefined
}

/** Checks a proof with the auditor's key. @throws NotAProofError */
export function checkProof(document: unknown, key: KeyObject): CheckedProof {
  const parsed = proofDocument.safeParse(document)
  if (!parsed.success) throw new NotAProofError()
  const { event, index, path, seal: told, keys } = parsed.data
  const seal = sealEvents.types.LogSealed.schema.safeParse(told)
  if (!seal.success) return { event, seal: undefined, doubt: 'the seal cannot be read' }
  const trust = new Trust(key)
  const { size, root, at } = seal.data
  const leaf = leafHash(Buffer.from(canonicalJson(event)))
  const hashes = path.map((text) => Buffer.from(text, 'base64'))
  const doubts = [
    ...keys.map((data) => trust.introduce(data)),
    trust.judge(seal.data),
    trust.proved ? undefined : 'the seal is not by your key, nor by one that your key has signed for',
    isIncluded({ leaf, index, size, root: Buffer.from(root, 'base64') }, hashes)
      ? undefined
      : 'the event is not the one that was sealed: the way from it does not lead to the root',
  ]
  return { event, seal: { size, at }, doubt: doubts.find((doubt) => doubt !== undefined) }
}
