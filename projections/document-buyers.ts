// The tax number that each buyer gave for fiscal documents: one document a buyer, so that an erasure reaches it. It keeps the changes of
// the number, not a line for each document; `nuitOn` tells which one a document bears.
import type { Recorded } from '../src/domain/events.ts'
import type { FiscalDocument } from './fiscal-documents.ts'
import { positionOf } from './position.ts'
import { projection } from './projection.ts'

export interface DocumentBuyer {
  readonly subjectId: string
  /** From which position in the log on the buyer's documents bear which number; before the first they bear none. */
  readonly numbers: readonly { readonly from: string; readonly nuit: string | null }[]
}

/** The buyer's tax number on a document; null when they gave none or were erased. */
export const nuitOn = ({ position }: Pick<FiscalDocument, 'position'>, buyer: DocumentBuyer | undefined) =>
  buyer?.numbers.findLast(({ from }) => from <= position)?.nuit ?? null

/** An unknown buyer, who stands for one sale only, is of interest only with a number. */
const buyerOf = ({
  data: { subjectId, sourceId, saleId, document, customerNuit },
}: Recorded<'FiscalDocumentIssued'>) =>
  customerNuit === null && [sourceId, saleId, document].includes(subjectId) ? [] : subjectId

export const documentBuyers = projection<DocumentBuyer>('document-buyers', {
  version: 1,
  indexes: [],
  on: {
    FiscalDocumentIssued: {
      key: buyerOf,
      initial: ({ data }) => ({ subjectId: data.subjectId, numbers: [] }),
      apply: (buyer, event) => {
        const nuit = event.data.customerNuit
        const last = buyer.numbers.at(-1)?.nuit ?? null
        return nuit === last ? buyer : { ...buyer, numbers: [...buyer.numbers, { from: positionOf(event), nuit }] }
      },
    },
    // Replayed after the erasure every number reads as null, which is the same as none.
    CustomerErased: { key: ({ data }) => data.customerId, apply: (buyer) => ({ ...buyer, numbers: [] }) },
  },
})
