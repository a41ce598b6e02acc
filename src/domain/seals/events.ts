// Everything that can happen to the seals of the log: signed roots of the Merkle tree over it, and the keys that sign them. docs/audit.md tells the formats.
import { z } from 'zod'
import { type DataOf, events, v1 } from '../../kernel/event.ts'
import { id, instant } from '../values.ts'

/** How many events a tree covers, and its root: SHA-256, base64. */
const treeHead = { size: z.int().positive(), root: z.base64() }
const previous = z.strictObject(treeHead).nullable()

export const sealEvents = events('seal', {
  /**
   * `previous`: the seal before this one. `fingerprints`: the first 6 bytes of the leaf hash of each event that it adds to that, base64 (8
   * characters an event), so that what does not fit can be told event by event. `signature`: Ed25519 (RFC 8032), base64, over all the rest.
   */
  LogSealed: v1({ ...treeHead, previous, fingerprints: z.base64(), keyId: id, signature: z.base64(), at: instant }),
  /**
   * `publicKey`: SubjectPublicKeyInfo (RFC 8410), base64. `signature`: by the key before it, over all the rest; null for the first. `previous`:
   * the last seal, so that the seals go on from their last event alone.
   */
  SealingKeyIntroduced: v1({
    keyId: id,
    publicKey: z.base64(),
    previousKeyId: id.nullable(),
    previous,
    signature: z.base64().nullable(),
    at: instant,
  }),
})
export type SealEvents = DataOf<typeof sealEvents>
