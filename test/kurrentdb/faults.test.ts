// What the KurrentDB adapter does when the wire breaks: appends whose answer is lost, servers that are away, leaders that change.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ConflictError, DuplicateEventError, UnavailableError } from '../../src/kernel/errors.ts'
import type { NewEvent } from '../../src/kernel/event.ts'
import { collect, type ExpectedRevision, START, type StreamWrite, type Ticket } from '../../src/kernel/event-store.ts'
import { ids, metadata, newPrefix, sold, someSold, write } from '../contract/log.ts'
import { soon } from '../contract/opened.ts'
import type { AppendFault } from '../doubles/kurrentdb/faults.ts'
import { startKurrentCluster } from '../doubles/kurrentdb/server.ts'
import { onDouble, openAt } from './on-double.ts'

const lost: readonly AppendFault[] = ['answer-lost', 'cut-before', 'silent', 'not-ready']

describe('an append', () => {
  for (const fault of lost)
    for (const expected of ['none', 'any', 'exists', 2n] satisfies ExpectedRevision[])
      test(`that expects ${expected} and meets »${fault}« is written once and gets the answer that it should have got`, async (t) => {
        const { double, store } = await onDouble(t, { deadline: fault === 'silent' ? 300 : 1_000 })
        const [a, b] = [`${newPrefix()}-a`, `${newPrefix()}-b`]
        if (expected !== 'none') await store.append([write(a, 'none', ...someSold(3))], metadata)
        const events = someSold(2)
        const first = expected === 'none' ? 0n : 3n

        double.faults.appends.push(fault)
        const single = await store.append([write(a, expected, ...events)], metadata)
        assert.deepEqual(single.revisions, [first + 1n])
        double.faults.appends.push(fault, fault)
        const more = someSold(2)
        const multi = await store.append([write(b, 'any', sold(0)), write(a, first + 1n, ...more)], metadata)
        assert.deepEqual(multi.revisions, [0n, first + 3n])

        const stored = await collect(store.readStream(a, { after: first - 1n }))
        assert.deepEqual(ids(stored), ids([...events, ...more]))
        assert.deepEqual([single.position, multi.position], [stored[1]?.position, stored[3]?.position])
        assert.equal((await collect(store.readStream(b))).length, 1)
      })

  test('whose answer is lost is no conflict with itself, although others have written after it', async (t) => {
    const { double, store, writeBehind } = await onDouble(t)
    for (const expected of ['none', 'any', 0n] satisfies ExpectedRevision[]) {
      const stream = `${newPrefix()}-1`
      if (expected === 0n) await store.append([write(stream, 'none', sold(0))], metadata)
      const events = someSold(2)
      double.faults.appends.push('answer-lost')
      double.log.changes.once('grown', () => writeBehind(stream, 40))
      const { revisions } = await store.append([write(stream, expected, ...events)], metadata)
      const first = expected === 0n ? 1n : 0n
      assert.deepEqual(revisions, [first + 1n])
      const stored = await collect(store.readStream(stream, { after: first - 1n }))
      assert.deepEqual(ids(stored.slice(0, 2)), ids(events))
      assert.equal(stored.length, 42)
    }
  })

  test('whose answer is lost with the server, which forgets it when it comes back, is not written twice', async (t) => {
    const { double, store } = await onDouble(t)
    const stream = `${newPrefix()}-1`
    const events = someSold(2)
    double.faults.appends.push('answer-lost')
    double.log.changes.once('grown', async () => {
      await double.stop()
      await double.start()
    })
    assert.deepEqual((await store.append([write(stream, 'any', ...events)], metadata)).revisions, [1n])
    assert.deepEqual(ids(await collect(store.readStream(stream))), ids(events))
  })

  test('that expects nothing of its stream keeps on until it is written, whoever else writes while it is in doubt', async (t) => {
    const { double, store, writeBehind } = await onDouble(t)
    const stream = `${newPrefix()}-1`
    await store.append([write(stream, 'none', sold(0))], metadata)
    double.faults.appends.push('not-ready')
    // The append reads where the stream stands, then sends; another's comes between the two, thrice.
    let others = 0
    double.faults.beforeAppend = () => {
      if (others++ < 3) writeBehind(stream, 1)
    }
    const event = sold(9)
    const { revisions } = await store.append([write(stream, 'any', event)], metadata)
    const stored = await collect(store.readStream(stream))
    assert.equal(stored.filter(({ id }) => id === event.id).length, 1)
    assert.deepEqual(revisions, [stored.find(({ id }) => id === event.id)?.revision])
  })

  test('that was refused is still a conflict when it is made again', async (t) => {
    const { double, store } = await onDouble(t)
    const stream = `${newPrefix()}-1`
    await store.append([write(stream, 'none', ...someSold(3))], metadata)
    double.faults.appends.push('cut-before', 'none')
    await assert.rejects(store.append([write(stream, 0n, sold(1))], metadata), (error) => {
      assert.ok(error instanceof ConflictError, String(error))
      assert.deepEqual([error.stream, error.actual], [stream, 2n])
      return true
    })
  })

  test('whose ids another append has used is refused when its own answer is lost', async (t) => {
    const { double, store } = await onDouble(t)
    const stream = `${newPrefix()}-1`
    const [first, second, third] = someSold(3) as [NewEvent, NewEvent, NewEvent]
    await store.append([write(stream, 'none', first, second)], metadata)
    // Another process, which knows nothing of that append.
    const other = openAt(t, double.url)
    double.faults.appends.push('not-ready')
    await assert.rejects(other.append([write(stream, 'none', first, third)], metadata), DuplicateEventError)
  })

  test('fails when no server answers for long, and so does what builds upon it; later it works again', async (t) => {
    const { double, store } = await onDouble(t, { patience: 1_000 })
    const stream = `${newPrefix()}-1`
    await store.append([write(stream, 'none', sold(0))], metadata)
    await double.stop()
    const [first, second]: [Ticket, Ticket] = [{ state: 'pending' }, { state: 'pending' }]
    const outcomes = await Promise.allSettled([
      store.append([write(stream, 0n, sold(1))], metadata, { ticket: first }),
      store.append([write(stream, 1n, sold(2))], metadata, { ticket: second, after: [first] }),
    ])
    assert.deepEqual(
      outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.code),
      ['unavailable', 'conflict'],
    )
    assert.deepEqual([first.state, second.state], ['failed', 'failed'])
    await Promise.all([
      assert.rejects(store.head(), UnavailableError),
      assert.rejects(collect(store.readStream(stream)), UnavailableError),
    ])

    await double.start()
    assert.deepEqual((await store.append([write(stream, 0n, sold(3))], metadata)).revisions, [1n])
    assert.equal((await collect(store.readStream(stream))).length, 2)
  })

  test('waits out a restart of the server', async (t) => {
    const { double, store } = await onDouble(t, { patience: 20_000 })
    await store.head()
    await double.stop()
    const waiting = store.append([write(`${newPrefix()}-1`, 'none', sold(1))], metadata)
    const reading = store.head()
    await double.start()
    assert.equal(await Promise.all([waiting, reading]).then(([{ revisions }]) => revisions[0]), 0n)
  })

  test('goes to the new leader after a change, and is written once', async (t) => {
    const cluster = await startKurrentCluster(2)
    t.after(cluster.stop)
    const store = openAt(t, cluster.url, { patience: 20_000 })
    const stream = `${newPrefix()}-1`
    const writes: StreamWrite[] = []
    for (const leader of [0, 1, 0]) {
      cluster.lead(leader)
      for (const twice of [false, true]) {
        const single = write(stream, BigInt(writes.length - 1), sold(writes.length))
        writes.push(single)
        const both = twice ? [single, write(`${stream}-${leader}-${writes.length}`, 'none', sold(0))] : [single]
        assert.equal((await store.append(both, metadata)).revisions[0], BigInt(writes.length - 1))
        assert.deepEqual(
          ids(await collect(store.readStream(stream))),
          writes.flatMap(({ events }) => ids(events)),
        )
      }
    }
  })

  test('does not wait for others, however long an answer takes', async (t) => {
    const { double, store } = await onDouble(t)
    let judged = 0
    double.faults.delay = 200
    double.faults.beforeAppend = () => {
      judged += 1
    }
    const appends = Array.from({ length: 64 }, (_, i) => {
      const writes = [write(`${newPrefix()}-1`, 'none', sold(i))]
      if (i % 4 === 0) writes.push(write(`${newPrefix()}-2`, 'none', sold(i)))
      return store.append(writes, metadata)
    })
    await Promise.race(appends)
    assert.equal(judged, 64)
    await Promise.all(appends)
  })

  test('to streams whose names differ by case alone is the mistake of its caller', async (t) => {
    const { store } = await onDouble(t)
    const stream = `${newPrefix()}-a`
    await assert.rejects(
      store.append([write(stream, 'none', sold(1)), write(stream.toUpperCase(), 'none', sold(2))], metadata),
      TypeError,
    )
  })
})

describe('the store', () => {
  test('is not available to who has no right to it, and does not go on trying', async (t) => {
    const { double, store } = await onDouble(t)
    const refused = (error: unknown) => {
      assert.ok(error instanceof UnavailableError, String(error))
      assert.match(error.message, /refuses to serve/)
      return true
    }
    double.faults.appends.push('denied', 'denied')
    const [a, b] = [write(`${newPrefix()}-a`, 'none', sold(1)), write(`${newPrefix()}-b`, 'none', sold(1))]
    await assert.rejects(store.append([a], metadata), refused)
    await assert.rejects(store.append([a, b], metadata), refused)
    double.faults.reads.push('denied')
    await assert.rejects(store.head(), refused)
    assert.equal(await store.head(), START)
  })

  test('opens while the server is away', async (t) => {
    const { double, store: first } = await onDouble(t)
    await first.close()
    await double.stop()
    const store = openAt(t, double.url, { patience: 20_000 })
    const head = store.head()
    await double.start()
    assert.equal(await head, START)
  })

  test('lets go of every connection and refuses what comes after it was closed', async (t) => {
    const { double, store } = await onDouble(t)
    const last = store.append([write(`${newPrefix()}-1`, 'none', sold(1))], metadata)
    const stopping = new AbortController()
    const following = (async () => {
      for await (const _ of store.subscribe({ after: START, signal: stopping.signal }));
    })()
    await store.close()
    assert.deepEqual((await last).revisions, [0n])
    await soon(following, 'the end of the subscription')
    await assert.rejects(store.append([write(`${newPrefix()}-1`, 'none', sold(1))], metadata), UnavailableError)
    await assert.rejects(store.head(), UnavailableError)
    await assert.rejects(collect(store.readAll()), UnavailableError)
    await soon(double.connectionsAtMost(1), 'the end of the connections of JavaScript')
  })
})
