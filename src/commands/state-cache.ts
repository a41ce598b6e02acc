// Folded states of streams, kept by revision, so that a hot stream is not read again for each command.
import { z } from 'zod'
import { evolve } from '../kernel/decider.ts'
import { type EventStore, START, type Ticket } from '../kernel/event-store.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import type { AnyDecider } from './unit.ts'

export interface Folded {
  readonly state: unknown
  /** START when the stream does not exist. */
  readonly revision: bigint
  /** The append that this state includes but that may not be durable yet, and its outcome. */
  readonly ticket?: Ticket
  readonly settled?: Promise<unknown>
}

export interface StateCache {
  peek(stream: string): Folded | undefined
  load(decider: AnyDecider, stream: string): Promise<void>
  /** Whether the store knows more of the stream than the cache; if so it is forgotten. */
  refresh(stream: string): Promise<'changed' | 'same'>
  /** Takes over the state after an append that is under way. The result forgets it again, unless others have moved on. */
  advance(decider: AnyDecider, stream: string, folded: Folded): () => void
  /** A stream is known to have reached a revision: an older state of it is forgotten. What is on its way to the disk will hear of it anyway. */
  heard(stream: string, revision: bigint): void
  clear(): void
}

export interface StateCacheOptions {
  readonly store: EventStore
  /** Where snapshots of long streams are kept; without it they are folded from the start. */
  readonly snapshots?: KeyValueStore
  /** States kept at the most. */
  readonly size?: number
  /** Events of a stream between two snapshots. */
  readonly snapshotEvery?: bigint
  /** A snapshot is only a short cut: failing to keep one is told, not thrown. */
  readonly onSnapshotFailure?: (error: unknown) => void
}

const space = 'snapshot'
const snapshot = z.object({ version: z.number(), revision: z.string().regex(/^\d+$/), state: z.unknown() })
type Snapshot = z.infer<typeof snapshot>

/** A cache of folded states over a store, with snapshots for deciders that ask for them. */
export function stateCache({
  store,
  snapshots,
  size = 20_000,
  snapshotEvery = 1_000n,
  onSnapshotFailure = () => undefined,
}: StateCacheOptions): StateCache {
  const entries = new Map<string, Folded>()
  /** Streams that are being read, by how many, and the latest revision heard of meanwhile. */
  const underWay = new Map<string, { readers: number; heard: bigint }>()

  /** What a failed append would have left is never at hand, however soon after the failure somebody asks. */
  const peek = (stream: string): Folded | undefined => {
    const known = entries.get(stream)
    if (known?.ticket?.state !== 'failed') return known
    entries.delete(stream)
    return undefined
  }

  const keep = (stream: string, folded: Folded): void => {
    if (entries.size >= size && !entries.has(stream)) makeRoom()
    entries.set(stream, folded)
  }

  const makeRoom = (): void => {
    let surplus = Math.ceil(size / 10)
    for (const [stream, { ticket }] of entries) {
      if (ticket?.state === 'pending') continue
      entries.delete(stream)
      if (--surplus === 0) return
    }
  }

  const snapshotOf = async (decider: AnyDecider, stream: string): Promise<Folded | undefined> => {
    if (!snapshots || decider.snapshotVersion === undefined) return undefined
    const kept = snapshot.safeParse((await snapshots.get(space, stream))?.value).data
    if (kept?.version !== decider.snapshotVersion) return undefined
    const revision = BigInt(kept.revision)
    // A log restored from a backup may be shorter than the snapshots beside it.
    for await (const page of store.readStream(stream, { after: revision - 1n, limit: 1 }))
      if (page[0]?.revision === revision) return { state: kept.state, revision }
    return undefined
  }

  const keepSnapshot = (decider: AnyDecider, stream: string, { state, revision }: Folded): void => {
    if (!snapshots || decider.snapshotVersion === undefined) return
    const kept: Snapshot = { version: decider.snapshotVersion, revision: String(revision), state }
    snapshots.put(space, stream, kept).catch(onSnapshotFailure)
  }

  const onceDurable = ({ settled }: Folded, then: () => void): void => {
    settled?.then(then, () => undefined)
  }

  const foldOf = async (decider: AnyDecider, stream: string): Promise<Folded> => {
    const start = await snapshotOf(decider, stream)
    let { state, revision } = start ?? { state: decider.initial as unknown, revision: START }
    const options = decider.fromLastEvent ? ({ direction: 'backwards', limit: 1 } as const) : { after: revision }
    for await (const page of store.readStream(stream, options))
      for (const event of page) {
        state = evolve(decider, state, event)
        revision = event.revision
      }
    const folded = { state, revision }
    if (revision - (start?.revision ?? START) >= snapshotEvery) keepSnapshot(decider, stream, folded)
    return folded
  }

  /** What is heard while a stream is read may have come too late to be read, and too soon to be forgotten: then it is read again. */
  const foldAndHear = async (decider: AnyDecider, stream: string): Promise<Folded> => {
    const reading = underWay.get(stream) ?? { readers: 0, heard: START }
    underWay.set(stream, reading)
    reading.readers += 1
    try {
      const folded = await foldOf(decider, stream)
      return folded.revision < reading.heard ? await foldOf(decider, stream) : folded
    } finally {
      reading.readers -= 1
      if (reading.readers === 0) underWay.delete(stream)
    }
  }

  return {
    peek,

    async load(decider, stream) {
      const folded = await foldAndHear(decider, stream)
      // While it was read, a command may have advanced it further.
      const known = peek(stream)
      if (!known || known.revision < folded.revision) keep(stream, folded)
    },

    async refresh(stream) {
      const known = peek(stream)
      if (!known) return 'changed'
      for await (const page of store.readStream(stream, { after: known.revision, limit: 1 }))
        if (page.length > 0) {
          if (entries.get(stream) === known) entries.delete(stream)
          return 'changed'
        }
      return 'same'
    },

    advance(decider, stream, folded) {
      const before = entries.get(stream)?.revision ?? START
      keep(stream, folded)
      // An append of several events may step over the round number.
      if (folded.revision / snapshotEvery > before / snapshotEvery)
        onceDurable(folded, () => keepSnapshot(decider, stream, folded))
      if (decider.isOver?.(folded.state))
        onceDurable(folded, () => {
          if (entries.get(stream) === folded) entries.delete(stream)
        })
      return () => {
        const known = entries.get(stream)
        // Whatever was built upon it fails with it.
        if (known && known.revision >= folded.revision && known.ticket?.state !== 'durable') entries.delete(stream)
      }
    },

    heard(stream, revision) {
      const known = entries.get(stream)
      if (known && known.revision < revision && known.ticket?.state !== 'pending') entries.delete(stream)
      const reading = underWay.get(stream)
      if (reading && reading.heard < revision) reading.heard = revision
    },

    clear() {
      for (const [stream, { ticket }] of entries) if (ticket?.state !== 'pending') entries.delete(stream)
    },
  }
}
