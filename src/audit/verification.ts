// Verification: goes through a log once, holds it to its seals, and says the first event that does not fit and what was done to it.
import type { KeyObject } from 'node:crypto'
import { type SealEvents, sealEvents } from '../domain/seals/events.ts'
import { LeafQueue } from './leaf-queue.ts'
import { GrowingTree, type Hash, type TreeHead } from './merkle.ts'
import { fingerprintBytes } from './sealing.ts'
import { Difference, fingerprintsIn, type Tampering } from './tampering.ts'
import { Trust } from './trust.ts'

/** An event on its way through a verifier. */
export interface Entry {
  readonly leaf: Hash
  /** What names it to a person; undefined when it cannot be read. */
  readonly event:
    | { readonly id: string; readonly type: string; readonly stream: string; readonly revision: string }
    | undefined
  /** Its data, for the seals and keys. */
  readonly data: unknown
}

export interface Finding {
  readonly kind: Tampering
  /** Where in the log, from 0. */
  readonly index: number
  /** What stands there now; undefined where it cannot be read, or was not kept: `named` looks again. */
  readonly event: Entry['event']
  readonly detail: string
}

export interface Verdict {
  /** The first thing that does not fit; undefined when all fits. */
  readonly finding: Finding | undefined
  /** Events seen, with those before the beginning of a part. */
  readonly events: number
  /** So many events from the beginning are proved by a seal of the auditor's key. */
  readonly proved: number
  readonly seals: number
  readonly lastSeal: { readonly size: number; readonly root: string; readonly at: string } | undefined
}

export interface VerifierOptions {
  /** The public key that the auditor trusts. */
  readonly key: KeyObject
  /** Where a part of a log begins: the tree of all that lies before. */
  readonly from?: { readonly size: number; readonly peaks: readonly Hash[] }
  /** What introduced the keys that lie before the beginning of a part. */
  readonly keys?: readonly unknown[]
  /** Seals that somebody outside has kept. */
  readonly witnessed?: readonly TreeHead[]
}

type LogSealed = SealEvents['LogSealed']
const fingerprintOf = (leaf: Hash): string => leaf.toString('hex', 0, fingerprintBytes)

/** Verifies a log that is handed to it event by event. It keeps no more than the leaves of the events between two seals. */
export class Verifier {
  readonly #trust: Trust
  readonly #tree: GrowingTree
  readonly #witnessed: Map<number, Hash>
  /** Seen, and not yet covered by a seal. */
  #pending = new LeafQueue()
  #index: number
  #seals = 0
  #lastSeal: LogSealed | undefined
  #proved = 0
  #finding: Finding | undefined
  /** Suspicious, but perhaps explained by what comes later. */
  #suspicion: Finding | undefined
  #difference: Difference | undefined
  #firstSeal: Finding | undefined

  constructor({ key, from = { size: 0, peaks: [] }, keys = [], witnessed = [] }: VerifierOptions) {
    this.#trust = new Trust(key)
    this.#tree = new GrowingTree(from.size, from.peaks)
    this.#index = from.size
    this.#witnessed = new Map(witnessed.map(({ size, root }) => [size, root]))
    for (const data of keys) this.#find(this.#trust.introduce(data), 're-signed', undefined)
  }

  /** Whether nothing that comes can change the verdict any more. */
  get done(): boolean {
    return this.#finding !== undefined
  }

  take(entry: Entry): void {
    const index = this.#index
    this.#index += 1
    if (this.#difference) {
      this.#difference.hear(fingerprintOf(entry.leaf))
      if (entry.event?.type === 'LogSealed') this.#hearSeal(entry.data)
      return
    }
    this.#pending.push(entry.leaf)
    if (!entry.event) this.#suspect('changed', index, entry, 'it cannot be read')
    if (entry.event?.type === 'SealingKeyIntroduced')
      this.#find(this.#trust.introduce(entry.data), 're-signed', entry, index)
    if (entry.event?.type === 'LogSealed') this.#takeSeal(entry, index)
  }

  /** The verdict, once the log has come to its end. */
  finish(): Verdict {
    this.#finding ??= this.#named() ?? this.#suspicion ?? this.#unproved() ?? this.#unwitnessed()
    const { size, root, at } = this.#lastSeal ?? {}
    return {
      finding: this.#finding,
      events: this.#index,
      proved: this.#finding ? Math.min(this.#proved, this.#finding.index) : this.#proved,
      seals: this.#seals,
      lastSeal: size !== undefined && root !== undefined && at !== undefined ? { size, root, at } : undefined,
    }
  }

  #takeSeal(entry: Entry, index: number): void {
    const parsed = sealEvents.types.LogSealed.schema.safeParse(entry.data)
    const doubt = parsed.success ? this.#trust.judge(parsed.data) : 'the seal cannot be read'
    if (this.#find(doubt, 're-signed', entry, index) || !parsed.success) return
    const seal = parsed.data
    this.#firstSeal ??= { kind: 're-signed', index, event: entry.event, detail: 'no seal is signed by your key' }
    if (seal.size <= this.#tree.size) {
      this.#suspect('inserted', index, entry, 'it is a seal of what is sealed already')
      return
    }
    if (seal.size - fingerprintsIn(seal.fingerprints, fingerprintBytes).length > index) {
      this.#suspect('reordered', index, entry, 'it is a seal of what comes later')
      return
    }
    if (this.#differs(seal, index) || this.#isOff(seal, entry, index)) return
    this.#seals += 1
    this.#lastSeal = seal
    if (this.#trust.proved) this.#proved = seal.size
    if (this.#suspicion && this.#suspicion.index < seal.size) this.#suspicion = undefined
  }

  /** Compares event by event what the seal adds. */
  #differs(seal: LogSealed, index: number): boolean {
    const sealed = fingerprintsIn(seal.fingerprints, fingerprintBytes)
    const from = seal.size - sealed.length
    for (let at = Math.max(0, this.#tree.size - from); at < sealed.length; at += 1) {
      const expected = sealed[at] ?? ''
      const place = from + at - this.#tree.size
      const leaf = this.#pending.at(place)
      const found = leaf && fingerprintOf(leaf)
      if (found === expected) continue
      const difference = new Difference(from + at, expected, found, index < seal.size)
      difference.hearSealed(sealed.slice(at + 1))
      for (const [later, waiting] of [...this.#pending.take(this.#pending.length)].entries())
        if (later > place) difference.hear(fingerprintOf(waiting))
      this.#difference = difference
      return true
    }
    return false
  }

  /** The proof itself: the root over all events up to the seal's size. */
  #isOff(seal: LogSealed, entry: Entry, index: number): boolean {
    const before = this.#tree.size
    for (const leaf of this.#pending.take(seal.size - before)) this.#tree.append(leaf)
    const root = this.#tree.root().toString('base64')
    const witnessed = this.#witnessed.get(seal.size)
    this.#witnessed.delete(seal.size)
    if (root !== seal.root)
      return this.#find(
        `something from here to event ${seal.size - 1} is not what was sealed`,
        'changed',
        undefined,
        before,
      )
    return this.#find(
      witnessed && !witnessed.equals(this.#tree.root()) ? 'the witness was given another seal of this size' : undefined,
      're-signed',
      entry,
      index,
    )
  }

  #hearSeal(data: unknown): void {
    const parsed = sealEvents.types.LogSealed.schema.safeParse(data)
    if (parsed.success) this.#difference?.hearSealed(fingerprintsIn(parsed.data.fingerprints, fingerprintBytes))
  }

  #named(): Finding | undefined {
    if (!this.#difference) return undefined
    const { index } = this.#difference
    return { kind: this.#difference.kind(), index, event: undefined, detail: 'it is not what was sealed here' }
  }

  #unproved(): Finding | undefined {
    return this.#trust.proved ? undefined : this.#firstSeal
  }

  /** A seal that the witness holds must be in the log. */
  #unwitnessed(): Finding | undefined {
    const [size] = this.#witnessed.keys()
    if (size === undefined) return undefined
    const kind = size > (this.#lastSeal?.size ?? 0) ? 'removed' : 're-signed'
    return {
      kind,
      index: this.#index,
      event: undefined,
      detail: `the witness holds a seal of ${size} events that the log lacks`,
    }
  }

  #find(detail: string | undefined, kind: Tampering, entry: Entry | undefined, index = this.#index): boolean {
    if (detail !== undefined) this.#finding ??= { kind, index, event: entry?.event, detail }
    return detail !== undefined
  }

  #suspect(kind: Tampering, index: number, { event }: Entry, detail: string): void {
    this.#suspicion ??= { kind, index, event, detail }
  }
}

/** The verdict with what stands at its finding now, from another look at the entries that follow the first `from` events. */
export async function named(verdict: Verdict, entries: AsyncIterable<Entry>, from = 0): Promise<Verdict> {
  const { finding } = verdict
  if (!finding || finding.event) return verdict
  let index = from
  for await (const { event } of entries) {
    if (index === finding.index) return { ...verdict, finding: { ...finding, event } }
    index += 1
  }
  return verdict
}
