import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fact, product } from '../test/specification/facts.ts'
import { project } from '../test/specification/projection.ts'
import { productHistory } from './product-history.ts'

const at = '2026-02-01T09:00:00.000Z'
const actor = 'person:specification'

test('the price and cost that a product began with are the first of its history', () => {
  const began = { productId: 'rice', at: '2026-01-05T08:00:00.000Z', actor, before: null }
  project(productHistory, [product()]).equals({
    '00000000000000000000': { ...began, kind: 'registered', after: null },
    '00000000000000000000-price': { ...began, kind: 'price', after: 116_00 },
    '00000000000000000000-cost': { ...began, kind: 'cost', after: 80_00 },
  })
})

test('every change is kept, with the figure before and after, in the order of the log', () => {
  const { documents } = project(productHistory, [
    fact('PriceChanged', { productId: 'rice', price: 120_00, previous: 116_00, at }),
    fact('ReorderPointChanged', { productId: 'rice', reorderPoint: 0, previous: 5, at }),
    fact('ProductDiscontinued', { productId: 'rice', at }),
  ])
  assert.deepEqual(
    Object.keys(documents)
      .sort()
      .map((id) => [documents[id]?.kind, documents[id]?.before, documents[id]?.after]),
    [
      ['price', 116_00, 120_00],
      ['reorder-point', 5, 0],
      ['discontinued', null, null],
    ],
  )
})
