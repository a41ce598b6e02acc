// Attempts: after too many failures the next one has to wait, whether one node counts or several do together.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, test } from 'node:test'
import { openSqliteKeyValue } from '../stores/sqlite/key-value.ts'
import { type CountAttempts, countAttempts } from './attempts.ts'
import { forgettingAttempts, sharedAttempts } from './shared-attempts.ts'

const keyValue = openSqliteKeyValue({ path: ':memory:' })
after(() => keyValue.close())
const masterKey = Buffer.alloc(32, 7)
const shared: CountAttempts = (limits) => sharedAttempts({ keyValue, now: () => new Date(), masterKey }, limits)

for (const [who, count] of [
  ['one node', countAttempts],
  ['several nodes', shared],
] as const) {
  test(`${who} lets so many failures pass from each place, and forgets them when told`, async () => {
    const attempts = count({ name: 'login', failures: 2, seconds: 60 })
    await attempts.failed('here')
    assert.equal(await attempts.waitFor('here'), 0)
    await attempts.failed('here')
    assert((await attempts.waitFor('here')) > 0)
    assert.equal(await attempts.waitFor('there'), 0)
    await attempts.forget('here')
    assert.equal(await attempts.waitFor('here'), 0)
  })

  test(`${who} lets no more attempts be made at once than in a row, and takes back what succeeded`, async () => {
    const attempts = count({ name: 'guess', failures: 3, seconds: 60 })
    const waits = await Promise.all(Array.from({ length: 10 }, () => attempts.begin('everywhere')))
    assert.equal(waits.filter((seconds) => seconds === 0).length, 3)
    for (let n = 0; n < 8; n += 1) await attempts.takeBack('everywhere')
    assert.equal(await attempts.begin('everywhere'), 0)
  })
}

test('what one node has counted, another knows; attempts at something else are counted apart', async () => {
  const limits = { name: 'door', failures: 1, seconds: 60 }
  await shared(limits).failed('here')
  assert((await shared(limits).waitFor('here')) > 0)
  assert.equal(await shared({ ...limits, name: 'window' }).waitFor('here'), 0)
})

test('after their time failures count no more, and are removed', async () => {
  let time = Date.UTC(2026, 0, 1)
  const now = () => new Date(time)
  const attempts = sharedAttempts({ keyValue, now, masterKey }, { name: 'brief', failures: 1, seconds: 60 })
  await attempts.failed('here')
  const job = forgettingAttempts({ keyValue, now })
  const kept = async () => (await keyValue.list('attempts', { prefix: 'brief/' })).length
  await job.run(now(), new AbortController().signal)
  assert.deepEqual([await attempts.waitFor('here'), await kept()], [60, 1])
  time += 60_000
  assert.equal(await attempts.waitFor('here'), 0)
  await job.run(now(), new AbortController().signal)
  assert.equal(await kept(), 0)
})

test('where attempts come from cannot be told from what is kept, not even by guessing, without the key', async () => {
  const keptBy = async (key: Buffer) => {
    const attempts = sharedAttempts(
      { keyValue, now: () => new Date(), masterKey: key },
      { name: 'kept', failures: 1, seconds: 60 },
    )
    await attempts.failed('10.1.2.3')
    return (await keyValue.list('attempts', { prefix: 'kept/' })).map((entry) => entry.key)
  }
  const [kept] = await keptBy(masterKey)
  assert.doesNotMatch(kept ?? '', /10\.1\.2\.3/)
  assert.notEqual(kept, `kept/${createHash('sha256').update('10.1.2.3').digest('base64url')}`)
  assert.equal((await keptBy(masterKey)).length, 1, 'the same key finds the same')
  assert.equal((await keptBy(Buffer.alloc(32, 8))).length, 2, 'another key, another name')
})
