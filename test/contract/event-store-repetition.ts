// The event-store contract, repetition: an append whose answer was lost can be made again without harm.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DuplicateEventError } from '../../src/kernel/errors.ts'
import { collect, type EventStore } from '../../src/kernel/event-store.ts'
import { ids, metadata, newPrefix, sold, someSold, write } from './log.ts'
import type { Open } from './opened.ts'

export function repetitionContract(open: Open<EventStore>): void {
  describe('repeating an append', () => {
    test('gives the same answer and writes nothing', async () => {
      const { store, destroy } = await open()
      const stream = `${newPrefix()}-1`
      const writes = [write(stream, 'none', ...someSold(2))]
      const first = await store.append(writes, metadata)
      assert.deepEqual(await store.append(writes, metadata), first)
      assert.equal((await collect(store.readStream(stream))).length, 2)
      await destroy()
    })

    test('over several streams, after more was written to them, still gives the first answer', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const [a, b] = [`${prefix}-a`, `${prefix}-b`]
      await store.append([write(b, 'none', sold(0))], metadata)
      const writes = [write(a, 'none', sold(1), sold(2)), write(b, 0n, sold(3))]
      const first = await store.append(writes, metadata)
      assert.deepEqual(first.revisions, [1n, 1n])
      await store.append([write(a, 1n, sold(4))], metadata)
      await store.append([write(b, 1n, sold(5))], metadata)

      assert.deepEqual(await store.append(writes, metadata), first)
      assert.equal((await collect(store.readStream(a))).length, 3)
      assert.equal((await collect(store.readStream(b))).length, 3)
      await destroy()
    })

    test('ten times at once records it once', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const writes = [write(`${prefix}-a`, 'none', sold(1)), write(`${prefix}-b`, 'none', sold(2))]
      const answers = await Promise.all(Array.from({ length: 10 }, () => store.append(writes, metadata)))
      for (const answer of answers) assert.deepEqual(answer, answers[0])
      assert.equal((await collect(store.readStream(`${prefix}-a`))).length, 1)
      await destroy()
    })

    test('after the store was opened again is still known', async (t) => {
      const { store, reopen, destroy } = await open()
      if (reopen) {
        const writes = [write(`${newPrefix()}-1`, 'none', ...someSold(2))]
        const first = await store.append(writes, metadata)
        assert.deepEqual(await (await reopen()).append(writes, metadata), first)
      } else t.skip('this store cannot be opened again')
      await destroy()
    })

    test('with other events, or in another stream, is refused', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const [first, second] = someSold(2)
      assert.ok(first && second)
      await store.append([write(`${prefix}-a`, 'none', first, second)], metadata)

      const others = [
        [write(`${prefix}-a`, 'none', first)],
        [write(`${prefix}-a`, 'none', first, sold(3))],
        [write(`${prefix}-a`, 'none', first, second, sold(3))],
        [write(`${prefix}-b`, 'none', first, second)],
      ]
      for (const writes of others)
        await assert.rejects(store.append(writes, metadata), (error) => {
          assert.ok(error instanceof DuplicateEventError, String(error))
          assert.equal(error.eventId, first.id)
          return true
        })
      assert.deepEqual(ids(await collect(store.readStream(`${prefix}-a`))), ids([first, second]))
      assert.deepEqual(await collect(store.readStream(`${prefix}-b`)), [])
      await destroy()
    })
  })
}
