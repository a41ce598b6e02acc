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

/** How far a series has been followed. */
export interface ChainSoFar {
  readonly series: string | undefined
  readonly last: Series
  readonly broken?: { readonly document: string; readonly problem: ChainProblem }
}

export const chainBegins: ChainSoFar = { series: undefined, last: noDocument }

/** One event further; once broken it stays so. For series that are too long to be held as a whole. */
export function followChain(soFar: ChainSoFar, next: EventIn<SeriesEvents>): ChainSoFar {
  if (soFar.broken) return soFar
  const series = soFar.series ?? next.data.series
  const problem = problemOf(soFar.last, series, next)
  if (problem) return { ...soFar, broken: { document: next.data.document, problem } }
  return { series, last: next.type === 'FiscalDocumentIssued' ? next.data : soFar.last }
}

export const verdictOf = ({ last, broken }: ChainSoFar): ChainVerdict =>
  broken ? { whole: false, ...broken } : { whole: true, documents: last.number, lastHash: last.hash }

/** Checks all events of one series, in order; tells the first document that does not follow. */
export function verifyChain(events: Iterable<EventIn<SeriesEvents>>): ChainVerdict {
  let soFar = chainBegins
  for (const each of events) soFar = followChain(soFar, each)
  return verdictOf(soFar)
}
