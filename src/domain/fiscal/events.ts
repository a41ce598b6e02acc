// Everything that can happen in a series of fiscal documents: numbers without gaps, each document chained to the one before by its hash.
import { z } from 'zod'
import { type DataOf, events, personal, v1 } from '../../kernel/event.ts'
import { amount, day, id, instant, text } from '../values.ts'

/** VD: cash sale, FT: invoice, RC: receipt, NC: credit note. */
export const documentTypes = ['VD', 'FT', 'RC', 'NC'] as const
export type DocumentType = (typeof documentTypes)[number]

export const seriesEvents = events('series', {
  /**
   * `series`: `VD MPT1-2026`; `document`: `VD MPT1-2026/123`. `hash` covers what docs/fiscal.md says, never personal data, so that the chain
   * can be verified after an erasure. `subjectId`: the customer, or the document's own id for a buyer who only gave a number.
   */
  FiscalDocumentIssued: v1(
    {
      series: text,
      type: z.enum(documentTypes),
      number: z.int().positive(),
      document: text,
      /** The sale, refund or payment that it documents. */
      sourceId: id,
      saleId: id,
      locationId: id,
      subjectId: id,
      customerNuit: personal(z.string()),
      companyNuit: z.string().nullable(),
      total: amount,
      tax: amount,
      refersTo: text.nullable(),
      at: instant,
      day,
      previousHash: z.string(),
      hash: z.string(),
    },
    { person: 'subjectId' },
  ),
  /** `lastNumber`, `lastHash`: of the document issued last, so that the series goes on from its last event alone. */
  FiscalDocumentCancelled: v1({
    series: text,
    document: text,
    saleId: id,
    reason: text,
    lastNumber: z.int().positive(),
    lastHash: z.string(),
    at: instant,
    day,
  }),
})
export type SeriesEvents = DataOf<typeof seriesEvents>
