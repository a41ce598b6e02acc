// Folds a part of the log into read models that nobody else uses, with the lane of the projection runner.
import type { RecordedEvent } from '../kernel/event.ts'
import { START } from '../kernel/event-store.ts'
import type { Projection } from '../kernel/projection.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import { systemClock } from '../subscribers/clock.ts'
import { documentMemory } from '../subscribers/document-memory.ts'
import { openLane } from '../subscribers/lane.ts'

export interface ScratchFold {
  /** Folds the next page. @throws what a projection throws */
  advance(events: readonly RecordedEvent[]): Promise<void>
  /** Makes what was folded ready to be queried. */
  finish(): Promise<void>
}

/** A fold of these projections, from the beginning of a log into empty read models. */
export async function scratchFold(models: ReadModels, projections: readonly Projection[]): Promise<ScratchFold> {
  const members = projections.map((projection) => ({
    projection,
    generation: { collection: projection, number: 1 },
    memory: documentMemory(true),
  }))
  for (const { generation } of members) await models.prepare(generation)
  const failures: unknown[] = []
  const lane = openLane({
    models,
    clock: systemClock,
    position: START,
    members,
    // Nobody goes on with it after a crash.
    checkpointEvery: Number.POSITIVE_INFINITY,
    onAdvance: () => undefined,
    onFailure: (_, failure) => failures.push(failure.error),
  })
  return {
    async advance(events) {
      await lane.advance(events, events.at(-1)?.position ?? lane.position)
      if (failures.length > 0) throw failures[0]
    },
    async finish() {
      for (const { generation } of members) await models.activate(generation)
    },
  }
}
