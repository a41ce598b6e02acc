// How far each projection is behind the log: in events' positions, and in time since the oldest event that it has not folded.
import type { EventStore } from '../kernel/event-store.ts'
import type { Checkpoint, ReadModels } from '../kernel/read-models.ts'

export interface ProjectionLag extends Checkpoint {
  /** Positions between it and the end of the log. */
  readonly behind: bigint
}

export interface Lag {
  readonly head: bigint
  /** Of the generations that answer queries, and of those that are being built. */
  readonly projections: readonly ProjectionLag[]
  /** Positions between the slowest live projection and the end of the log. */
  readonly behind: bigint
  /** Age of the oldest event that some live projection has not folded, in milliseconds; 0 when there is none. */
  readonly milliseconds: number
}

const nothing = 0n

/** Reads it from the stores. @throws UnavailableError */
export async function lagOf(store: EventStore, models: ReadModels, now: () => Date): Promise<Lag> {
  // First the checkpoints: an event that comes in between makes them look behind, never ahead.
  const checkpoints = await models.checkpoints()
  const head = await store.head()
  const projections = checkpoints.map((checkpoint) => ({
    ...checkpoint,
    behind: checkpoint.position < head ? head - checkpoint.position : nothing,
  }))
  const slowest = projections
    .filter(({ live }) => live)
    .reduce<ProjectionLag | undefined>((most, one) => (most && most.behind >= one.behind ? most : one), undefined)
  const behind = slowest?.behind ?? nothing
  const oldest = slowest && behind > nothing ? await recordedAfter(store, slowest.position) : undefined
  const milliseconds = oldest === undefined ? 0 : Math.max(0, now().getTime() - Date.parse(oldest))
  return { head, projections, behind, milliseconds }
}

async function recordedAfter(store: EventStore, position: bigint): Promise<string | undefined> {
  for await (const [event] of store.readAll({ after: position, limit: 1 })) return event?.recordedAt
  return undefined
}
