// What kind of tampering it is: from where the log first differs from what was sealed, and from what turns up later.

/**
 * `changed`: an event is not what it was; `removed`, `inserted`, `reordered`; `re-signed`: a seal or key that the auditor's key does not vouch
 * for, or a seal that was changed; `damaged`: the file is not what was written, though no event was changed.
 */
export type Tampering = 'changed' | 'removed' | 'inserted' | 'reordered' | 're-signed' | 'damaged'

/**
 * The first place where the log and its seals differ, and the search for what was expected and what was found there: what is moved turns up
 * again, what is new turns up nowhere. Fingerprints are hexadecimal.
 */
export class Difference {
  readonly index: number
  readonly #expected: string
  readonly #found: string | undefined
  readonly #short: boolean
  #expectedLater = false
  #foundSealedLater = false
  #foundAgain = false

  /** `short`: fewer events lie before the seal than it covers. */
  constructor(index: number, expected: string, found: string | undefined, short: boolean) {
    this.index = index
    this.#expected = expected
    this.#found = found
    this.#short = short
  }

  /** A fingerprint of an event that lies after the difference. */
  hear(fingerprint: string): void {
    if (fingerprint === this.#expected) this.#expectedLater = true
    if (fingerprint === this.#found) this.#foundAgain = true
  }

  /** Fingerprints that were sealed after the difference. */
  hearSealed(fingerprints: readonly string[]): void {
    if (this.#found !== undefined && fingerprints.includes(this.#found)) this.#foundSealedLater = true
  }

  /** Once everything was heard. */
  kind(): Tampering {
    // A copy of what comes later is new here, and in its own place there.
    if (this.#expectedLater) return this.#foundSealedLater && !this.#foundAgain ? 'reordered' : 'inserted'
    return this.#foundSealedLater || this.#short ? 'removed' : 'changed'
  }
}

/** The fingerprints of a seal, hexadecimal, in order. */
export function fingerprintsIn(base64: string, bytes: number): string[] {
  const hex = Buffer.from(base64, 'base64').toString('hex')
  return Array.from({ length: hex.length / (2 * bytes) }, (_, at) => hex.slice(at * 2 * bytes, (at + 1) * 2 * bytes))
}
