// One batch of events folded for many projections at once: ids collected, documents loaded once, folded in memory.
import type { RecordedEvent } from '../kernel/event.ts'
import { START } from '../kernel/event-store.ts'
import { applyTo, keysOf, type Projection } from '../kernel/projection.ts'
import type { Generation, ReadModels, Save } from '../kernel/read-models.ts'
import type { DocumentMemory } from './document-memory.ts'

/** A projection and the generation of its documents that it builds. */
export interface Member {
  readonly projection: Projection
  readonly generation: Generation
  readonly memory: DocumentMemory
}

export interface Failure {
  /** The event that could not be folded; undefined when the documents could not be saved. */
  readonly event?: RecordedEvent
  readonly error: unknown
}

export interface Folded<M extends Member> {
  readonly member: M
  /** Only those that the batch changed. */
  readonly documents: readonly Save[]
  /** Those of them that are likely to be touched again soon. Most documents are written once: keeping them would only feed the garbage collector. */
  readonly inUse: readonly Save[]
  /** Set when the projection stopped: the documents then stand before that event. */
  readonly failure?: Failure
}

/** Which members want events of which type. */
export type Interests = ReadonlyMap<string, readonly number[]>

/** The members interested in each event type, by their index. */
export function interestsOf(members: readonly Member[]): Interests {
  const interests = new Map<string, number[]>()
  for (const [index, { projection }] of members.entries())
    for (const type of Object.keys(projection.on)) {
      const known = interests.get(type)
      if (known) known.push(index)
      else interests.set(type, [index])
    }
  return interests
}

/** A document on its way through the batch. */
interface Working {
  readonly id: string
  document: object | null | undefined
  position: bigint
  changed: boolean
  /** Whether it is there before the batch. */
  known: boolean
  /** Whether it is in use: known, or changed in the batch more than once. */
  lasting: boolean
}

/** What the batch holds for one member: its events, and at the same index the documents that each touches. */
interface Share {
  readonly events: RecordedEvent[]
  readonly touched: (readonly Working[])[]
  readonly documents: Map<string, Working>
  /** Ids of documents that must be loaded. */
  readonly unknown: string[]
  failure: Failure | undefined
}

/**
 * Folds the events for those members that they touch. Events at or below a document's own position are skipped: that makes a repeated batch,
 * and two runners at once, harmless. Writes nothing.
 */
export async function foldBatch<M extends Member>(
  models: ReadModels,
  members: readonly M[],
  interests: Interests,
  events: readonly RecordedEvent[],
): Promise<readonly Folded<M>[]> {
  const shares = distribute(members, interests, events)
  return Promise.all(
    shares.flatMap((share, index) => {
      const member = members[index]
      return share && member ? [foldShare(models, member, share)] : []
    }),
  )
}

function distribute(members: readonly Member[], interests: Interests, events: readonly RecordedEvent[]) {
  const shares: (Share | undefined)[] = members.map(() => undefined)
  for (const event of events) {
    const interested = interests.get(event.type)
    if (!interested) continue
    for (const index of interested) {
      const member = members[index]
      if (!member) continue
      shares[index] ??= { events: [], touched: [], documents: new Map(), unknown: [], failure: undefined }
      take(shares[index], member, event)
    }
  }
  return shares
}

function take(share: Share, member: Member, event: RecordedEvent): void {
  if (share.failure) return
  try {
    const ids = keysOf(member.projection, event)
    if (ids.length === 0) return
    share.events.push(event)
    share.touched.push(ids.map((id) => share.documents.get(id) ?? begin(share, member, id)))
  } catch (error) {
    share.failure = { event, error }
  }
}

function begin(share: Share, { memory }: Member, id: string): Working {
  const known = memory.recall(id)
  if (!known && !memory.isNew(id)) share.unknown.push(id)
  const working: Working = {
    id,
    document: known?.document,
    position: known?.position ?? START,
    changed: false,
    known: known !== undefined,
    lasting: known !== undefined,
  }
  share.documents.set(id, working)
  return working
}

async function foldShare<M extends Member>(models: ReadModels, member: M, share: Share): Promise<Folded<M>> {
  const loaded = share.unknown.length > 0 ? await models.load(member.generation, share.unknown) : []
  for (const { id, document, position } of loaded) {
    const working = share.documents.get(id)
    if (working) Object.assign(working, { document, position, known: true, lasting: true })
  }
  let failure = share.failure
  for (const [index, event] of share.events.entries())
    try {
      foldEvent(member.projection, event, share.touched[index] ?? [])
    } catch (error) {
      failure = { event, error }
      break
    }
  const documents: Save[] = []
  const inUse: Save[] = []
  for (const { id, document, position, changed, known, lasting } of share.documents.values()) {
    if (!changed) continue
    const save = { id, position, document: document ?? null, isNew: !known }
    documents.push(save)
    if (lasting) inUse.push(save)
  }
  return { member, documents, inUse, ...(failure && { failure }) }
}

/** All documents that the event touches, or none of them if one cannot be folded. */
function foldEvent(projection: Projection, event: RecordedEvent, touched: readonly Working[]): void {
  const [first] = touched
  // Most events touch one: what is done for each event of each projection is worth a few lines.
  if (first && touched.length === 1) {
    change(first, documentAfter(projection, event, first), event)
    return
  }
  const after = touched.map((working) => documentAfter(projection, event, working))
  for (const [index, working] of touched.entries()) change(working, after[index], event)
}

const documentAfter = (projection: Projection, event: RecordedEvent, { id, document, position }: Working) =>
  position >= event.position ? document : applyTo(projection, document, event, id)

function change(working: Working, document: object | null | undefined, { position }: RecordedEvent): void {
  if (document === working.document) return
  working.document = document
  working.position = position
  working.lasting ||= working.changed
  working.changed = true
}
