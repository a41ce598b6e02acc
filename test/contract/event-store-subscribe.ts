// The event-store contract, subscribing: history, then what happens, without gap or repetition, whoever writes meanwhile.
import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { ConflictError } from '../../src/kernel/errors.ts'
import { collect, type EventStore } from '../../src/kernel/event-store.ts'
import { follow, ids, metadata, newPrefix, sold, someSold, write } from './log.ts'
import { type Open, soon } from './opened.ts'

export function subscribeContract(open: Open<EventStore>): void {
  describe('subscribing', () => {
    test('history comes first, then the mark that it has ended, then what happens', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const after = await store.head()
      const [old, live] = [someSold(5), someSold(3)]
      const { position } = await store.append([write(`${prefix}-1`, 'none', ...old)], metadata)

      const follower = follow(store, after, { filter: { streamPrefixes: [prefix] } })
      await follower.until(() => follower.messages.at(-1)?.kind === 'caught-up', 'the end of history')
      assert.deepEqual(ids(follower.events), ids(old))
      assert.ok((follower.messages.at(-1)?.position ?? 0n) >= position)

      const last = await store.append([write(`${prefix}-1`, 4n, ...live)], metadata)
      await follower.until(() => follower.events.length === 8, 'the live events')
      assert.deepEqual(ids(follower.events), ids([...old, ...live]))
      await follower.until(() => {
        const message = follower.messages.at(-1)
        return message?.kind === 'caught-up' && message.position >= last.position
      }, 'the mark after the live events')
      await follower.stop()
      await destroy()
    })

    test('it says that it has caught up where there is nothing to tell', async () => {
      const { store, destroy } = await open()
      const after = await store.head()
      const follower = follow(store, after, { filter: { streamPrefixes: [newPrefix()] } })
      await follower.until(() => follower.messages.length > 0, 'the mark')
      assert.equal(follower.messages[0]?.kind, 'caught-up')
      assert.ok((follower.messages[0]?.position ?? -1n) >= after)
      await follower.stop()
      await destroy()
    })

    test('what the filter leaves out still moves the mark', async () => {
      const { store, destroy } = await open()
      const follower = follow(store, await store.head(), { filter: { streamPrefixes: [newPrefix()] } })
      await follower.until(() => follower.messages.length > 0, 'the mark')
      const { position } = await store.append([write(`${newPrefix()}-1`, 'none', sold(1))], metadata)
      await follower.until(() => (follower.messages.at(-1)?.position ?? -1n) >= position, 'the moved mark')
      assert.deepEqual(follower.events, [])
      await follower.stop()
      await destroy()
    })

    test('the position of a page is where another subscription goes on', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const filter = { streamPrefixes: [prefix] }
      const after = await store.head()
      const events = someSold(12)
      await store.append([write(`${prefix}-a`, 'none', ...events.slice(0, 7))], metadata)
      await store.append([write(`${prefix}-b`, 'none', ...events.slice(7))], metadata)
      const first = follow(store, after, { filter, pageSize: 5 })
      await first.until(() => first.events.length === 12, 'all events')
      await first.stop()
      let seen = 0
      for (const message of first.messages) {
        if (message.kind === 'events') {
          assert.ok(message.events.length <= 5)
          seen += message.events.length
        }
        const rest = follow(store, message.position, { filter })
        await rest.until(() => rest.messages.at(-1)?.kind === 'caught-up', 'the end of history')
        assert.deepEqual(ids(rest.events), ids(events.slice(seen)))
        await rest.stop()
      }
      await destroy()
    })

    test('aborting ends it promptly: while it waits, before it begins, and in the middle of history', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const after = await store.head()
      await store.append([write(`${prefix}-1`, 'none', ...someSold(20))], metadata)
      const filter = { streamPrefixes: [prefix] }

      const waiting = follow(store, after, { filter })
      await waiting.until(() => waiting.messages.at(-1)?.kind === 'caught-up', 'the end of history')
      await waiting.stop()

      const early: unknown[] = []
      for await (const message of store.subscribe({ after, filter, signal: AbortSignal.abort() })) early.push(message)
      assert.deepEqual(early, [])

      const abort = new AbortController()
      let messages = 0
      const amid = (async () => {
        for await (const _ of store.subscribe({ after, filter, pageSize: 2, signal: abort.signal })) {
          messages += 1
          abort.abort()
        }
      })()
      await soon(amid, 'the end of a subscription')
      assert.equal(messages, 1)
      await destroy()
    })

    test('no listeners are left behind on the signal', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const abort = new AbortController()
      const subscription = store.subscribe({
        after: await store.head(),
        filter: { streamPrefixes: [prefix] },
        signal: abort.signal,
      })
      let expected = 0
      for await (const message of subscription) {
        assert.ok(getEventListeners(abort.signal, 'abort').length <= 10)
        if (message.kind === 'caught-up') await store.append([write(`${prefix}-1`, 'any', sold(expected++))], metadata)
        if (expected === 30) break
      }
      assert.ok(getEventListeners(abort.signal, 'abort').length <= 1)
      await destroy()
    })

    test('several subscriptions see the same, however they began while many wrote', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const filter = { streamPrefixes: [prefix] }
      const after = await store.head()
      const followers = [follow(store, after, { filter })]
      const writers = Array.from({ length: 16 }, async (_, writer) => {
        for (let i = 0; i < 10; i += 1) {
          await store.append([write(`${prefix}-${writer % 4}`, 'any', sold(i), sold(i))], metadata)
          if (writer === 0 && i % 3 === 0) followers.push(follow(store, after, { filter, pageSize: 1 + i }))
        }
      })
      await Promise.all(writers)
      followers.push(follow(store, after, { filter }))
      const all = await collect(store.readAll({ after, filter }))
      assert.equal(all.length, 320)
      for (const follower of followers) {
        await follower.until(() => follower.events.length >= all.length, 'all events')
        assert.deepEqual(follower.events, all)
        await follower.stop()
      }
      await destroy()
    })

    test('two connections that write at once guard one another, and both follow all of it', async (t) => {
      const { store, beside, destroy } = await open()
      if (beside) {
        const other = await beside()
        const prefix = newPrefix()
        const filter = { streamPrefixes: [prefix] }
        const after = await store.head()
        const followers = [follow(store, after, { filter }), follow(other, after, { filter })]
        const count = async (by: EventStore): Promise<void> => {
          for (let done = 0; done < 15; ) {
            const [last] = await collect(by.readStream(`${prefix}-1`, { direction: 'backwards', limit: 1 }))
            const appending = by.append([write(`${prefix}-1`, last?.revision ?? 'none', sold(done))], metadata)
            await appending.then(
              () => {
                done += 1
              },
              (error) => assert.ok(error instanceof ConflictError),
            )
          }
        }
        await Promise.all([count(store), count(other), count(store), count(other)])
        const all = await collect(store.readAll({ after, filter }))
        assert.deepEqual(
          all.map(({ revision }) => revision),
          Array.from({ length: 60 }, (_, i) => BigInt(i)),
        )
        for (const follower of followers) {
          await follower.until(() => follower.events.length >= 60, 'what the other wrote')
          assert.deepEqual(follower.events, all)
          await follower.stop()
        }
      } else t.skip('this store is opened once')
      await destroy()
    })

    test('whatever is written when, and from wherever it is followed, nothing is missing and nothing comes twice', async () => {
      const { store, destroy } = await open()
      const appends = fc.array(
        fc.record({ stream: fc.nat(3), other: fc.nat(3), count: fc.integer({ min: 1, max: 4 }), wait: fc.boolean() }),
        { minLength: 1, maxLength: 25 },
      )
      const plan = { appends, begin: fc.nat(24), pageSize: fc.integer({ min: 1, max: 6 }), onlySold: fc.boolean() }
      await fc.assert(
        fc.asyncProperty(fc.record(plan), async ({ appends, begin, pageSize, onlySold }) => {
          const prefix = newPrefix()
          const filter = { streamPrefixes: [prefix], ...(onlySold && { types: ['StockSold'] }) }
          const after = await store.head()
          let follower = begin >= appends.length ? undefined : follow(store, after, { filter, pageSize })
          const pending: Promise<unknown>[] = []
          for (const [i, { stream, other, count, wait }] of appends.entries()) {
            const writes = [write(`${prefix}-${stream}`, 'any', ...someSold(count))]
            if (other !== stream) writes.push(write(`${prefix}-${other}`, 'any', sold(i, 'StockCounted')))
            pending.push(store.append(writes, metadata))
            if (wait) await pending.at(-1)
            if (i === begin) {
              await follower?.stop()
              follower = follow(store, after, { filter, pageSize })
            }
          }
          follower ??= follow(store, after, { filter, pageSize })
          await Promise.all(pending)
          const all = await collect(store.readAll({ after, filter }))
          await follower.until(() => (follower?.events.length ?? 0) >= all.length, 'all events')
          assert.deepEqual(follower.events, all)
          await follower.stop()
        }),
        { numRuns: 30 },
      )
      await destroy()
    })
  })
}
