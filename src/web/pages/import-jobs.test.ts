// Imports are begun once, and every node can tell how they go.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSqliteKeyValue } from '../../stores/sqlite/key-value.ts'
import { type ImportJobs, type ImportResult, importJobs } from './import-jobs.ts'

const result: ImportResult = { created: 3, changed: 0, counted: 0, problems: [] }

function twoNodes() {
  const keyValue = openSqliteKeyValue({ path: ':memory:' })
  const clock = { now: 1_000_000 }
  const failures: unknown[] = []
  const node = () =>
    importJobs({ keyValue, now: () => new Date(clock.now), onFailure: (error) => failures.push(error) })
  return { clock, failures, node, other: node() }
}

/** Work that goes on as far as the test lets it. */
function work() {
  const finished = Promise.withResolvers<ImportResult>()
  let told: (done: number) => void = () => undefined
  let begun = 0
  return {
    ...finished,
    tell: (done: number) => told(done),
    begun: () => begun,
    begin: (tell: (done: number) => void) => {
      begun += 1
      told = tell
      return finished.promise
    },
  }
}

/** Asks until the answer is as expected. */
async function until(jobs: ImportJobs, expected: Awaited<ReturnType<ImportJobs['stateOf']>>): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const state = await jobs.stateOf('form')
    if (JSON.stringify(state) === JSON.stringify(expected)) return
    await new Promise(setImmediate)
  }
  assert.deepEqual(await jobs.stateOf('form'), expected)
}

test('another node tells how far an import has come, and how it ended', async () => {
  const { clock, node, other } = twoNodes()
  const { begin, begun, tell, resolve } = work()
  assert.equal(await other.stateOf('form'), undefined)
  await node().begin('form', 3, begin)
  await other.begin('form', 3, begin)
  assert.equal(begun(), 1)
  await until(other, { done: 0, total: 3, result: undefined })
  clock.now += 1_000
  tell(2)
  await until(other, { done: 2, total: 3, result: undefined })
  resolve(result)
  await until(other, { done: 3, total: 3, result })
})

test('an import that fails was interrupted', async () => {
  const { failures, node, other } = twoNodes()
  const { begin, reject } = work()
  await node().begin('form', 3, begin)
  const lost = new Error('lost')
  reject(lost)
  await until(other, { done: 0, total: 3, result: 'interrupted' })
  assert.deepEqual(failures, [lost])
})

test('an import of a node of which nothing is heard any more was interrupted', async () => {
  const { clock, node, other } = twoNodes()
  await node().begin('form', 3, work().begin)
  clock.now += 15_000
  await until(other, { done: 0, total: 3, result: undefined })
  clock.now += 1
  await until(other, { done: 0, total: 3, result: 'interrupted' })
})
