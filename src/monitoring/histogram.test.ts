import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addUp, meanOf, nothingTimed, openHistogram, quantile } from './histogram.ts'

const recorded = (durations: readonly number[]) => {
  const histogram = openHistogram()
  for (const duration of durations) histogram.record(duration)
  return histogram.take()
}
const durations = fc.array(fc.integer({ min: 0, max: 600_000_000 }), { minLength: 1, maxLength: 200 })

test('a quantile is within a sixteenth of the true one, and the mean is exact', () =>
  fc.assert(
    fc.property(durations, fc.double({ min: 0, max: 1, noNaN: true }), (given, q) => {
      const sorted = given.toSorted((a, b) => a - b)
      const exact = sorted[Math.max(1, Math.ceil(given.length * q)) - 1] ?? 0
      const distribution = recorded(given)
      assert(Math.abs(quantile(distribution, q) - exact) <= exact / 16 + 0.5)
      assert.equal(
        distribution.sum,
        given.reduce((sum, one) => sum + one, 0),
      )
      assert.equal(Math.round(meanOf(distribution) * given.length), distribution.sum)
    }),
  ))

test('what two nodes saw adds up to what one would have seen', () =>
  fc.assert(
    fc.property(durations, durations, (one, other) => {
      assert.deepEqual(addUp([recorded(one), nothingTimed, recorded(other)]), recorded([...one, ...other]))
    }),
  ))

test('nothing gives zeros, and what was taken is gone', () => {
  const histogram = openHistogram()
  histogram.record(5)
  assert.equal(histogram.take().count, 1)
  const empty = histogram.take()
  assert.deepEqual([empty.count, quantile(empty, 0.99), meanOf(empty)], [0, 0, 0])
})
