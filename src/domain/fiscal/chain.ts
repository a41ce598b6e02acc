// The auditor's check of a series: are its numbers without gaps, and does each document follow from the one before it?
import type { EventIn } from '../../kernel/event.ts'
import type { SeriesEvents } from './events.ts'
import { documentName, hashOf, noDocument, type Series } from './series.ts'

export type ChainProblem = 'other-series' | 'number' | 'name' | 'previous-hash' | 'hash'

export type ChainVerdict =
  | { readonly whole: true; readonly documents: number; readonly lastHash: string }
  | { readonly whole: false; readonly document: string; readonly problem: ChainProblem }

function problemOf(last: Series, series: string, { type, data }: EventIn<SeriesEvents>): ChainProblem | undefined {
  if (data.series !== series) return 'other-series'
  if (type === 'FiscalDocumentCancelled') {
    if (data.lastNumber !== last.number) return 'number'
    return data.lastHash === last.hash ? undefined : 'hash'
  }
  if (data.number !== last.number + 1) return 'number'
  if (data.document !== documentName(series, data.number)) return 'name'
  if (data.previousHash !== last.hash) return 'previous-hash'
  return data.hash === hashOf(data) ? undefined : 'hash'
}

/** Checks all events of one series, in order; tells the first document that does not follow. */
export function verifyChain(events: Iterable<EventIn<SeriesEvents>>): ChainVerdict {
  let last = noDocument
  let series: string | undefined
  for (const each of events) {
    series ??= each.data.series
    const problem = problemOf(last, series, each)
    if (problem) return { whole: false, document: each.data.document, problem }
    if (each.type === 'FiscalDocumentIssued') last = each.data
  }
  return { whole: true, documents: last.number, lastHash: last.hash }
}
