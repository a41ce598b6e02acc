// Links that prove themselves: what a link is about, and a proof that only we can make, so that no secret of a link need be kept anywhere.
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** What links and addresses are signed for; a proof for one purpose is none for another. */
export type LinkPurpose = 'password' | 'unsubscribe' | 'return-path'

export interface Links {
  /** The proof of a value: base64url, or hex where case is lost on the way. */
  prove(purpose: LinkPurpose, value: string, encoding?: 'base64url' | 'hex'): string
  /** Whether this is the proof of the value, or its beginning of at least 12 characters. */
  isProof(purpose: LinkPurpose, value: string, proof: string, encoding?: 'base64url' | 'hex'): boolean
}

const shortestProof = 12

/** Proofs by HMAC-SHA-256 under a key of their own, derived from the master key (HKDF, RFC 5869). */
export function openLinks(masterKey: Buffer): Links {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'links', 32))
  const prove: Links['prove'] = (purpose, value, encoding = 'base64url') =>
    createHmac('sha256', key).update(`${purpose} ${value}`).digest(encoding)

  return {
    prove,
    isProof(purpose, value, proof, encoding) {
      const given = Buffer.from(proof)
      const wanted = Buffer.from(prove(purpose, value, encoding)).subarray(0, given.length)
      return given.length >= shortestProof && given.length === wanted.length && timingSafeEqual(given, wanted)
    },
  }
}
