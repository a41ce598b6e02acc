import assert from 'node:assert/strict'
import { test } from 'node:test'
import { delayAfter } from './backoff.ts'

test('each failure doubles the wait up to the longest, and jitter takes off at most a half', () => {
  const waits = (random: number) =>
    [1, 2, 3, 4, 5, 2_000].map((failures) => delayAfter(failures, { random: () => random, first: 100, longest: 1_000 }))
  assert.deepEqual(waits(1), [100, 200, 400, 800, 1_000, 1_000])
  assert.deepEqual(waits(0), [50, 100, 200, 400, 500, 500])
})
