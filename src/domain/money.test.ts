import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isRejection } from '../kernel/decider.ts'
import { priceLine, proportion, shareOf, sumOf, taxSummary, taxWithin } from './money.ts'

const amount = fc.integer({ min: 0, max: 1e13 })
const quantity = fc.integer({ min: 1, max: 1e9 })
const taxRate = fc.constantFrom(0, 500, 1600, 1700, 10_000)
const line = fc
  .record({
    unitPrice: fc.integer({ min: 0, max: 1e9 }),
    quantity: fc.integer({ min: 1, max: 10_000 }),
    decimals: fc.integer({ min: 0, max: 3 }),
    percent: fc.integer({ min: 0, max: 100 }),
    taxRate,
  })
  .map(({ percent, ...line }) => ({
    ...line,
    discount: Math.floor((proportion(line.unitPrice, line.quantity, 10 ** line.decimals) * percent) / 100),
  }))

const priced = (given: Parameters<typeof priceLine>[0]) => {
  const amounts = priceLine(given)
  assert(!isRejection(amounts))
  return amounts
}

test('half a centavo is rounded up', () => {
  assert.equal(proportion(1, 1, 2), 1)
  assert.equal(proportion(1, 1, 3), 0)
  assert.equal(proportion(5, 1, 2), 3)
})

test('a price of 1,160.00 at 16 % holds 160.00 of tax', () => assert.equal(taxWithin(116_000, 1600), 16_000))

test('one and a half kilograms at 85.33 the kilogram cost 128.00', () =>
  assert.deepEqual(priced({ unitPrice: 8533, quantity: 1500, decimals: 3, discount: 0, taxRate: 0 }), {
    total: 12_800,
    tax: 0,
  }))

test('rounding is never off by more than half a unit, however large the amounts', () =>
  fc.assert(
    fc.property(amount, quantity, quantity, (amount, part, whole) => {
      fc.pre(part <= whole)
      const twice = 2n * (BigInt(proportion(amount, part, whole)) * BigInt(whole) - BigInt(amount) * BigInt(part))
      assert(twice > -BigInt(whole) && twice <= BigInt(whole))
    }),
  ))

test('a discount above the price of the line is refused', () => {
  const refused = priceLine({ unitPrice: 100, quantity: 2, decimals: 0, discount: 201, taxRate: 1600 })
  assert(isRejection(refused))
  assert.deepEqual([refused.code, refused.details], ['discount-too-large', { gross: 200, discount: 201 }])
})

test('a line beyond the largest amount is refused', () => {
  const refused = priceLine({ unitPrice: 1e13, quantity: 1e9, decimals: 0, discount: 0, taxRate: 1600 })
  assert(isRejection(refused) && refused.code === 'amount-too-large')
})

test('tax is never negative, never more than the total, and the rest of it taxed again gives the total', () =>
  fc.assert(
    fc.property(amount, taxRate, (total, rate) => {
      const tax = taxWithin(total, rate)
      assert(tax >= 0 && tax <= total)
      const again = Math.abs(proportion(total - tax, 10_000 + rate, 10_000) - total)
      assert(again <= 1, `off by ${again}`)
    }),
  ))

test('the tax summary adds up to the lines, whatever the rates', () =>
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
      const all = lines.map((each) => ({ taxRate: each.taxRate, ...priced(each) }))
      const summary = taxSummary(all)
      assert.equal(
        sumOf(summary, ({ total }) => total),
        sumOf(all, ({ total }) => total),
      )
      assert.equal(
        sumOf(summary, ({ net, tax }) => net + tax),
        sumOf(all, ({ total }) => total),
      )
    }),
  ))

test('what is given back in any pieces is exactly what was paid', () =>
  fc.assert(
    fc.property(
      amount,
      fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 30 }),
      (total, pieces) => {
        const of = pieces.reduce((sum, piece) => sum + piece, 0)
        let already = 0
        let given = 0
        for (const quantity of pieces) {
          const share = shareOf(total, { already, quantity, of })
          assert(share >= 0)
          given += share
          already += quantity
        }
        assert.equal(given, total)
      },
    ),
  ))
