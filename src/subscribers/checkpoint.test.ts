// Checkpoints of reactors: whoever has the newer lease has the last word.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { START } from '../kernel/event-store.ts'
import { openSqliteKeyValue } from '../stores/sqlite/key-value.ts'
import { OvertakenError, takeCheckpoint } from './checkpoint.ts'

const atStart = async () => START

test('a node that slept while another took over cannot set the checkpoint back, nor take it again', async () => {
  const keyValue = openSqliteKeyValue({ path: ':memory:' })
  const sleeper = await takeCheckpoint(keyValue, 'clerk', { token: 3 }, atStart)
  sleeper.position = 5n
  await sleeper.keep()

  const next = await takeCheckpoint(keyValue, 'clerk', { token: 8 }, atStart)
  assert.equal(next.position, 5n)
  sleeper.position = 7n
  await assert.rejects(sleeper.keep(), OvertakenError)
  await assert.rejects(takeCheckpoint(keyValue, 'clerk', { token: 3 }, atStart), OvertakenError)

  next.position = 9n
  await next.keep()
  assert.equal((await takeCheckpoint(keyValue, 'clerk', { token: 9 }, atStart)).position, 9n)
  await keyValue.close()
})
