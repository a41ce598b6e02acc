// A lane: projections that stand at the same position of the log and share one reading of it.
import { attributes, spans } from '../../otel/spans.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import { noTracing, type Tracing } from '../kernel/tracing.ts'
import type { Clock } from './clock.ts'
import { type Failure, type Folded, foldBatch, type Interests, interestsOf, type Member } from './fold-batch.ts'

/** Ids of the documents that a batch changed, by the name of their collection. */
export type Touched = ReadonlyMap<string, readonly string[]>

export interface Lane<M extends Member> {
  readonly members: ReadonlySet<M>
  /** All events up to here are folded into the members' documents, and saved. */
  readonly position: bigint
  admit(members: Iterable<M>): void
  dismiss(member: M): void
  /** Folds and saves events that follow the lane's position, up to `position`. A projection that fails leaves the lane. */
  advance(events: readonly RecordedEvent[], position: bigint): Promise<void>
  /** Saves the checkpoints, if they are behind. */
  keepCheckpoints(): Promise<void>
}

export interface LaneOptions<M extends Member> {
  readonly models: ReadModels
  readonly tracing?: Tracing
  readonly clock: Clock
  readonly position: bigint
  readonly members: Iterable<M>
  /**
   * Milliseconds between two writes of the checkpoints. They may lag behind the documents: these know their own positions, so that after a
   * crash some events are only read again.
   */
  readonly checkpointEvery: number
  readonly onAdvance: (position: bigint, touched: Touched, members: ReadonlySet<M>) => void
  readonly onFailure: (member: M, failure: Failure, position: bigint) => void
}

/** Links that a span keeps, unless OTEL_SPAN_LINK_COUNT_LIMIT says otherwise. */
const mostLinks = 128

/** A lane of the given projections, all standing at `position`. */
export function openLane<M extends Member>(options: LaneOptions<M>): Lane<M> {
  const { models, tracing = noTracing, clock, checkpointEvery, onAdvance, onFailure } = options
  const members = new Set(options.members)
  let list = [...members]
  let interests: Interests = interestsOf(list)
  let position = options.position
  // Where the saved checkpoints are; undefined when they differ.
  let kept: bigint | undefined = position
  let keptAt = clock.now()

  const changed = (): void => {
    list = [...members]
    interests = interestsOf(list)
  }
  const checkpointsAt = (at: bigint, except: ReadonlySet<M> = new Set()) =>
    list.filter((member) => !except.has(member)).map(({ generation }) => ({ generation, position: at }))

  const stop = async ({ member, failure }: Stopped<M>, at: bigint): Promise<void> => {
    await models.fail(member.generation, reasonOf(failure))
    members.delete(member)
    changed()
    onFailure(member, failure, at)
  }

  const advance = async (events: readonly RecordedEvent[], to: bigint): Promise<void> => {
    const folded = list.length > 0 ? await foldBatch(models, list, interests, events) : []
    const due = clock.now() - keptAt >= checkpointEvery
    const outcome = await saveFolded(models, folded, (stopped) => [
      ...(due ? checkpointsAt(to, new Set(stopped.map(({ member }) => member))) : []),
      ...stopped.map(({ member, failure }) => ({
        generation: member.generation,
        position: lastGood(failure, events, position),
      })),
    ])
    for (const stopped of outcome.stopped) await stop(stopped, lastGood(stopped.failure, events, position))
    position = to
    if (due) {
      kept = to
      keptAt = clock.now()
    }
    onAdvance(to, outcome.touched, members)
  }

  /** The batch as a span, linked to what recorded its events. */
  const traced = (events: readonly RecordedEvent[], to: bigint): Promise<void> => {
    const about = { [attributes.events]: events.length, [attributes.position]: String(to) }
    const causes = new Set<string | undefined>()
    for (const { metadata } of events) if (causes.size < mostLinks) causes.add(metadata.traceparent)
    return tracing.span(spans.project, { kind: 'consumer', links: [...causes], attributes: about }, () =>
      advance(events, to),
    )
  }

  return {
    members,
    get position() {
      return position
    },

    admit(newcomers) {
      for (const member of newcomers) members.add(member)
      changed()
      kept = undefined
    },

    dismiss(member) {
      members.delete(member)
      changed()
    },

    advance: (events, to) => (tracing.on && events.length > 0 ? traced(events, to) : advance(events, to)),

    async keepCheckpoints() {
      if (kept === position || list.length === 0) return
      const at = position
      await models.save({ saves: [], checkpoints: checkpointsAt(at) })
      kept = at
      keptAt = clock.now()
    },
  }
}

interface Stopped<M extends Member> {
  readonly member: M
  readonly failure: Failure
}

const isStopped = <M extends Member>(folded: Folded<M>): folded is Folded<M> & Stopped<M> =>
  folded.failure !== undefined

/** Saves what was folded; a projection whose documents no store could save (they are not JSON) counts as stopped. */
async function saveFolded<M extends Member>(
  models: ReadModels,
  folded: readonly Folded<M>[],
  checkpoints: (stopped: readonly Stopped<M>[]) => readonly { generation: M['generation']; position: bigint }[],
): Promise<{ touched: Touched; stopped: readonly Stopped<M>[] }> {
  const changing = folded.filter(({ documents }) => documents.length > 0)
  const saves = changing.map(({ member, documents }) => ({ generation: member.generation, documents }))
  const stopped = folded.filter(isStopped)
  const batch = { saves, checkpoints: checkpoints(stopped) }
  try {
    if (saves.length > 0 || batch.checkpoints.length > 0) await models.save(batch)
    for (const { member, documents, inUse } of changing) member.memory.remember(documents, inUse)
  } catch (error) {
    const savable = folded.map(withoutUnsavable)
    if (savable.every((one, index) => one === folded[index])) throw error
    return saveFolded(models, savable, checkpoints)
  }
  const touched = new Map(
    changing.map(({ member, documents }) => [member.projection.name, documents.map(({ id }) => id)]),
  )
  return { touched, stopped }
}

function withoutUnsavable<M extends Member>(folded: Folded<M>): Folded<M> {
  try {
    JSON.stringify(folded.documents.map(({ document }) => document))
    return folded
  } catch (error) {
    return { member: folded.member, documents: [], inUse: [], failure: { error } }
  }
}

/** The last position before the event that could not be folded; where the lane stood, when that event was the first or there is none. */
const lastGood = ({ event: bad }: Failure, events: readonly RecordedEvent[], position: bigint): bigint =>
  (bad && events.findLast((event) => event.position < bad.position)?.position) ?? position

/** Says why a projection stopped, and at which event. */
export function reasonOf({ event, error }: Failure): string {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return event ? `${event.type} at ${event.position} (${event.id} in ${event.stream}): ${message}` : message
}
