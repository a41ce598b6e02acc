import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { proposeReorder, type ReorderCandidate } from './reorder.ts'

const rice: ReorderCandidate = {
  productId: 'rice',
  locationId: 'shop',
  onHand: 3,
  reorderPoint: 5,
  onOrder: 0,
  soldLast30Days: 0,
  leadDays: 3,
}
const quantityOf = (more: Partial<ReorderCandidate>) => proposeReorder([{ ...rice, ...more }])[0]?.quantity

test('what hardly sells is filled up to twice its reorder point', () => assert.equal(quantityOf({}), 7))

test('what sells well is ordered to last until the delivery and two weeks more', () =>
  // 60 in 30 days are 2 a day: 34 in 17 days, and the reorder point, less the 3 that are there.
  assert.equal(quantityOf({ soldLast30Days: 60 }), 5 + 34 - 3))

test('what is awaited counts as if it were there', () => {
  assert.equal(quantityOf({ onOrder: 2 }), 5)
  assert.equal(quantityOf({ onOrder: 3 }), undefined)
})

test('at its reorder point a product is proposed, above it is not', () => {
  assert.equal(quantityOf({ onHand: 5 }), 5)
  assert.equal(quantityOf({ onHand: 6, soldLast30Days: 60 }), undefined)
})

test('what has no reorder point and does not sell is not proposed, even when there is none', () => {
  assert.equal(quantityOf({ onHand: 0, reorderPoint: 0 }), undefined)
  assert.equal(quantityOf({ onHand: 0, reorderPoint: 0, soldLast30Days: -2 }), undefined)
})

test('once the proposed quantity is on order nothing more is proposed', () => {
  const size = fc.nat({ max: 1e6 })
  const candidate = fc.record({
    productId: fc.constant('rice'),
    locationId: fc.constant('shop'),
    onHand: size,
    reorderPoint: size,
    onOrder: size,
    soldLast30Days: fc.integer({ min: -1e6, max: 1e6 }),
    leadDays: fc.nat({ max: 365 }),
  })
  fc.assert(
    fc.property(candidate, (candidate) => {
      for (const { quantity } of proposeReorder([candidate])) {
        assert(Number.isSafeInteger(quantity) && quantity > 0)
        const again = proposeReorder([{ ...candidate, onOrder: candidate.onOrder + quantity }])[0]
        assert(!again || again.quantity === 0, JSON.stringify(again))
      }
    }),
  )
})
