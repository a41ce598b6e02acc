// Every fiscal document that was issued, by its number. The buyer's tax number is in document-buyers, by buyer.
import type { DocumentType } from '../src/domain/fiscal/events.ts'
import { positionOf } from './position.ts'
import { asItBegan, projection } from './projection.ts'

export interface FiscalDocument {
  readonly series: string
  readonly type: DocumentType
  readonly number: number
  readonly document: string
  /** The sale, refund or payment that it documents. */
  readonly sourceId: string
  readonly saleId: string
  readonly locationId: string
  /** The buyer, in document-buyers. */
  readonly subjectId: string
  readonly companyNuit: string | null
  readonly total: number
  readonly tax: number
  /** The document that it corrects or settles. */
  readonly refersTo: string | null
  readonly at: string
  readonly day: string
  readonly previousHash: string
  readonly hash: string
  /** Of its event in the log, as text that sorts. */
  readonly position: string
  readonly status: 'issued' | 'cancelled'
  readonly cancelled: { readonly at: string; readonly reason: string } | null
}

const key = ({ data }: { readonly data: { readonly document: string } }) => data.document

export const fiscalDocuments = projection<FiscalDocument>('fiscal-documents', {
  version: 2,
  indexes: [{ fields: ['at'], beside: ['day', 'type'] }, 'saleId', ['series', 'number']],
  on: {
    FiscalDocumentIssued: {
      key,
      initial: (event) => {
        const { customerNuit: _, ...document } = event.data
        return { ...document, position: positionOf(event), status: 'issued', cancelled: null }
      },
      apply: asItBegan,
    },
    FiscalDocumentCancelled: {
      key,
      apply: (document, { data: { at, reason } }) => ({ ...document, status: 'cancelled', cancelled: { at, reason } }),
    },
  },
})
