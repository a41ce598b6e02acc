// Schedules: each slot once, however many nodes there are; what was missed lately is caught up once.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { notebook } from '../test/subscribers/small-world.ts'
import { type VirtualTime, virtualTime } from '../test/subscribers/virtual-time.ts'
import type { KeyValueStore } from './kernel/key-value.ts'
import { type JobFailure, type ScheduledJob, startSchedules } from './schedules.ts'
import { openSqliteKeyValue } from './stores/sqlite/key-value.ts'
import { leasesOver } from './subscribers/leases.ts'

const hour = 3_600_000
const day = 24 * hour
/** 23:30 of the day before in Maputo. */
const start = Date.UTC(2026, 0, 1, 21, 30)

function openWorld(t: Pick<TestContext, 'after'>) {
  const keyValue = openSqliteKeyValue({ path: ':memory:' })
  t.after(() => keyValue.close())
  return { keyValue, time: virtualTime() }
}

/** A node whose time of day is `ahead` of the true one. */
function startNode(time: VirtualTime, keyValue: KeyValueStore, job: ScheduledJob, ahead = 0) {
  const stopping = new AbortController()
  const failures: JobFailure[] = []
  const log = notebook()
  const { stopped } = startSchedules({
    // Long-lived, so that days pass quickly.
    leases: leasesOver({ keyValue, log, stopwatch: time.stopwatch(), random: () => 0.5, timeToLive: 120_000 }),
    keyValue,
    jobs: [job],
    signal: stopping.signal,
    log,
    now: () => new Date(start + time.now + ahead),
    sleep: time.sleep,
    random: () => 1,
    onFailure: (failure) => failures.push(failure),
  })
  return {
    failures,
    log,
    async stop() {
      stopping.abort()
      await stopped
    },
  }
}

/** Runs at two at night in Maputo, and notes for which slots. */
function nightly(run: ScheduledJob['run'] = async () => undefined) {
  const slots: string[] = []
  const job: ScheduledJob = {
    name: 'nightly',
    cron: '0 2 * * *',
    zone: 'Africa/Maputo',
    async run(slot, signal) {
      slots.push(slot.toISOString())
      await run(slot, signal)
    },
  }
  return { job, slots }
}

test('three nodes, whose clocks differ by seconds, run each slot once', async (t) => {
  const { keyValue, time } = openWorld(t)
  const { job, slots } = nightly()
  const nodes = [0, 7_000, -9_000].map((ahead) => startNode(time, keyValue, job, ahead))
  await time.pass(3 * day)
  assert.deepEqual(slots, ['2026-01-02T00:00:00.000Z', '2026-01-03T00:00:00.000Z', '2026-01-04T00:00:00.000Z'])
  await Promise.all(nodes.map((node) => node.stop()))
})

test('a job that was never seen waits for its next slot', async (t) => {
  const { keyValue, time } = openWorld(t)
  const { job, slots } = nightly()
  const node = startNode(time, keyValue, job)
  await time.pass(2 * hour)
  assert.deepEqual(slots, [])
  await time.pass(hour)
  assert.deepEqual(slots, ['2026-01-02T00:00:00.000Z'])
  await node.stop()
})

test('a zone that is changed counts from the next look on', async (t) => {
  const { keyValue, time } = openWorld(t)
  const { job, slots } = nightly()
  let zone = 'Africa/Maputo'
  const node = startNode(time, keyValue, { ...job, zone: async () => zone })
  await time.pass(day)
  zone = 'Asia/Tokyo'
  await time.pass(day)
  assert.deepEqual(slots, ['2026-01-02T00:00:00.000Z', '2026-01-02T17:00:00.000Z', '2026-01-03T17:00:00.000Z'])
  await node.stop()
})

test('of the slots that were missed, the latest is caught up, once, if it is less than a day ago', async (t) => {
  const { keyValue, time } = openWorld(t)
  const { job, slots } = nightly()
  await time.pass(hour)
  const first = startNode(time, keyValue, job)
  await time.pass(hour)
  await first.stop()

  await time.pass(3 * day)
  const second = startNode(time, keyValue, job)
  await time.pass(hour / 10)
  assert.deepEqual(slots, ['2026-01-04T00:00:00.000Z'])
  await second.stop()

  const third = startNode(time, keyValue, job)
  await time.pass(hour / 10)
  assert.deepEqual(slots.length, 1, 'what is done is not done again')
  await third.stop()
})

test('a yearly job that nobody was there for is not done weeks later', async (t) => {
  const { keyValue, time } = openWorld(t)
  const slots: Date[] = []
  const yearly: ScheduledJob = {
    name: 'yearly',
    cron: '0 0 5 1 *',
    zone: 'Africa/Maputo',
    async run(slot) {
      slots.push(slot)
    },
  }
  const first = startNode(time, keyValue, yearly)
  await time.pass(hour)
  await first.stop()
  await time.pass(20 * day)
  const second = startNode(time, keyValue, yearly)
  await time.pass(day)
  assert.deepEqual(slots, [])
  await second.stop()
})

test('a job that fails is reported and tried again until it works', async (t) => {
  const { keyValue, time } = openWorld(t)
  let failing = 3
  const { job, slots } = nightly(async () => {
    if (failing-- > 0) throw new Error('the disk is full')
  })
  const node = startNode(time, keyValue, job)
  await time.pass(12 * hour)
  assert.deepEqual(new Set(slots), new Set(['2026-01-02T00:00:00.000Z']))
  assert.deepEqual([slots.length, node.failures.map(({ attempt }) => attempt)], [4, [1, 2, 3]])
  await node.stop()
})

test('a job that never works makes way for its next slot', async (t) => {
  const { keyValue, time } = openWorld(t)
  const { job, slots } = nightly(() => Promise.reject(new Error('never')))
  const node = startNode(time, keyValue, job)
  await time.pass(2 * day)
  assert.deepEqual([...new Set(slots)], ['2026-01-02T00:00:00.000Z', '2026-01-03T00:00:00.000Z'])
  await node.stop()
})

test('a slot whose node ends in the middle of it is run by another', async (t) => {
  const { keyValue, time } = openWorld(t)
  let attempts = 0
  const { job, slots } = nightly(async (_, signal) => {
    if (++attempts > 1) return
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    throw new Error('ended')
  })
  const first = startNode(time, keyValue, job)
  await time.pass(3 * hour)
  const second = startNode(time, keyValue, job)
  await time.pass(hour)
  assert.equal(slots.length, 1)
  await first.stop()
  await time.pass(hour / 10)
  assert.deepEqual(slots, ['2026-01-02T00:00:00.000Z', '2026-01-02T00:00:00.000Z'])
  assert.deepEqual([...first.failures, ...second.failures], [])
  await second.stop()
})

test('a bad cron expression, or a zone that does not exist, stops the start', async (t) => {
  const { keyValue, time } = openWorld(t)
  const { job } = nightly()
  assert.throws(() => startNode(time, keyValue, { ...job, cron: 'at two' }))
  assert.throws(() => startNode(time, keyValue, { ...job, zone: 'Africa/Nowhere' }))
})
