// The event-store contract, appending: atomic over streams, guarded by expected revisions, in the order of asking.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ConflictError } from '../../src/kernel/errors.ts'
import { collect, type EventStore, type ExpectedRevision, START, type Ticket } from '../../src/kernel/event-store.ts'
import { ids, metadata, newPrefix, sold, someSold, write } from './log.ts'
import type { Open } from './opened.ts'

export function appendContract(open: Open<EventStore>): void {
  describe('appending', () => {
    test('an append to several streams is recorded as a whole, in the order of its writes', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const before = await store.head()
      const sale = someSold(2)
      const stock = someSold(3)

      const appended = await store.append(
        [write(`${prefix}-sale`, 'none', ...sale), write(`${prefix}-stock`, 'none', ...stock)],
        metadata,
      )

      assert.deepEqual(appended.revisions, [1n, 2n])
      const all = await collect(store.readAll({ after: before, filter: { streamPrefixes: [prefix] } }))
      assert.deepEqual(ids(all), ids([...sale, ...stock]))
      assert.equal(all.at(-1)?.position, appended.position)
      assert.ok((await store.head()) >= appended.position)
      await destroy()
    })

    test('what is recorded is what was appended, with its place and time', async () => {
      const { store, destroy } = await open()
      const stream = `${newPrefix()}-1`
      const told = { actor: 'person:1', correlationId: 'c', causationId: 'e', traceparent: '00-a-b-00' }
      const first = { ...sold(1), schema: 3, data: { text: 'Olá', list: [1, null, { deep: true }], empty: {} } }
      const { position } = await store.append([write(stream, 'none', first)], told)

      const [event] = await collect(store.readStream(stream))
      assert.ok(event)
      const { recordedAt, ...rest } = event
      assert.deepEqual(rest, { ...first, stream, revision: 0n, position, metadata: told })
      assert.match(recordedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/)
      assert.ok(Math.abs(Date.parse(recordedAt) - Date.now()) < 600_000)
      await destroy()
    })

    test('an append that is moved from another log keeps the time of its first acceptance, to the letter', async () => {
      const { store, destroy } = await open()
      const stream = `${newPrefix()}-1`
      const recordedAt = '2024-02-29T23:59:59.007Z'
      await store.append([write(stream, 'none', sold(1), sold(2))], metadata, { recordedAt })
      const moved = await collect(store.readStream(stream))
      assert.deepEqual(
        moved.map((event) => event.recordedAt),
        [recordedAt, recordedAt],
      )
      await destroy()
    })

    const cases: readonly [ExpectedRevision, { missing: boolean; atTwo: boolean }][] = [
      ['none', { missing: true, atTwo: false }],
      ['exists', { missing: false, atTwo: true }],
      ['any', { missing: true, atTwo: true }],
      [START, { missing: true, atTwo: false }],
      [2n, { missing: false, atTwo: true }],
      [1n, { missing: false, atTwo: false }],
      [3n, { missing: false, atTwo: false }],
    ]
    for (const [expected, accepted] of cases)
      test(`a write that expects ${expected} suits ${
        Object.entries(accepted)
          .filter(([, yes]) => yes)
          .map(([state]) => state)
          .join(' and ') || 'neither'
      }`, async () => {
        const { store, destroy } = await open()
        const prefix = newPrefix()
        const atTwo = `${prefix}-atTwo`
        const missing = `${prefix}-missing`
        await store.append([write(atTwo, 'none', ...someSold(3))], metadata)
        for (const [stream, accept, actual] of [
          [missing, accepted.missing, undefined],
          [atTwo, accepted.atTwo, 2n],
        ] as const) {
          const appending = store.append([write(stream, expected, sold(1))], metadata)
          if (accept) assert.deepEqual((await appending).revisions, [(actual ?? -1n) + 1n])
          else await assert.rejects(appending, conflict(stream, actual))
        }
        await destroy()
      })

    test('one unexpected stream refuses the whole append', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const before = await store.head()
      await store.append([write(`${prefix}-b`, 'none', sold(1))], metadata)

      await assert.rejects(
        store.append(
          [
            write(`${prefix}-a`, 'none', sold(1)),
            write(`${prefix}-b`, 4n, sold(2)),
            write(`${prefix}-c`, 'none', sold(3)),
          ],
          metadata,
        ),
        conflict(`${prefix}-b`, 0n),
      )

      const all = await collect(store.readAll({ after: before, filter: { streamPrefixes: [prefix] } }))
      assert.deepEqual(
        all.map(({ stream }) => stream),
        [`${prefix}-b`],
      )
      assert.deepEqual(await collect(store.readStream(`${prefix}-a`)), [])
      await destroy()
    })

    test('appends asked for without waiting are judged in the order of asking', async () => {
      const { store, destroy } = await open()
      const stream = `${newPrefix()}-1`
      const events = someSold(20)
      let before: Ticket | undefined
      const appends = events.map((event, i) => {
        const ticket: Ticket = { state: 'pending' }
        const after = before ? [before] : []
        before = ticket
        return store.append([write(stream, i === 0 ? 'none' : BigInt(i - 1), event)], metadata, { ticket, after })
      })
      assert.deepEqual(
        (await Promise.all(appends)).map(({ revisions }) => revisions),
        events.map((_, i) => [BigInt(i)]),
      )
      assert.equal(before?.state, 'durable')
      assert.deepEqual(ids(await collect(store.readStream(stream))), ids(events))
      await destroy()
    })

    test('what builds on an append that fails, fails with it, even where the revisions fit', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const [first, second, third]: Ticket[] = [{ state: 'pending' }, { state: 'pending' }, { state: 'pending' }]
      assert.ok(first && second && third)

      const failing = store.append([write(`${prefix}-a`, 7n, sold(1))], metadata, { ticket: first })
      const building = store.append([write(`${prefix}-b`, 'none', sold(2))], metadata, {
        ticket: second,
        after: [first],
      })
      const upon = store.append([write(`${prefix}-c`, 'none', sold(3))], metadata, { ticket: third, after: [second] })
      const apart = store.append([write(`${prefix}-d`, 'none', sold(4))], metadata)

      const outcomes = await Promise.allSettled([failing, building, upon])
      for (const outcome of outcomes)
        assert.ok(outcome.status === 'rejected' && outcome.reason instanceof ConflictError)
      assert.deepEqual([first.state, second.state, third.state], ['failed', 'failed', 'failed'])
      assert.deepEqual((await apart).revisions, [0n])

      await assert.rejects(
        store.append([write(`${prefix}-e`, 'none', sold(5))], metadata, { after: [third] }),
        ConflictError,
      )
      for (const stream of ['a', 'b', 'c', 'e'])
        assert.deepEqual(await collect(store.readStream(`${prefix}-${stream}`)), [])
      await destroy()
    })

    test('64 callers at once get revisions without gap or repetition', async () => {
      const { store, destroy } = await open()
      const stream = `${newPrefix()}-hot`
      const callers = Array.from({ length: 64 }, async () => {
        const revisions: bigint[] = []
        for (let i = 0; i < 5; i += 1)
          revisions.push(...(await store.append([write(stream, 'any', sold(i))], metadata)).revisions)
        return revisions
      })
      const revisions = (await Promise.all(callers)).flat().sort(byValue)
      assert.deepEqual(
        revisions,
        Array.from({ length: 320 }, (_, i) => BigInt(i)),
      )
      const events = await collect(store.readStream(stream))
      assert.deepEqual(
        events.map(({ revision }) => revision),
        revisions,
      )
      assert.deepEqual(
        events.map(({ position }) => position),
        events.map(({ position }) => position).sort(byValue),
      )
      await destroy()
    })

    test('of 64 callers who expect the same revision, one wins', async () => {
      const { store, destroy } = await open()
      const stream = `${newPrefix()}-hot`
      await store.append([write(stream, 'none', sold(0))], metadata)
      const outcomes = await Promise.allSettled(
        Array.from({ length: 64 }, () => store.append([write(stream, 0n, sold(1))], metadata)),
      )
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
      assert.equal((await collect(store.readStream(stream))).length, 2)
      await destroy()
    })

    test('an append without writes, without events, or with a stream named twice is the mistake of its caller', async () => {
      const { store, destroy } = await open()
      const stream = `${newPrefix()}-1`
      const ticket: Ticket = { state: 'pending' }
      await assert.rejects(store.append([], metadata, { ticket }), TypeError)
      assert.equal(ticket.state, 'failed')
      await assert.rejects(store.append([write(stream, 'any')], metadata), TypeError)
      await assert.rejects(
        store.append([write(stream, 'any', sold(1)), write(stream, 'any', sold(2))], metadata),
        TypeError,
      )
      assert.deepEqual(await collect(store.readStream(stream)), [])
      await destroy()
    })

    test('what was appended is there after the store was closed and opened again', async (t) => {
      const { store, reopen, destroy } = await open()
      if (reopen) {
        const stream = `${newPrefix()}-1`
        const events = someSold(3)
        await store.append([write(stream, 'none', ...events)], metadata)
        const again = await reopen()
        assert.deepEqual(ids(await collect(again.readStream(stream))), ids(events))
        assert.deepEqual((await again.append([write(stream, 2n, sold(4))], metadata)).revisions, [3n])
      } else t.skip('this store cannot be opened again')
      await destroy()
    })
  })
}

const byValue = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

const conflict = (stream: string, actual: bigint | undefined) => (error: unknown) => {
  assert.ok(error instanceof ConflictError, String(error))
  assert.deepEqual([error.stream, error.actual], [stream, actual])
  return true
}
