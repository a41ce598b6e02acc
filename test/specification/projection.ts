// Specifications of projections: these events give these documents.
import assert from 'node:assert/strict'
import type { RecordedEvent } from '../../src/kernel/event.ts'
import { applyTo, keysOf, type Projection } from '../../src/kernel/projection.ts'
import { frozen } from './frozen.ts'

/** An event as a specification gives it; what it leaves out is filled in. */
export type GivenEvent = Pick<RecordedEvent, 'type' | 'data'> & Partial<RecordedEvent>

const firstMoment = Date.UTC(2026, 0, 5, 8)

/** Events as a log would hold them: positions and revisions from 0, one second apart from 2026-01-05T08:00:00Z (a Monday). */
export const recorded = (events: readonly GivenEvent[]): RecordedEvent[] =>
  events.map((event, index) => ({
    id: `event-${index}`,
    stream: 'specification-1',
    revision: BigInt(index),
    position: BigInt(index),
    recordedAt: new Date(firstMoment + index * 1000).toISOString(),
    metadata: { actor: 'person:specification', correlationId: 'specification' },
    schema: 1,
    ...event,
  }))

/**
 * Folds the events as the runner does: each document frozen, so that a fold that changes its input fails, and each one JSON, so that it is
 * the same after it was stored.
 */
export function project<Doc extends object>(projection: Projection<Doc>, events: readonly GivenEvent[]) {
  const folded = new Map<string, Doc>()
  for (const event of recorded(events).map(frozen))
    for (const id of keysOf(projection, event)) {
      const document = applyTo(projection, folded.get(id), event, id)
      if (document) folded.set(id, frozen(document))
      else folded.delete(id)
    }
  const documents: Readonly<Record<string, Doc>> = Object.fromEntries(folded)
  assert.deepEqual(JSON.parse(JSON.stringify(documents)), documents, 'documents must be plain JSON')
  return {
    documents,
    /** Exactly these documents, by id. */
    equals: (expected: Readonly<Record<string, Doc>>): void => assert.deepEqual(documents, expected),
  }
}
