// The cache of states and its snapshots: short cuts that must never be seen in a result.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import { inNewFolder } from '../../test/contract/sqlite.ts'
import { accepted } from '../../test/shop.ts'
import type { Decider } from '../kernel/decider.ts'
import { type DataOf, event, events, v1 } from '../kernel/event.ts'
import type { EventStore, ReadStreamOptions } from '../kernel/event-store.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import { openSqliteEventStore } from '../stores/sqlite/event-store.ts'
import { openSqliteKeyValue } from '../stores/sqlite/key-value.ts'
import { commandHandling } from './handling.ts'
import { stateCache } from './state-cache.ts'

const tallyEvents = events('tally', { Counted: v1({ by: z.int() }) })
type TallyEvents = DataOf<typeof tallyEvents>
/** Counts; `times` changes what is counted, and so the version of its snapshots. */
const tallyOf = (times: number): Decider<{ Count: { by: number; often: number } }, TallyEvents, { sum: number }> => ({
  events: tallyEvents,
  initial: { sum: 0 },
  snapshotVersion: times,
  decide: { Count: (_, { by, often }) => Array.from({ length: often }, () => event('Counted', { by })) },
  evolve: { Counted: ({ sum }, { by }) => ({ sum: sum + by * times }) },
})
const tally = tallyOf(1)
const by = { actor: 'system:test', correlationId: 'test' }

const openLog = inNewFolder((path) => openSqliteEventStore({ path }))
const openKeys = inNewFolder((path) => openSqliteKeyValue({ path }))
let log: Awaited<ReturnType<typeof openLog>>
let keys: Awaited<ReturnType<typeof openKeys>>
before(async () => {
  log = await openLog()
  keys = await openKeys()
})
after(async () => {
  await log.destroy()
  await keys.destroy()
})

/** A node that has just started, and what it read of the streams. */
function freshNode(snapshots: KeyValueStore = keys.store) {
  const reads: ReadStreamOptions[] = []
  const store: EventStore = {
    ...log.store,
    readStream(stream, options) {
      reads.push(options ?? {})
      return log.store.readStream(stream, options)
    },
  }
  const failures: unknown[] = []
  const cache = stateCache({ store, snapshots, snapshotEvery: 10n, onSnapshotFailure: (error) => failures.push(error) })
  const commands = commandHandling({ store, newId, cache })
  const count = (id: string, often: number, decider = tally) =>
    commands.execute(by, (unit) => {
      unit.decide(decider, id, 'Count', { by: 1, often })
      return unit.state(decider, id)
    })
  const sum = async (id: string, decider = tally) =>
    accepted(await commands.execute(by, (unit) => unit.state(decider, id))).sum
  return { reads, failures, count, sum, heard: commands.heard }
}

const snapshotOf = async (id: string) => (await keys.store.get('snapshot', `tally-${id}`))?.value
/** Written in the background, soon after the append. */
async function snapshotKept(id: string): Promise<unknown> {
  const patience = AbortSignal.timeout(5_000)
  for (;;) {
    const kept = await snapshotOf(id)
    if (kept) return kept
    patience.throwIfAborted()
    await new Promise(setImmediate)
  }
}

test('a long stream is continued from its snapshot, although no append ended on the round number', async () => {
  const node = freshNode()
  for (let n = 0; n < 5; n += 1) accepted(await node.count('long', 3))
  assert.deepEqual(await snapshotKept('long'), { version: 1, revision: '11', state: { sum: 12 } })
  const later = freshNode()
  assert.equal(await later.sum('long'), 15)
  assert(
    later.reads.every(({ after = -1n }) => after >= 10n),
    'the stream was read from its start',
  )
})

test('a snapshot of another version is not used', async () => {
  accepted(await freshNode().count('changed', 12))
  await snapshotKept('changed')
  assert.equal(await freshNode().sum('changed', tallyOf(2)), 24)
})

test('nor is one that is damaged, or that knows more than the log', async () => {
  accepted(await freshNode().count('odd', 3))
  for (const odd of [
    7,
    { version: 1 },
    { version: 1, revision: 'x', state: { sum: 99 } },
    { version: 1, revision: '40', state: { sum: 99 } },
  ]) {
    await keys.store.put('snapshot', 'tally-odd', odd)
    assert.equal(await freshNode().sum('odd'), 3)
  }
  accepted(await freshNode().count('odd', 1))
})

test('a snapshot that cannot be kept is told, and nothing else happens', async () => {
  const full: KeyValueStore = { ...keys.store, put: () => Promise.reject(new Error('the disk is full')) }
  const node = freshNode(full)
  assert.equal(accepted(await node.count('unlucky', 12)).sum, 12)
  accepted(await node.count('unlucky', 1))
  assert.equal(node.failures.length, 1)
  assert.equal(await freshNode().sum('unlucky'), 13)
})

test('when the cache is full the states that are on their way to the disk are kept, the others read again', async () => {
  const cache = stateCache({ store: log.store, size: 10 })
  const commands = commandHandling({ store: log.store, newId, cache })
  const count = (n: number) =>
    commands.execute(by, (unit) => {
      unit.decide(tally, `one of many ${n % 25}`, 'Count', { by: 1, often: 1 })
      return unit.state(tally, `one of many ${n % 25}`)
    })
  for (const outcome of await Promise.all(Array.from({ length: 100 }, (_, n) => count(n)))) accepted(outcome)
  for (let n = 0; n < 25; n += 1) assert.equal(accepted(await count(n)).sum, 5)
})

test('a state after which nothing is expected is not kept, but still known while it is on its way', async () => {
  const ended: typeof tally = { ...tally, isOver: ({ sum }) => sum >= 2 }
  const node = freshNode()
  const count = () => node.count('brief', 1, ended)
  const sums = (await Promise.all([count(), count(), count()])).map((outcome) => accepted(outcome).sum)
  assert.deepEqual(sums, [1, 2, 3], 'decided one upon the other')
  const reads = node.reads.length
  assert.equal(accepted(await count()).sum, 4)
  assert.equal(node.reads[reads]?.after, -1n, 'read from its start')
})

test('what another node has written is read anew once it is heard of, and nothing else is', async () => {
  const [node, other] = [freshNode(), freshNode()]
  accepted(await node.count('near', 1))
  accepted(await node.count('far', 1))
  accepted(await other.count('near', 2))
  const reads = node.reads.length
  node.heard('tally-near', 2n)
  node.heard('tally-far', 0n)
  assert.deepEqual([await node.sum('near'), await node.sum('far')], [3, 1])
  // Each sum also asks for what is newer; the one that was forgotten is read once more.
  assert.equal(node.reads.length, reads + 3)
})

test('what is heard of while its stream is being read is read too', async () => {
  const other = freshNode()
  accepted(await other.count('late', 1))
  const read = Promise.withResolvers<void>()
  const written = Promise.withResolvers<void>()
  let first = true
  const store: EventStore = {
    ...log.store,
    async *readStream(stream, options) {
      yield* log.store.readStream(stream, options)
      if (!first) return
      first = false
      read.resolve()
      await written.promise
    },
  }
  const cache = stateCache({ store })
  const loading = cache.load(tally, 'tally-late')
  await read.promise
  accepted(await other.count('late', 4))
  cache.heard('tally-late', 4n)
  written.resolve()
  await loading
  assert.deepEqual(cache.peek('tally-late')?.state, { sum: 5 })
})
