// The till computes what the server will: the same line, the same total and tax, to the last cent.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { amountsOf } from '../../client/till/money.ts'
import { priceLine } from '../../src/domain/money.ts'
import { isRejection } from '../../src/kernel/decider.ts'

test('a line comes to the same in the browser and on the server', () => {
  const lines = fc.record({
    unitPrice: fc.integer({ min: 0, max: 100_000_000 }),
    quantity: fc.integer({ min: 1, max: 1_000_000 }),
    decimals: fc.integer({ min: 0, max: 3 }),
    taxRate: fc.integer({ min: 0, max: 10_000 }),
    discount: fc.integer({ min: 0, max: 1_000 }),
  })
  fc.assert(
    fc.property(lines, ({ unitPrice, quantity, decimals, taxRate, discount }) => {
      const told = priceLine({ unitPrice, quantity, decimals, taxRate, discount })
      if (isRejection(told)) return
      const product = { id: '', sku: '', barcode: null, name: '', unit: '', price: 0, onHand: 0, decimals, taxRate }
      const { total, tax } = amountsOf({ product, quantity, unitPrice, discount })
      assert.deepEqual({ total, tax }, told)
    }),
  )
})
