import assert from 'node:assert/strict'
import { test } from 'node:test'
import { validate, version } from 'uuid'
import { growingIds } from './ids.ts'

test('ids are UUIDs v7, each greater than the one before, also many within a millisecond', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_772_000_000_000 })
  const newId = growingIds()
  const ids = Array.from({ length: 2_000 }, newId)
  for (const id of ids) assert(validate(id) && version(id) === 7, id)
  assert.deepEqual(ids, ids.toSorted())
  assert.equal(new Set(ids).size, ids.length)
})

test('a clock that is set back does not set the ids back', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_772_000_000_000 })
  const newId = growingIds()
  const before = newId()
  t.mock.timers.setTime(1_771_000_000_000)
  assert(newId() > before)
})
