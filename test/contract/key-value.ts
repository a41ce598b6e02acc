// The contract of the key-value port: entries in spaces, each with a version by which writers notice one another.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { v7 as newId } from 'uuid'
import type { KeyValueStore } from '../../src/kernel/key-value.ts'
import type { Open } from './opened.ts'

/** Registers the tests of the key-value port for one adapter. */
export function keyValueContract(name: string, open: Open<KeyValueStore>): void {
  const space = () => `contract-${newId()}`

  describe(`${name} as a key-value store`, () => {
    test('what was put is got, with a version that grows by one', async () => {
      const { store, destroy } = await open()
      const keys = space()
      assert.equal(await store.get(keys, 'a'), undefined)
      assert.equal(await store.put(keys, 'a', { n: 1 }), 1)
      assert.equal(await store.put(keys, 'a', { n: 2 }), 2)
      assert.deepEqual(await store.get(keys, 'a'), { key: 'a', value: { n: 2 }, version: 2 })
      await destroy()
    })

    test('any JSON is kept as it is, under any key', async () => {
      const { store, destroy } = await open()
      const keys = space()
      const values = [null, true, 0, -1.5, '', 'Olá "🛒"', [], {}, { deep: [{ er: null }] }, 'x'.repeat(1_000_000)]
      for (const [i, value] of values.entries()) await store.put(keys, `chave ${i} ç/'"%_🛒`, value)
      for (const [i, value] of values.entries())
        assert.deepEqual((await store.get(keys, `chave ${i} ç/'"%_🛒`))?.value, value)
      await destroy()
    })

    test('spaces do not know of one another', async () => {
      const { store, destroy } = await open()
      const [one, other] = [space(), space()]
      await store.put(one, 'a', 1)
      assert.equal(await store.get(other, 'a'), undefined)
      assert.deepEqual(await store.list(other), [])
      assert.equal(await store.delete(other, 'a'), false)
      assert.equal((await store.get(one, 'a'))?.value, 1)
      await destroy()
    })

    test('the spaces with entries are known by name', async () => {
      const { store, destroy } = await open()
      const [one, other, emptied] = [space(), space(), space()]
      for (const each of [one, other, emptied]) for (const key of ['a', 'b']) await store.put(each, key, 1)
      for (const key of ['a', 'b']) await store.delete(emptied, key)
      const spaces = await store.spaces()
      assert.deepEqual(spaces, spaces.toSorted())
      assert.deepEqual(
        spaces.filter((each) => [one, other, emptied].includes(each)),
        [one, other].toSorted(),
      )
      await destroy()
    })

    test('a put that expects another version changes nothing', async () => {
      const { store, destroy } = await open()
      const keys = space()
      assert.equal(await store.put(keys, 'a', 'first', { expected: 1 }), undefined)
      assert.equal(await store.put(keys, 'a', 'first', { expected: 0 }), 1)
      assert.equal(await store.put(keys, 'a', 'second', { expected: 0 }), undefined)
      assert.equal(await store.put(keys, 'a', 'second', { expected: 2 }), undefined)
      assert.equal((await store.get(keys, 'a'))?.value, 'first')
      assert.equal(await store.put(keys, 'a', 'second', { expected: 1 }), 2)
      await destroy()
    })

    test('of 64 who claim a key at once, one gets it', async () => {
      const { store, beside, destroy } = await open()
      const other = beside ? await beside() : store
      const keys = space()
      const claims = await Promise.all(
        Array.from({ length: 64 }, (_, i) => (i % 2 === 0 ? store : other).put(keys, 'a', i, { expected: 0 })),
      )
      assert.equal(claims.filter((version) => version === 1).length, 1)
      assert.equal((await store.get(keys, 'a'))?.value, claims.indexOf(1))
      await destroy()
    })

    test('counting by compare-and-set loses nothing', async () => {
      const { store, beside, destroy } = await open()
      const other = beside ? await beside() : store
      const keys = space()
      await store.put(keys, 'count', 0)
      const increment = async (by: KeyValueStore): Promise<void> => {
        for (;;) {
          const entry = await by.get(keys, 'count')
          assert.ok(entry && typeof entry.value === 'number')
          if (await by.put(keys, 'count', entry.value + 1, { expected: entry.version })) return
        }
      }
      await Promise.all(Array.from({ length: 20 }, (_, i) => increment(i % 2 === 0 ? store : other)))
      assert.deepEqual(await other.get(keys, 'count'), { key: 'count', value: 20, version: 21 })
      await destroy()
    })

    test('what was deleted is gone, and begins anew', async () => {
      const { store, destroy } = await open()
      const keys = space()
      await store.put(keys, 'a', 1)
      await store.put(keys, 'a', 2)
      assert.equal(await store.delete(keys, 'a'), true)
      assert.equal(await store.delete(keys, 'a'), false)
      assert.equal(await store.get(keys, 'a'), undefined)
      assert.deepEqual(await store.list(keys), [])
      assert.equal(await store.put(keys, 'a', 3, { expected: 2 }), undefined)
      assert.equal(await store.put(keys, 'a', 3, { expected: 0 }), 1)
      await destroy()
    })

    test('many are got at once, those that exist', async () => {
      const { store, destroy } = await open()
      const keys = space()
      for (const key of ['a', 'b', 'c']) await store.put(keys, key, key)
      const found = await store.getMany(keys, ['c', 'x', 'a'])
      assert.deepEqual(found.map(({ key }) => key).sort(), ['a', 'c'])
      assert.deepEqual(await store.getMany(keys, []), [])
      await destroy()
    })

    test('entries are listed in order of key, by prefix, in pages', async () => {
      const { store, destroy } = await open()
      const keys = space()
      for (const key of ['b2', 'a1', 'b%', 'b10', 'B1', 'b_1', 'c']) await store.put(keys, key, key)
      const list = async (options: Parameters<KeyValueStore['list']>[1]) =>
        (await store.list(keys, options)).map(({ key }) => key)
      assert.deepEqual(await list({}), ['B1', 'a1', 'b%', 'b10', 'b2', 'b_1', 'c'])
      assert.deepEqual(await list({ prefix: 'b' }), ['b%', 'b10', 'b2', 'b_1'])
      assert.deepEqual(await list({ prefix: 'b_' }), ['b_1'])
      assert.deepEqual(await list({ prefix: 'b', after: 'b10' }), ['b2', 'b_1'])
      assert.deepEqual(await list({ prefix: 'b', after: 'b10', limit: 1 }), ['b2'])
      assert.deepEqual(await list({ prefix: 'd' }), [])
      await destroy()
    })

    test('what was put is there after the store was opened again', async (t) => {
      const { store, reopen, destroy } = await open()
      const keys = space()
      await store.put(keys, 'a', 1)
      if (reopen) assert.equal((await (await reopen()).get(keys, 'a'))?.version, 1)
      else t.skip('this store cannot be opened again')
      await destroy()
    })
  })
}
