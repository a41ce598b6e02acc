// The embedded event store against the contract of its port, and its own promises: groups that fail as one, threads, failures with a name.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { ConflictError, UnavailableError } from '../../src/kernel/errors.ts'
import { collect, START, type Ticket } from '../../src/kernel/event-store.ts'
import { openSqliteEventStore } from '../../src/stores/sqlite/event-store.ts'
import { eventStoreContract } from './event-store.ts'
import { follow, ids, metadata, sold, write } from './log.ts'
import { inNewFolder } from './sqlite.ts'

const open = inNewFolder((path) => openSqliteEventStore({ path, busyTimeout: 2_000 }))

eventStoreContract('SQLite', open)

/** As the server opens it: a thread of its own writes. */
const openThreaded = inNewFolder((path) => openSqliteEventStore({ path, busyTimeout: 2_000, ownThread: true }))

eventStoreContract('SQLite with a thread that writes', openThreaded)

/** Lets every transaction that records »poison« fail when it is committed. */
const poison = `
  CREATE TABLE parent (id INTEGER PRIMARY KEY);
  CREATE TABLE child (id INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
  CREATE TRIGGER spoil AFTER INSERT ON log WHEN new.events LIKE '%poison%' BEGIN INSERT INTO child VALUES (1); END;
`

for (const [how, opened] of [
  ['', open],
  ['with a thread that writes: ', openThreaded],
] as const) {
  test(`${how}appends that share a commit which fails, fail together, and nothing of them is kept`, async () => {
    const { store, path, destroy } = await opened()
    const spoiler = new DatabaseSync(path)
    spoiler.exec(poison)
    spoiler.close()
    await store.append([write('stock-0', 'none', sold(1))], metadata)
    let commits = 0
    store.onCommit(() => {
      commits += 1
    })

    const tickets: Ticket[] = [{ state: 'pending' }, { state: 'pending' }, { state: 'pending' }]
    const events = [sold(1), { ...sold(2), data: 'poison' }, sold(3)]
    const outcomes = await Promise.allSettled(
      events.map((event, i) => {
        const ticket = tickets[i]
        return store.append([write(`stock-${i + 1}`, 'none', event)], metadata, { ...(ticket && { ticket }) })
      }),
    )
    for (const outcome of outcomes)
      assert.ok(outcome.status === 'rejected' && outcome.reason instanceof UnavailableError, String(outcome.status))
    assert.deepEqual(
      tickets.map(({ state }) => state),
      ['failed', 'failed', 'failed'],
    )
    assert.equal(commits, 0)
    assert.equal((await collect(store.readAll())).length, 1)

    assert.equal((await store.append([write('stock-1', 'none', ...events.slice(0, 1))], metadata)).position, 1n)
    assert.equal(commits, 1)
    await destroy()
  })

  test(`${how}while another process writes, appends keep their order and the event loop goes on`, async () => {
    const { store, path, destroy } = await opened()
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    const events = [sold(1), sold(2), sold(3)]
    const appends = events.map((event, i) => store.append([write('stock-1', BigInt(i - 1), event)], metadata))
    let turns = 0
    // Letting go depends on the very loop that would be held up by waiting inside SQLite.
    const lettingGo = setInterval(() => {
      turns += 1
      if (turns === 20) other.exec('ROLLBACK')
    }, 1)
    await Promise.all(appends)
    clearInterval(lettingGo)
    assert.ok(turns >= 20)
    assert.deepEqual(ids(await collect(store.readStream('stock-1'))), ids(events))
    other.close()
    await destroy()
  })

  test(`${how}what is not JSON fails alone`, async () => {
    const { store, destroy } = await opened()
    const outcomes = await Promise.allSettled(
      [1, 2n, 3].map((data, i) => store.append([write(`stock-${i}`, 'none', { ...sold(1), data })], metadata)),
    )
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    )
    assert.deepEqual(
      (await collect(store.readAll())).map(({ position, stream }) => [position, stream]),
      [
        [0n, 'stock-0'],
        [1n, 'stock-2'],
      ],
    )
    await destroy()
  })

  test(`${how}more appends than a group holds are recorded all the same, in order`, async () => {
    const { store, destroy } = await opened()
    const events = Array.from({ length: 1_300 }, (_, i) => sold(i))
    const tickets: Ticket[] = events.map(() => ({ state: 'pending' }))
    await Promise.all(
      events.map((event, i) => {
        const [ticket, before] = [tickets[i], tickets[i - 1]]
        return store.append([write('stock-1', BigInt(i - 1), event)], metadata, {
          ...(ticket && { ticket }),
          ...(before && { after: [before] }),
        })
      }),
    )
    assert.deepEqual(ids(await collect(store.readStream('stock-1'))), ids(events))
    await destroy()
  })

  test(`${how}appends that rest on earlier ones are accepted, whenever those become durable`, async () => {
    const { store, destroy } = await opened()
    const appends: Promise<unknown>[] = []
    let before: Ticket | undefined
    for (let i = 0; i < 2_000; i += 1) {
      const ticket: Ticket = { state: 'pending' }
      const after = before ? [before] : []
      appends.push(store.append([write('stock-1', BigInt(i - 1), sold(i))], metadata, { ticket, after }))
      before = ticket
      if (i % 3 === 0) await nextTurn()
    }
    await Promise.all(appends)
    assert.equal(await store.head(), 1_999n)
    await destroy()
  })

  test(`${how}closing commits what waits, ends the subscriptions and refuses the rest`, async () => {
    const { store, path, destroy } = await opened()
    const follower = follow(store, START)
    await follower.until(() => follower.messages.length === 1, 'the mark')
    const last = store.append([write('stock-1', 'none', sold(1))], metadata)
    await store.close()
    assert.equal((await last).position, 0n)
    await follower.stop()
    await assert.rejects(store.append([write('stock-1', 0n, sold(2))], metadata), UnavailableError)
    await assert.rejects(store.head(), UnavailableError)
    await assert.rejects(collect(store.readAll()), UnavailableError)
    const again = openSqliteEventStore({ path })
    assert.equal(await again.head(), 0n)
    await again.close()
    await destroy()
  })

  test(`${how}the log of a process that asked before another wrote is judged by what is there now`, async () => {
    const { store, beside, destroy } = await opened()
    const other = await beside()
    let heard = 0
    store.onForeignCommit(() => {
      heard += 1
    })
    await store.append([write('stock-1', 'none', sold(1))], metadata)
    await other.append([write('stock-1', 0n, sold(2))], metadata)
    await assert.rejects(store.append([write('stock-1', 0n, sold(3))], metadata), ConflictError)
    assert.equal(heard, 1)
    await store.append([write('stock-1', 1n, sold(3))], metadata)
    assert.equal(heard, 1, 'its own commits are not foreign')
    await destroy()
  })
}

test('a log that another process does not let go of is unavailable, and works again later', async () => {
  const { path, destroy } = await open()
  const store = openSqliteEventStore({ path, busyTimeout: 1 })
  const other = new DatabaseSync(path)
  other.exec('BEGIN IMMEDIATE')
  await assert.rejects(store.append([write('stock-1', 'none', sold(1))], metadata), UnavailableError)
  other.exec('ROLLBACK')
  assert.equal((await store.append([write('stock-1', 'none', sold(1))], metadata)).position, 0n)
  other.close()
  await store.close()
  await destroy()
})

test('a store opened for reading is woken by its thread, and does not append', async () => {
  const { store, path, destroy } = await open()
  const reader = openSqliteEventStore({ path, readOnly: true })
  store.onCommit(() => reader.wake())
  const follower = follow(reader, START)
  await follower.until(() => follower.messages.length === 1, 'the mark')
  await store.append([write('stock-1', 'none', sold(1))], metadata)
  await follower.until(() => follower.events.length === 1, 'the event')

  const ticket: Ticket = { state: 'pending' }
  await assert.rejects(reader.append([write('stock-2', 'none', sold(1))], metadata, { ticket }), UnavailableError)
  assert.equal(ticket.state, 'failed')
  await follower.stop()
  await reader.close()
  await destroy()
})

test('a log that cannot be opened is unavailable', async () => {
  const { folder, destroy } = await open()
  assert.throws(() => openSqliteEventStore({ path: join(folder, 'no', 'such', 'folder') }), UnavailableError)
  assert.throws(() => openSqliteEventStore({ path: join(folder, 'missing'), readOnly: true }), UnavailableError)
  await destroy()
})
