import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentMemory } from './document-memory.ts'

const save = (n: number) => ({ id: String(n).padStart(6, '0'), position: BigInt(n), document: { n } })
const saves = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => save(from + n))

test('documents in use stay in memory, the others are forgotten', () => {
  const memory = documentMemory(true)
  for (let n = 0; n < 10_000; n += 500) {
    memory.remember(saves(n, n + 500), saves(n, n + 500))
    assert.deepEqual(memory.recall(save(0).id), save(0), 'asked for after each batch')
  }
  assert.equal(memory.recall(save(1).id), undefined)
  assert.deepEqual(memory.recall(save(9_999).id), save(9_999))
})

test('what was saved and is not in use is not kept', () => {
  const memory = documentMemory(true)
  memory.remember(saves(1, 10), [save(3)])
  assert.deepEqual(memory.recall(save(3).id), save(3))
  assert.equal(memory.recall(save(4).id), undefined)
})

test('an id above all that were saved is new, unless documents were saved before', () => {
  const [whole, resumed] = [documentMemory(true), documentMemory(false)]
  assert.equal(whole.isNew(save(1).id), true)
  for (const memory of [whole, resumed]) memory.remember(saves(1, 3_000), saves(1, 10))
  assert.equal(whole.isNew(save(3_000).id), true)
  assert.equal(whole.isNew(save(1).id), false, 'forgotten, but not new')
  assert.equal(resumed.isNew(save(3_000).id), false)
})
