// Whether the series of fiscal documents are whole: the log itself is asked, not what was derived from it.
import { type ChainVerdict, chainBegins, followChain, verdictOf } from '../domain/fiscal/chain.ts'
import { seriesEvents } from '../domain/fiscal/events.ts'
import { seriesId } from '../domain/fiscal/series.ts'
import { streamOf } from '../kernel/decider.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import type { EventStore } from '../kernel/event-store.ts'

export interface SeriesVerdict {
  readonly series: string
  readonly verdict: ChainVerdict
}

const { FiscalDocumentIssued, FiscalDocumentCancelled } = seriesEvents.types

function read({ type, data }: RecordedEvent) {
  if (type === 'FiscalDocumentCancelled') return { type, data: FiscalDocumentCancelled.schema.parse(data) } as const
  return { type: 'FiscalDocumentIssued', data: FiscalDocumentIssued.schema.parse(data) } as const
}

/** Follows each series from its first document to its last. */
export async function verifySeries(store: EventStore, series: Iterable<string>): Promise<readonly SeriesVerdict[]> {
  const verdicts: SeriesVerdict[] = []
  for (const name of [...new Set(series)].sort()) {
    let soFar = chainBegins
    for await (const page of store.readStream(streamOf({ events: seriesEvents }, seriesId(name))))
      for (const event of page) soFar = followChain(soFar, read(event))
    verdicts.push({ series: name, verdict: verdictOf(soFar) })
  }
  return verdicts
}
