// Folded states of streams, kept by revision, so that a hot stream is not read again for each command.
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
interface Snapshot {
  readonly version: number
  readonly revision: string
  readonly state: unknown
}
const isSnapshot = (value: unknown): value is Snapshot =>
  typeof value === 'object' && value !== null && 'version' in value && 'revision' in value && 'state' in value

/** A cache of folded states over a store, with snapshots for deciders that ask for them. */
export function stateCache({
  store,
  snapshots,
  size = 20_000,
  snapshotEvery = 1_000n,
  onSnapshotFailure = () => undefined,
}: StateCacheOptions): StateCache {
  const entries = new Map<string, Folded>()

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
    const value = (await snapshots.get(space, stream))?.value
    return isSnapshot(value) && value.version === decider.snapshotVersion
      ? { state: value.state, revision: BigInt(value.revision) }
      : undefined
  }

  const keepSnapshot = (decider: AnyDecider, stream: string, { state, revision }: Folded): void => {
    if (!snapshots || decider.snapshotVersion === undefined) return
    const snapshot: Snapshot = { version: decider.snapshotVersion, revision: String(revision), state }
    snapshots.put(space, stream, snapshot).catch(onSnapshotFailure)
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

  return {
    peek: (stream) => entries.get(stream),

    async load(decider, stream) {
      const folded = await foldOf(decider, stream)
      // While it was read, a command may have advanced it further.
      const known = entries.get(stream)
      if (!known || known.revision < folded.revision) keep(stream, folded)
    },

    async refresh(stream) {
      const known = entries.get(stream)
      if (!known) return 'changed'
      for await (const page of store.readStream(stream, { after: known.revision, limit: 1 }))
        if (page.length > 0) {
          if (entries.get(stream) === known) entries.delete(stream)
          return 'changed'
        }
      return 'same'
    },

    advance(decider, stream, folded) {
      keep(stream, folded)
      if (folded.revision % snapshotEvery === 0n)
        folded.settled?.then(
          () => keepSnapshot(decider, stream, folded),
          () => undefined,
        )
      return () => {
        const known = entries.get(stream)
        // Whatever was built upon it fails with it.
        if (known && known.revision >= folded.revision && known.ticket?.state !== 'durable') entries.delete(stream)
      }
    },

    clear() {
      for (const [stream, { ticket }] of entries) if (ticket?.state !== 'pending') entries.delete(stream)
    },
  }
}
