// Each check is made to fail for real, and to recover.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { after, describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { until } from '../../../test/support/until.ts'
import { openSqliteEventStore } from '../../stores/sqlite/event-store.ts'
import { openSqliteReadModels } from '../../stores/sqlite/read-models.ts'
import { meterHeap, trendOf } from '../heap.ts'
import { checksOf } from '../parts.ts'
import { meterProcess } from '../process.ts'
import { standardChecks } from './checks.ts'
import { type Check, openHealth } from './health.ts'

const folder = mkdtempSync(join(tmpdir(), 'caminho-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const store = openSqliteEventStore({ path: join(folder, 'events.sqlite') })
const models = openSqliteReadModels({ path: join(folder, 'read-models.sqlite') })
const lag = async () => ({ head: 0n, projections: [], behind: 0n, milliseconds: 0 })
const loop = meterProcess()
const seen = { delay: 0 }
const checksIn = (dataDir: string, diskQuota?: number) =>
  standardChecks({
    diskQuota,
    startUp: { done: true },
    store,
    models,
    dataDir,
    lag,
    memory: loop.memory,
    trend: () => trendOf([]),
    delay: () => seen.delay,
  })
after(() => loop.close())

const healthOf = (checks: readonly Check[], patience = 2_000) =>
  openHealth({ checks, now: () => new Date(), fresh: 0, patience })
const statusOf = async (checks: readonly Check[], name: string) => {
  const { checks: found } = await healthOf(checks).of([name])
  return found[name]?.[0]
}

describe('a check fails for real', () => {
  test('the disk, when its quota is used up, until there is room again', async () => {
    const data = mkdtempSync(join(tmpdir(), 'caminho-disk-'))
    const quota = 2 ** 20
    assert.equal((await statusOf(checksIn(data, quota), 'disk'))?.status, 'pass')
    writeFileSync(join(data, 'large'), Buffer.alloc(1_030_000))
    const full = await statusOf(checksIn(data, quota), 'disk')
    assert.equal(full?.status, 'fail')
    assert.match(full?.output ?? '', /0 MB are free/)
    rmSync(join(data, 'large'))
    assert.equal((await statusOf(checksIn(data, quota), 'disk'))?.status, 'pass')
    rmSync(data, { recursive: true })
  })

  test('the event loop, while something blocks it', async () => {
    await until(async () => {
      // The histogram counts from one look of its own to the next: one before the block, one after it.
      loop.delay()
      await wait(60)
      const end = performance.now() + 400
      while (performance.now() < end);
      await wait(60)
      seen.delay = loop.delay().p99
      return seen.delay > 200
    })
    assert.equal((await statusOf(checksIn(folder), 'event-loop'))?.status, 'warn')
    await until(() => {
      seen.delay = loop.delay().p99
      return seen.delay < 100
    })
    assert.equal((await statusOf(checksIn(folder), 'event-loop'))?.status, 'pass')
  })

  test('the mail server, when it refuses, is gone, or does not greet', async () => {
    let greeting: string | undefined = '220 ready\r\n'
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      if (greeting !== undefined) socket.end(greeting)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    assert(typeof address === 'object' && address)
    const checks = checksOf({
      smtpUrl: `smtp://127.0.0.1:${address.port}`,
      files: undefined,
      cloudinary: undefined,
    })
    assert.equal((await statusOf(checks, 'smtp'))?.status, 'pass')
    greeting = '554 no\r\n'
    assert.match((await statusOf(checks, 'smtp'))?.output ?? '', /refuses: 554/)
    greeting = undefined
    const report = await healthOf(checks, 200).report()
    assert.equal(report.status, 'fail')
    server.close()
    assert.match((await statusOf(checks, 'smtp'))?.output ?? '', /ECONNREFUSED/)
  })

  test('the stores, once they are closed', async () => {
    for (const name of ['event-store', 'read-models'])
      assert.equal((await statusOf(checksIn(folder), name))?.status, 'pass', name)
    await Promise.all([store.close(), models.close()])
    for (const name of ['event-store', 'read-models'])
      assert.equal((await statusOf(checksIn(folder), name))?.status, 'fail', name)
  })
})

test('what a check saw is told again for a while, and many who ask at once ask once', async () => {
  let asked = 0
  let now = 0
  const check: Check = {
    name: 'part',
    componentType: 'component',
    observe: async () => {
      asked += 1
      return [{ status: 'pass', observedValue: asked, observedUnit: '' }]
    },
  }
  const health = openHealth({ checks: [check], now: () => new Date(now), fresh: 5_000 })
  await Promise.all([health.report(), health.report(), health.report()])
  now = 4_999
  await health.report()
  assert.equal(asked, 1)
  now = 5_000
  await health.report()
  assert.equal(asked, 2)
})

test('a leak shows in what is left after thorough collections, and its end does too', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const heap = meterHeap(() => performance.now(), 0)
  const leak: number[][] = []
  await until(
    () => {
      leak.push(Array.from({ length: 100_000 }, (_, at) => at + 0.5))
      collect()
      const { perHour, certainty } = heap.trend()
      return perHour > 50 * 2 ** 20 && certainty > 0.7
    },
    { what: 'the leak' },
  )
  heap.close()
  const steady = Array.from({ length: 20 }, (_, at) => ({ at: at * 60_000, bytes: 5e7 + (at % 2) * 1e5 }))
  assert(Math.abs(trendOf(steady).perHour) < 2 ** 20)
  assert.deepEqual(trendOf([]), { perHour: 0, certainty: 0, over: 0 })
})
