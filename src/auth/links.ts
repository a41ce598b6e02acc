// Links that prove themselves: a proof that only we can make goes with what a link is about, so that no secret of a link is kept anywhere.
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** What a proof is for; one for another purpose is none. */
export type LinkPurpose = 'password' | 'unsubscribe'

export interface Links {
  /** 43 characters of base64url. */
  prove(purpose: LinkPurpose, value: string): string
  isProof(purpose: LinkPurpose, value: string, proof: string): boolean
  /** A short proof for where there is little room and case is lost, as in the local part of an address: 12 hex digits. */
  stamp(value: string): string
  isStamp(value: string, stamp: string): boolean
}

const same = (given: string, wanted: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Proofs by HMAC-SHA-256 under a key of their own, derived from the master key (HKDF, RFC 5869). */
export function openLinks(masterKey: Buffer): Links {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'links', 32))
  const mac = (value: string) => createHmac('sha256', key).update(value)
  const prove: Links['prove'] = (purpose, value) => mac(`${purpose} ${value}`).digest('base64url')
  const stamp: Links['stamp'] = (value) => mac(`stamp ${value}`).digest('hex').slice(0, 12)
  return {
    prove,
    isProof: (purpose, value, proof) => same(proof, prove(purpose, value)),
    stamp,
    isStamp: (value, given) => same(given, stamp(value)),
  }
}
