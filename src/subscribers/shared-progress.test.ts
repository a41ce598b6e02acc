// Progress among nodes: who does not run the projections hears how far they are; who runs other versions of them is no measure.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { baskets, turnover } from '../../test/subscribers/small-world.ts'
import { virtualTime } from '../../test/subscribers/virtual-time.ts'
import { openSqliteKeyValue } from '../stores/sqlite/key-value.ts'
import { hearProgress, nameOf, tellProgress } from './shared-progress.ts'

test('the name is that of the versions, in whatever order they are listed', () => {
  assert.equal(nameOf([baskets, turnover]), nameOf([turnover, baskets]))
  assert.notEqual(nameOf([baskets, turnover]), nameOf([baskets, { ...turnover, version: 2 }]))
})

test('another node hears of it within a tenth of a second, and again when somebody has written over it', async (t) => {
  const keyValue = openSqliteKeyValue({ path: ':memory:' })
  t.after(() => keyValue.close())
  const time = virtualTime()
  const clock = { now: () => time.now, sleep: time.sleep }
  const stopping = new AbortController()
  const shared = { keyValue, name: 'projections', clock }
  let position: bigint | undefined
  let listens = true
  const heard: bigint[] = []
  const telling = tellProgress(() => position, shared, stopping.signal)
  const hearing = hearProgress((at) => heard.push(at), { ...shared, listens: () => listens }, stopping.signal)

  await time.pass(200)
  assert.deepEqual(heard, [])
  position = 7n
  await time.pass(100)
  assert.deepEqual([...new Set(heard)], [7n])

  await keyValue.put('progress', 'projections', { position: '3' })
  await time.pass(1_200)
  assert.equal(heard.at(-1), 7n)

  listens = false
  position = 9n
  await time.pass(200)
  assert.equal(heard.filter((at) => at === 9n).length, 0)
  stopping.abort()
  await Promise.all([telling, hearing])
})
