import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { scaleFor } from './scale.ts'

const highest = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 10 ** 12 }),
  fc.double({ min: 1e-9, max: 1e12, noNaN: true }),
)

test('a scale goes from zero to a round figure that holds the highest', () => {
  assert.deepEqual(scaleFor(33).ticks, [0, 10, 20, 30, 40])
  assert.deepEqual(scaleFor(0).ticks, [0, 1])
  assert.deepEqual(scaleFor(3).ticks, [0, 1, 2, 3])
  for (const max of [1, 7, 99, 100, 101, 4_823_550, 1e13]) {
    const { top, ticks } = scaleFor(max)
    assert.equal(top >= max && ticks.length <= 7, true, String(max))
  }
})

test('whatever the highest is, the steps are finite and rise from zero to what holds it', () => {
  fc.assert(
    fc.property(highest, fc.boolean(), (max, whole) => {
      const { top, ticks } = scaleFor(max, 4, whole)
      assert(Number.isFinite(top) && top > 0, `${top}`)
      assert(top >= max * (1 - 1e-9))
      assert.equal(ticks[0], 0)
      assert.equal(ticks.at(-1), top)
      assert(ticks.every((tick, at) => at === 0 || tick > (ticks[at - 1] ?? tick)))
      if (whole) assert(ticks.every(Number.isInteger))
    }),
  )
})

test('what is measured has a scale also where nothing rises above zero', () => {
  assert.deepEqual(scaleFor(0, 4, false), { top: 0.25, ticks: [0, 0.25] })
})

test('what is measured has fine steps', () => {
  assert.deepEqual(scaleFor(0.9, 4, false).ticks, [0, 0.25, 0.5, 0.75, 1])
})
