// Projections used in memory: the same folds as the runner's, over any events. For tests, time travel and what-if.
import type { RecordedEvent } from '../kernel/event.ts'
import { applyTo, keysOf, type Projection } from '../kernel/projection.ts'

/**
 * Folds events, in order of position, into the documents of a projection, by id; removed documents are absent.
 * Give the same map again to fold the next page.
 */
export function foldInto<Doc extends object>(
  projection: Projection<Doc>,
  events: Iterable<RecordedEvent>,
  documents: Map<string, Doc> = new Map(),
): Map<string, Doc> {
  for (const event of events)
    for (const id of keysOf(projection, event)) {
      const document = applyTo(projection, documents.get(id), event, id)
      if (document) documents.set(id, document)
      else documents.delete(id)
    }
  return documents
}
