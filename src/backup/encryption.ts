// Encryption of archives with age (age-encryption.org/v1): by a passphrase, or for recipients, of whom the installation itself is always one.
import { hkdfSync } from 'node:crypto'
import { bech32 } from '@scure/base'
import { ArchiveError } from './archive-error.ts'

/** Who can open archives, and with what this installation opens them. */
export interface ArchiveKeys {
  /** With one, archives are encrypted by it alone: age does not mix the two. */
  readonly passphrase?: string | undefined
  /** `age1…`, besides the installation itself. */
  readonly recipients: readonly string[]
  /** `AGE-SECRET-KEY-1…` with which archives are opened, besides the passphrase. */
  readonly identities: readonly string[]
}

/** Of scrypt: 2^15 takes 32 MB, so that a backup does not need more memory than the rest of the program. */
const workFactor = 15

/**
 * The installation's own identity, derived from its master key: whoever keeps that key apart, which restoring needs anyhow, can open its archives.
 * In age's own form, for `age --decrypt --identity`.
 */
export function ownIdentity(masterKey: Buffer): string {
  const secret = new Uint8Array(hkdfSync('sha256', masterKey, '', 'caminho-seguro backup identity', 32))
  return bech32.encodeFromBytes('AGE-SECRET-KEY-', secret).toUpperCase()
}

/** Tells one master key from another, and nothing of it. */
export const fingerprintOf = (masterKey: Buffer): string =>
  Buffer.from(hkdfSync('sha256', masterKey, '', 'caminho-seguro master key fingerprint', 8)).toString('hex')

// Loaded with the first archive: its curves take a good part of the start and of the memory.
const age = () => import('age-encryption')

/** The stream, encrypted. */
export async function encrypted(
  plain: ReadableStream<Uint8Array>,
  { passphrase, recipients, identities }: ArchiveKeys,
): Promise<ReadableStream<Uint8Array>> {
  const { Encrypter, identityToRecipient } = await age()
  const encrypter = new Encrypter()
  if (passphrase === undefined) {
    for (const identity of identities) encrypter.addRecipient(await identityToRecipient(identity))
    for (const recipient of recipients) encrypter.addRecipient(recipient)
  } else {
    encrypter.setScryptWorkFactor(workFactor)
    encrypter.setPassphrase(passphrase)
  }
  return encrypter.encrypt(plain)
}

/** The stream, decrypted. @throws ArchiveError when no key opens it, or it is no age file */
export async function decrypted(
  sealed: ReadableStream<Uint8Array>,
  { passphrase, identities }: ArchiveKeys,
): Promise<ReadableStream<Uint8Array>> {
  const { Decrypter } = await age()
  const decrypter = new Decrypter()
  if (passphrase !== undefined) decrypter.addPassphrase(passphrase)
  for (const identity of identities) decrypter.addIdentity(identity)
  try {
    return await decrypter.decrypt(sealed)
  } catch (cause) {
    const noneFits = cause instanceof Error && cause.message.startsWith('no identity matched')
    throw new ArchiveError(noneFits ? 'wrong-key' : 'damaged-archive', noneFits ? '' : String(cause), { cause })
  }
}
