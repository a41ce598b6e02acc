// Subscriptions of the KurrentDB adapter while the wire breaks and servers go and come: never a gap, never a repetition.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { collect, START } from '../../src/kernel/event-store.ts'
import { follow, ids, metadata, newPrefix, sold, someSold, write } from '../contract/log.ts'
import { soon } from '../contract/opened.ts'
import { startKurrentCluster } from '../doubles/kurrentdb/server.ts'
import { onDouble, openAt } from './on-double.ts'

test('a subscription goes on where it was, however often the connection is cut', async (t) => {
  const { double, store } = await onDouble(t)
  const prefix = newPrefix()
  const filters = [{ streamPrefixes: [prefix] }, { streamPrefixes: [prefix], types: ['StockSold'] }, undefined]
  const followers = filters.map((filter) => follow(store, START, { ...(filter && { filter }), pageSize: 7 }))
  for (let i = 0; i < 120; i += 1) {
    await store.append([write(`${prefix}-${i % 5}`, 'any', sold(i), sold(i, 'StockCounted'))], metadata)
    if (i % 12 === 0) double.cut()
  }
  const all = await collect(store.readAll())
  assert.equal(all.length, 240)
  for (const [i, follower] of followers.entries()) {
    const wanted = filters[i]?.types ? all.filter(({ type }) => type === 'StockSold') : all
    await follower.until(() => follower.events.length >= wanted.length, 'all events')
    assert.deepEqual(follower.events, wanted)
    await follower.stop()
  }
})

test('what was written while the server was away for a subscription comes after its restart', async (t) => {
  const warnings: string[] = []
  const told: string[] = []
  const log = {
    warn: (_: object, message: string) => void warnings.push(message),
    info: (_: object, message: string) => void told.push(message),
  }
  const { double, store, writeBehind } = await onDouble(t, { log })
  const stream = `${newPrefix()}-1`
  const follower = follow(store, START)
  await store.append([write(stream, 'none', ...someSold(3))], metadata)
  await follower.until(() => follower.events.length === 3, 'the events before')
  await double.stop()
  writeBehind(stream, 50)
  await double.start()
  await follower.until(() => follower.events.length >= 53, 'the events after')
  await store.append([write(stream, 52n, sold(1))], metadata)
  await follower.until(() => follower.events.length >= 54, 'the live event')
  assert.deepEqual(follower.events, await collect(store.readStream(stream)))
  assert.deepEqual([warnings.length, told.length], [1, 1], 'an outage is told once, and its end')
  await follower.stop()
})

test('history is read to its end although the connection is cut in the middle of a page', async (t) => {
  const { double, store } = await onDouble(t)
  const stream = `${newPrefix()}-1`
  await store.append([write(stream, 'none', ...someSold(300))], metadata)
  const all = await collect(store.readStream(stream))
  for (const read of [
    () => collect(store.readStream(stream)),
    () => collect(store.readAll({ pageSize: 50 })),
    () => collect(store.readStream(stream, { direction: 'backwards' })).then((events) => events.reverse()),
    () => collect(store.readAll({ direction: 'backwards', pageSize: 1 })).then((events) => events.reverse()),
  ]) {
    double.faults.reads.push('cut-amid', 'not-ready', 'cut-amid')
    assert.deepEqual(await read(), all)
  }
  double.faults.reads.push('cut-amid', 'not-ready', 'cut-amid')
  const follower = follow(store, START, { pageSize: 11 })
  await follower.until(() => follower.events.length >= all.length, 'all events')
  assert.deepEqual(follower.events, all)
  await follower.stop()
})

test('a subscription follows the log to the new leader', async (t) => {
  const cluster = await startKurrentCluster(3)
  t.after(cluster.stop)
  const store = openAt(t, cluster.url, { patience: 20_000 })
  const stream = `${newPrefix()}-1`
  const follower = follow(store, START)
  for (const [i, leader] of [0, 1, 2, 0].entries()) {
    cluster.lead(leader)
    for (const node of cluster.nodes) node.cut()
    await store.append([write(stream, BigInt(i * 2 - 1), ...someSold(2))], metadata)
    await follower.until(() => follower.events.length >= (i + 1) * 2, 'the events')
  }
  assert.deepEqual(follower.events, await collect(store.readStream(stream)))
  await follower.stop()
})

test('what is the server’s own, and what others keep there, is not seen', async (t) => {
  const { double, store } = await onDouble(t)
  const follower = follow(store, START)
  const foreign = {
    type: 'PictureTaken',
    isJson: false,
    data: Buffer.from([0xff]),
    metadata: Buffer.alloc(0),
  }
  for (let i = 0; i < 100; i += 1)
    double.log.append([{ stream: 'camera-1', expected: -2n, records: [{ ...foreign, id: randomUUID() }] }])
  double.log.writeSystemEvent()
  assert.deepEqual(await collect(store.readAll()), [])
  assert.deepEqual(await collect(store.readStream('camera-1')), [])
  assert.equal(await store.head(), START)

  const { position } = await store.append([write(`${newPrefix()}-1`, 'none', sold(1))], metadata)
  await follower.until(() => follower.events.length > 0, 'the event of our own')
  assert.deepEqual(follower.events, await collect(store.readAll()))
  assert.equal(await store.head(), position)
  double.log.writeSystemEvent()
  const [last] = await collect(store.readAll({ direction: 'backwards', limit: 1 }))
  assert.equal(last?.position, position, 'what is not ours is no part of a limit')
  await follower.stop()
})

test('the mark moves past what the filter leaves out, whenever that was written: before the server is live, then, and in a flood', async (t) => {
  const { store } = await onDouble(t)
  const filter = { streamPrefixes: ['nothing-of-these'] }
  for (let round = 0; round < 15; round += 1) {
    const follower = follow(store, await store.head(), { filter })
    for (const count of [1, 1, 100, 1]) {
      const { position } = await store.append([write(`${newPrefix()}-1`, 'none', ...someSold(count))], metadata)
      if (count === 100 || round % 2 === 0)
        await follower.until(() => (follower.messages.at(-1)?.position ?? START) >= position, 'the moved mark')
    }
    const head = await store.head()
    await follower.until(() => (follower.messages.at(-1)?.position ?? START) >= head, 'the last mark')
    await follower.stop()
  }
})

test('who is slow holds up the server and nothing else, and still gets everything', async (t) => {
  const { store } = await onDouble(t)
  const stream = `${newPrefix()}-1`
  const stopping = new AbortController()
  const seen: string[] = []
  const fast = follow(store, START)
  const slow = (async () => {
    for await (const message of store.subscribe({ after: START, pageSize: 40, signal: stopping.signal })) {
      if (message.kind === 'events') seen.push(...ids(message.events))
      await fast.until(() => fast.events.length >= Math.min(6_000, seen.length + 500), 'the fast one to be ahead')
      if (seen.length >= 6_000) stopping.abort()
    }
  })()
  for (let i = 0; i < 30; i += 1) await store.append([write(stream, BigInt(i * 200 - 1), ...someSold(200))], metadata)
  await soon(slow, 'the slow one')
  assert.deepEqual(seen, ids(fast.events))
  await fast.stop()
})

test('aborting ends a subscription also while no server can be reached', async (t) => {
  const { double, store } = await onDouble(t)
  const follower = follow(store, START)
  await follower.until(() => follower.messages.length > 0, 'the first mark')
  await double.stop()
  const late = follow(store, START)
  await Promise.all([follower.stop(), late.stop()])
  assert.deepEqual(late.messages, [])
})

test('a read that is left in its middle is taken to its end, since it would hold up all others', async (t) => {
  const { double, store } = await onDouble(t)
  const stream = `${newPrefix()}-1`
  const large = () => Array.from({ length: 500 }, () => ({ ...sold(1), data: { text: 'x'.repeat(5_000) } }))
  for (let i = 0; i < 4; i += 1) await store.append([write(stream, BigInt(i * 500 - 1), ...large())], metadata)
  for await (const _ of store.readAll({ pageSize: 5 })) break
  const stopping = new AbortController()
  for await (const _ of store.subscribe({ after: START, pageSize: 5, signal: stopping.signal })) stopping.abort()
  await soon(double.reads.allOver(), 'the end of all reads')
  assert.equal(double.reads.givenUp, 0)
})
