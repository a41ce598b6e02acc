import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fact, issued } from '../test/specification/facts.ts'
import { type GivenEvent, project } from '../test/specification/projection.ts'
import { documentBuyers, nuitOn } from './document-buyers.ts'
import { fiscalDocuments } from './fiscal-documents.ts'

const at = '2026-01-05T08:00:00.000Z'
const document = (number: number) => ({ number, document: `VD MPT1-2026/${number}`, sourceId: `sale-${number}` })

/** The buyer's tax number on each document. */
const numbersOn = (events: readonly GivenEvent[]) => {
  const buyers = project(documentBuyers, events).documents
  return Object.values(project(fiscalDocuments, events).documents).map((each) => nuitOn(each, buyers[each.subjectId]))
}

test('a cancelled document stays, and says why', () => {
  const { documents } = project(fiscalDocuments, [
    issued(),
    fact('FiscalDocumentCancelled', {
      series: 'VD MPT1-2026',
      document: 'VD MPT1-2026/1',
      saleId: 'sale-1',
      reason: 'wrong product',
      lastNumber: 1,
      lastHash: '1',
      at,
      day: '2026-01-05',
    }),
  ])
  assert.deepEqual(documents['VD MPT1-2026/1'], {
    series: 'VD MPT1-2026',
    type: 'VD',
    number: 1,
    document: 'VD MPT1-2026/1',
    sourceId: 'sale-1',
    saleId: 'sale-1',
    locationId: 'shop',
    subjectId: 'maria',
    companyNuit: null,
    total: 116_00,
    tax: 16_00,
    refersTo: null,
    at,
    day: '2026-01-05',
    previousHash: '0',
    hash: '1',
    position: '00000000000000000000',
    status: 'cancelled',
    cancelled: { at, reason: 'wrong product' },
  })
})

test('each document keeps the tax number that the buyer had given when it was issued', () =>
  assert.deepEqual(
    numbersOn([
      issued({ ...document(1), customerNuit: null }),
      issued({ ...document(2), customerNuit: '400339910' }),
      issued({ ...document(3), customerNuit: '400339910' }),
      issued({ ...document(4), customerNuit: '500171650' }),
      issued({ ...document(5), customerNuit: null }),
    ]),
    [null, '400339910', '400339910', '500171650', null],
  ))

test('a buyer without a name may give a number, and one who gives none is not kept', () => {
  const named = issued({ subjectId: 'sale-1' })
  assert.deepEqual(numbersOn([named]), ['400339910'])
  const unnamed = issued({ subjectId: 'sale-1', customerNuit: null })
  project(documentBuyers, [unnamed]).equals({})
})

test('after an erasure no document bears the number, and a replay that cannot read it gives the same, byte for byte', () => {
  const erased = fact('CustomerErased', { customerId: 'maria', at })
  const log = (nuit: string | null) => [
    issued({ ...document(1), customerNuit: nuit }),
    erased,
    issued({ ...document(2), customerNuit: null }),
  ]
  assert.deepEqual(numbersOn(log('400339910')), [null, null])
  for (const projection of [documentBuyers, fiscalDocuments]) {
    const [now, later] = ['400339910', null].map((nuit) =>
      JSON.stringify(project<object>(projection, log(nuit)).documents),
    )
    assert.equal(now, later)
  }
})
