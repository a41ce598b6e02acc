// The rules of a series of fiscal documents: numbers without gaps, each document chained to the one before it. docs/fiscal.md tells the format.
import { hash } from 'node:crypto'
import { type Decider, reject } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { type DocumentType, type SeriesEvents, seriesEvents } from './events.ts'

type Issued = SeriesEvents['FiscalDocumentIssued']

export type SeriesCommands = {
  IssueDocument: Omit<Issued, 'number' | 'document' | 'previousHash' | 'hash'>
  /** `document` stays in the series, cancelled. */
  CancelDocument: Omit<SeriesEvents['FiscalDocumentCancelled'], 'lastNumber' | 'lastHash'>
}

/** The document issued last. */
export type Series = { readonly number: number; readonly hash: string }

/** What the first document of a series is chained to. */
export const noDocument: Series = { number: 0, hash: '0'.repeat(64) }

/** `VD MPT1-2026`: the documents of a type at a till in a year. */
export const seriesName = (type: DocumentType, locationCode: string, till: number, day: string): string =>
  `${type} ${locationCode}${till}-${day.slice(0, 4)}`

/** The id of a series' stream: its name without the space. */
export const seriesId = (series: string): string => series.replace(' ', '-')

/** `VD MPT1-2026/123` */
export const documentName = (series: string, number: number): string => `${series}/${number}`

/** The name of the series that a document belongs to. */
export const seriesOf = (document: string): string => document.slice(0, document.lastIndexOf('/'))

/** The name of the document that will be issued next. */
export const nextDocument = (series: string, { number }: Series): string => documentName(series, number + 1)

/** SHA-256 (hex) over the document's canonical text: the JSON array of these fields in this order. Personal data is not among them. */
export function hashOf(
  document: Omit<Issued, 'hash' | 'customerNuit' | 'document' | 'type' | 'saleId' | 'locationId' | 'subjectId'>,
): string {
  const { series, number, day, at, sourceId, total, tax, companyNuit, refersTo, previousHash } = document
  const canonical = JSON.stringify([series, number, day, at, sourceId, total, tax, companyNuit, refersTo, previousHash])
  return hash('sha256', canonical)
}

/** CancelDocument: `unknown-document` when the series never issued it. */
export const series: Decider<SeriesCommands, SeriesEvents, Series> = {
  events: seriesEvents,
  initial: noDocument,
  fromLastEvent: true,

  decide: {
    IssueDocument: (last, asked) => {
      const document = { ...asked, number: last.number + 1, previousHash: last.hash }
      const name = documentName(asked.series, document.number)
      return [event('FiscalDocumentIssued', { ...document, document: name, hash: hashOf(document) })]
    },
    CancelDocument: ({ number, hash }, cancelled) =>
      seriesOf(cancelled.document) !== cancelled.series ||
      Number(cancelled.document.slice(cancelled.series.length + 1)) > number
        ? reject('unknown-document', { document: cancelled.document })
        : [event('FiscalDocumentCancelled', { ...cancelled, lastNumber: number, lastHash: hash })],
  },

  evolve: {
    FiscalDocumentIssued: (_, { number, hash }) => ({ number, hash }),
    FiscalDocumentCancelled: (_, { lastNumber, lastHash }) => ({ number: lastNumber, hash: lastHash }),
  },
}
