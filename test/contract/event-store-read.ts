// The event-store contract, reading: by stream and by position, both ways, in pages, filtered, whatever the events look like.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RecordedEvent } from '../../src/kernel/event.ts'
import { collect, type EventStore, START } from '../../src/kernel/event-store.ts'
import { ids, metadata, newPrefix, sold, someSold, write } from './log.ts'
import type { Open } from './opened.ts'

/** Ten appends over three streams, some to two at once; 30 events. */
async function fill(store: EventStore, prefix: string): Promise<{ before: bigint; all: RecordedEvent[] }> {
  const before = await store.head()
  for (let i = 0; i < 10; i += 1)
    await store.append(
      [
        write(`${prefix}-${i % 3}`, 'any', sold(i), sold(i, 'StockCounted')),
        write(`${prefix}-${(i + 1) % 3}`, 'any', sold(i, 'StockReceived')),
      ],
      metadata,
    )
  return { before, all: await collect(store.readAll({ after: before, filter: { streamPrefixes: [prefix] } })) }
}

export function readContract(open: Open<EventStore>): void {
  describe('reading', () => {
    test('a stream that does not exist has no events', async () => {
      const { store, destroy } = await open()
      const stream = `${newPrefix()}-none`
      assert.deepEqual(await collect(store.readStream(stream)), [])
      assert.deepEqual(await collect(store.readStream(stream, { direction: 'backwards' })), [])
      await destroy()
    })

    test('a stream can be read from any revision, both ways, and only so far', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const { all } = await fill(store, prefix)
      for (const stream of [0, 1, 2].map((i) => `${prefix}-${i}`)) {
        const own = all.filter((event) => event.stream === stream)
        const reversed = own.toReversed()
        assert.deepEqual(await collect(store.readStream(stream)), own)
        assert.deepEqual(await collect(store.readStream(stream, { direction: 'backwards' })), reversed)
        assert.deepEqual(
          own.map(({ revision }) => revision),
          own.map((_, i) => BigInt(i)),
        )
        for (const [i, { revision: after }] of own.entries()) {
          assert.deepEqual(await collect(store.readStream(stream, { after })), own.slice(i + 1))
          assert.deepEqual(await collect(store.readStream(stream, { after, limit: 2 })), own.slice(i + 1, i + 3))
          assert.deepEqual(
            await collect(store.readStream(stream, { after, direction: 'backwards' })),
            own.slice(0, i).reverse(),
          )
          const last = await collect(store.readStream(stream, { after, direction: 'backwards', limit: 1 }))
          assert.deepEqual(last, own.slice(0, i).slice(-1))
        }
        assert.deepEqual(await collect(store.readStream(stream, { after: 1_000_000n })), [])
        assert.deepEqual(
          await collect(store.readStream(stream, { after: 1_000_000n, direction: 'backwards' })),
          reversed,
        )
      }
      await destroy()
    })

    test('the whole log can be read from any position, both ways', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const filter = { streamPrefixes: [prefix] }
      const { before, all } = await fill(store, prefix)
      assert.equal(all.length, 30)
      assert.ok(all.every((event, i) => i === 0 || event.position > (all[i - 1]?.position ?? 0n)))
      for (const [i, { position: after }] of all.entries()) {
        assert.deepEqual(await collect(store.readAll({ after, filter })), all.slice(i + 1))
        if (i === 0) continue
        const backwards = store.readAll({ after, filter, direction: 'backwards', limit: i })
        assert.deepEqual(await collect(backwards), all.slice(0, i).reverse())
      }
      const last = await collect(store.readAll({ direction: 'backwards', filter, limit: 30 }))
      assert.deepEqual(last, all.toReversed())
      assert.ok((all[0]?.position ?? before) > before)
      await destroy()
    })

    test('pages hold no more than asked for, and leave nothing out', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const filter = { streamPrefixes: [prefix] }
      const { before, all } = await fill(store, prefix)
      for (const pageSize of [1, 2, 7, 30, 1_000])
        for (const limit of [undefined, 0, 1, 8, 30, 31]) {
          const pages: (readonly RecordedEvent[])[] = []
          for await (const page of store.readAll({
            after: before,
            filter,
            pageSize,
            ...(limit !== undefined && { limit }),
          }))
            pages.push(page)
          assert.ok(pages.every(({ length }) => length > 0 && length <= pageSize))
          assert.deepEqual(ids(pages.flat()), ids(all.slice(0, limit ?? 30)))
        }
      await destroy()
    })

    test('the log is read from an event on, with it', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const { all } = await fill(store, prefix)
      const filter = { streamPrefixes: [prefix] }
      for (const at of [0, 1, 17, 29]) {
        const from = all[at]?.position ?? START
        assert.deepEqual(ids(await collect(store.readAll({ from, filter }))), ids(all.slice(at)))
        assert.deepEqual(ids(await collect(store.readAll({ from, limit: 1 }))), ids(all.slice(at, at + 1)))
      }
      await destroy()
    })

    test('filters by type and by the beginning of the stream hold together', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const { before, all } = await fill(store, prefix)
      const read = async (types: string[] | undefined, streamPrefixes: string[]) =>
        ids(await collect(store.readAll({ after: before, filter: { ...(types && { types }), streamPrefixes } })))

      assert.deepEqual(
        await read(['StockReceived', 'StockCounted'], [prefix]),
        ids(all.filter(({ type }) => type !== 'StockSold')),
      )
      assert.deepEqual(
        await read(undefined, [`${prefix}-0`, `${prefix}-2`]),
        ids(all.filter(({ stream }) => !stream.endsWith('-1'))),
      )
      assert.deepEqual(
        await read(['StockSold'], [`${prefix}-1`]),
        ids(all.filter(({ type, stream }) => type === 'StockSold' && stream.endsWith('-1'))),
      )
      assert.deepEqual(await read(['Nothing'], [prefix]), [])
      assert.deepEqual(await read(undefined, []), [])
      await destroy()
    })

    test('revisions and positions are bigints', async () => {
      const { store, destroy } = await open()
      const stream = `${newPrefix()}-1`
      const { position, revisions } = await store.append([write(stream, 'none', sold(1))], metadata)
      const [event] = await collect(store.readStream(stream))
      for (const value of [position, ...revisions, event?.position, event?.revision, await store.head()])
        assert.equal(typeof value, 'bigint')
      await destroy()
    })

    test('an event of a megabyte is read as it was written', async () => {
      const { store, destroy } = await open()
      const stream = `${newPrefix()}-1`
      const large = { ...sold(1), data: { photo: 'ç'.repeat(500_000) } }
      await store.append([write(stream, 'none', large)], metadata)
      const [event] = await collect(store.readStream(stream))
      assert.deepEqual(event?.data, large.data)
      await destroy()
    })

    test('an append of 5,000 events is one', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const before = await store.head()
      const [a, b] = [someSold(2_500), someSold(2_500)]
      const { revisions } = await store.append(
        [write(`${prefix}-a`, 'none', ...a), write(`${prefix}-b`, 'none', ...b)],
        metadata,
      )
      assert.deepEqual(revisions, [2_499n, 2_499n])
      const filter = { streamPrefixes: [prefix] }
      assert.deepEqual(ids(await collect(store.readAll({ after: before, filter, pageSize: 700 }))), ids([...a, ...b]))
      assert.deepEqual(ids(await collect(store.readStream(`${prefix}-b`, { after: 2_000n }))), ids(b.slice(2_001)))
      const last = await collect(store.readStream(`${prefix}-a`, { direction: 'backwards', limit: 3 }))
      assert.deepEqual(ids(last), ids(a.slice(-3).reverse()))
      await destroy()
    })

    test('streams of odd names are told apart', async () => {
      const { store, destroy } = await open()
      const prefix = newPrefix()
      const odd = [
        'acção',
        'accao',
        'A',
        'a',
        'a b',
        "o'clock",
        '"quoted"',
        'a/b?c=d#e',
        '50%',
        '_',
        '%',
        '🛒',
        'a\\b',
        '00',
        '0',
        'a--b',
      ]
      const streams = odd.map((name) => `${prefix}-${name}`)
      for (const stream of streams)
        await store.append([write(stream, 'none', { ...sold(1), data: { stream } })], metadata)
      for (const stream of streams) {
        const events = await collect(store.readStream(stream))
        assert.deepEqual(
          events.map((event) => [event.stream, event.data]),
          [[stream, { stream }]],
        )
      }
      await destroy()
    })

    test('numbers, texts and structures come back as JSON keeps them', async () => {
      const { store, destroy } = await open()
      const stream = `${newPrefix()}-1`
      const data = {
        largest: Number.MAX_SAFE_INTEGER,
        smallest: Number.MIN_SAFE_INTEGER,
        fraction: 0.1,
        text: 'Olá, \u0000 "mundo" \\ \n \u2028 🛒',
        yes: true,
        nothing: null,
        list: [[], {}, [1, 'two']],
      }
      await store.append([write(stream, 'none', { ...sold(1), data })], metadata)
      const [event] = await collect(store.readStream(stream))
      assert.deepEqual(event?.data, data)
      await destroy()
    })
  })
}
