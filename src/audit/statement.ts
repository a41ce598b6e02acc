// What a sealing key signs, and how a signature is made and checked: Ed25519 (RFC 8032) over canonical JSON.
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { SealEvents } from '../domain/seals/events.ts'
import { canonicalJson } from './canonical.ts'

type Unsigned<Type extends keyof SealEvents> = Omit<SealEvents[Type], 'signature'>

// A signature for the one purpose must not serve for the other.
const purposes = { LogSealed: 'caminho-seguro/seal/1', SealingKeyIntroduced: 'caminho-seguro/sealing-key/1' } as const

/** The signed bytes: the canonical JSON of the event's data without its signature, with its purpose. */
function statement<Type extends keyof SealEvents>(type: Type, data: Unsigned<Type>): Buffer {
  return Buffer.from(canonicalJson({ ...data, signature: undefined, purpose: purposes[type] }))
}

/** A signature over bytes, base64. */
export const signBytes = (key: KeyObject, bytes: Buffer): string => sign(null, bytes, key).toString('base64')

/** The signature over what a seal or key says, base64. */
export const signatureOf = <Type extends keyof SealEvents>(key: KeyObject, type: Type, data: Unsigned<Type>): string =>
  signBytes(key, statement(type, data))

/** Whether the key has signed exactly this. */
export function isSignedBy<Type extends keyof SealEvents>(
  key: KeyObject,
  type: Type,
  data: Unsigned<Type> & { readonly signature: string | null },
): boolean {
  const { signature } = data
  return signature !== null && verify(null, statement(type, data), key, Buffer.from(signature, 'base64'))
}

/** SubjectPublicKeyInfo in base64, as the log and the API give it. */
export const publicText = (key: KeyObject): string => key.export({ type: 'spki', format: 'der' }).toString('base64')

/** The key that a text holds: base64 or PEM. @throws TypeError when it is no Ed25519 public key */
export function publicKeyFrom(text: string): KeyObject {
  const wrong = () => new TypeError('this is no Ed25519 public key: it is one line of base64 or a PEM block')
  try {
    const base64 = text.replaceAll(/-----[^-]+-----|\s/g, '')
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), type: 'spki', format: 'der' })
    if (key.asymmetricKeyType !== 'ed25519') throw wrong()
    return key
  } catch {
    throw wrong()
  }
}

/** A key's name: the first 16 hexadecimal digits of the SHA-256 of its SubjectPublicKeyInfo. */
export const keyIdOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16)
