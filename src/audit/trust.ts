// Whom a verifier believes: the chain of sealing keys in the log, judged from the public key that the auditor brings.
import type { KeyObject } from 'node:crypto'
import { type SealEvents, sealEvents } from '../domain/seals/events.ts'
import { isSignedBy, keyIdOf, publicKeyFrom } from './statement.ts'

type LogSealed = SealEvents['LogSealed']

interface KnownKey {
  readonly key: KeyObject
  /** It is the auditor's, or one that the auditor's has signed for, through however many. */
  readonly trusted: boolean
}

/** Why a seal or key is not to be believed; undefined when it is. */
type Doubt = string | undefined

export class Trust {
  readonly #own: { readonly keyId: string; readonly key: KeyObject }
  readonly #keys = new Map<string, KnownKey>()
  #sealedByTrusted = false

  /** `own`: the key that the auditor trusts. */
  constructor(own: KeyObject) {
    this.#own = { keyId: keyIdOf(own), key: own }
  }

  /** Whether a trusted key has sealed: all that lies before that seal is proved with it, whoever sealed it at the time. */
  get proved(): boolean {
    return this.#sealedByTrusted
  }

  /** Takes note of a key that the log introduces. `data` is not parsed yet. */
  introduce(data: unknown): Doubt {
    const parsed = sealEvents.types.SealingKeyIntroduced.schema.safeParse(data)
    if (!parsed.success) return 'what introduces a sealing key cannot be read'
    const { keyId, publicKey, previousKeyId } = parsed.data
    const key = keyOrNothing(publicKey)
    if (!key || keyIdOf(key) !== keyId) return `the sealing key ${keyId} is not what its name says`
    // A copy, or the same again: what the seals say of its place will tell.
    if (this.#keys.has(keyId)) return undefined
    const previous = previousKeyId === null ? undefined : this.#keys.get(previousKeyId)
    if (previousKeyId === null && this.#keys.size > 0) return `a second first sealing key, ${keyId}`
    if (previousKeyId !== null && !(previous && isSignedBy(previous.key, 'SealingKeyIntroduced', parsed.data)))
      return `the sealing key ${keyId} is not signed by the one before it`
    this.#keys.set(keyId, { key, trusted: keyId === this.#own.keyId || previous?.trusted === true })
    return undefined
  }

  /** Judges the signature of a seal. */
  judge(seal: LogSealed): Doubt {
    // The auditor's own key needs no introduction.
    const own = seal.keyId === this.#own.keyId ? { key: this.#own.key, trusted: true } : undefined
    const known = own ?? this.#keys.get(seal.keyId)
    if (!known) return `a seal is signed with ${seal.keyId}, which is not among the log's keys`
    if (!isSignedBy(known.key, 'LogSealed', seal)) return `the key ${seal.keyId} has not signed this seal`
    if (this.#sealedByTrusted && !known.trusted) return `the key ${seal.keyId} is not one that your key has signed for`
    this.#sealedByTrusted ||= known.trusted
    return undefined
  }
}

const keyOrNothing = (text: string): KeyObject | undefined => {
  try {
    return publicKeyFrom(text)
  } catch {
    return undefined
  }
}
