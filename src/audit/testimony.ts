// What a witness outside is told of a seal, signed with the key of the seal.
import { canonicalJson } from './canonical.ts'
import type { LogSealed } from './seal-stream.ts'
import type { SigningKeys } from './signing-keys.ts'
import { publicText, signBytes } from './statement.ts'

export interface Testimony extends Pick<LogSealed, 'size' | 'root' | 'previous' | 'keyId' | 'at'> {
  /** The id of the event that is the seal. */
  readonly id: string
  readonly publicKey: string
}

/** What is signed: canonical JSON with its purpose. `signature`: what a file holds that carries its signature with it. */
export const testimonyText = (
  { id, size, root, previous, keyId, at, publicKey }: Testimony,
  signature?: string,
): string =>
  canonicalJson({ purpose: 'caminho-seguro/witness/1', id, size, root, previous, keyId, at, publicKey, signature })

/** The testimony to a seal, and the signature over its text, base64. @throws SigningKeyMissingError */
export async function testify(
  keys: SigningKeys,
  id: string,
  { size, root, previous, keyId, at }: LogSealed,
): Promise<{ readonly testimony: Testimony; readonly signature: string }> {
  const { privateKey, publicKey } = await keys.find(keyId)
  const testimony = { id, size, root, previous, keyId, at, publicKey: publicText(publicKey) }
  return { testimony, signature: signBytes(privateKey, Buffer.from(testimonyText(testimony))) }
}
