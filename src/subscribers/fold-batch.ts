// One batch of events folded for many projections at once: ids collected, documents loaded once, folded in memory.
import type { RecordedEvent } from '../kernel/event.ts'
import { START } from '../kernel/event-store.ts'
import { applyTo, keysOf, type Projection } from '../kernel/projection.ts'
import type { Generation, ReadModels, Save } from '../kernel/read-models.ts'

/** A projection and the generation of its documents that it builds. */
export interface Member {
  readonly projection: Projection
  readonly generation: Generation
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

interface Touches {
  readonly events: RecordedEvent[]
  /** The ids that the event at the same index touches. */
  readonly ids: (readonly string[])[]
  readonly all: Set<string>
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
  const touched = collectTouches(members, interests, events)
  return Promise.all(
    touched.flatMap((touches, index) => {
      const member = members[index]
      return touches && member ? [foldMember(models, member, touches)] : []
    }),
  )
}

function collectTouches(members: readonly Member[], interests: Interests, events: readonly RecordedEvent[]) {
  const touched: (Touches | undefined)[] = members.map(() => undefined)
  for (const event of events) {
    const interested = interests.get(event.type)
    if (!interested) continue
    for (const index of interested) {
      const member = members[index]
      if (!member) continue
      touched[index] ??= { events: [], ids: [], all: new Set(), failure: undefined }
      touch(touched[index], member.projection, event)
    }
  }
  return touched
}

function touch(touches: Touches, projection: Projection, event: RecordedEvent): void {
  if (touches.failure) return
  try {
    const ids = keysOf(projection, event)
    if (ids.length === 0) return
    touches.events.push(event)
    touches.ids.push(ids)
    for (const id of ids) touches.all.add(id)
  } catch (error) {
    touches.failure = { event, error }
  }
}

interface Working {
  document: object | null | undefined
  position: bigint
  changed: boolean
}

async function foldMember<M extends Member>(models: ReadModels, member: M, touches: Touches): Promise<Folded<M>> {
  const working = new Map<string, Working>()
  for (const { id, document, position } of await models.load(member.generation, [...touches.all]))
    working.set(id, { document, position, changed: false })
  let failure = touches.failure
  for (const [index, event] of touches.events.entries())
    try {
      foldEvent(member.projection, event, touches.ids[index] ?? [], working)
    } catch (error) {
      failure = { event, error }
      break
    }
  const documents: Save[] = []
  for (const [id, { document, position, changed }] of working)
    if (changed) documents.push({ id, position, document: document ?? null })
  return { member, documents, ...(failure && { failure }) }
}

/** All documents that the event touches, or none of them if one cannot be folded. */
function foldEvent(
  projection: Projection,
  event: RecordedEvent,
  ids: readonly string[],
  working: Map<string, Working>,
): void {
  const after = ids.map((id) => {
    const { document, position } = working.get(id) ?? { document: undefined, position: START }
    return position >= event.position ? document : applyTo(projection, document, event, id)
  })
  for (const [index, id] of ids.entries()) {
    const document = after[index]
    const before = working.get(id)
    if (document === before?.document) continue
    if (!before) working.set(id, { document, position: event.position, changed: true })
    else {
      before.document = document
      before.position = event.position
      before.changed = true
    }
  }
}
