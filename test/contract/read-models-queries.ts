// The read-model contract, queries: conditions, search, order and pages, against plain filtering and sorting.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { InvalidQueryError } from '../../src/kernel/errors.ts'
import type { Query, ReadModels, Where } from '../../src/kernel/read-models.ts'
import type { Open } from './opened.ts'
import { type Good, generation, good, ids, pagesOf, save, saving, stocked } from './shelf.ts'

const goods: Readonly<Record<string, Good>> = {
  arroz: good('Arroz Xirico 25 kg', { price: 1_500 }),
  acucar: good('Açúcar castanho', { price: 90, notes: 'Maragra' }),
  sabao: good('Sabão Maeva', { category: 'home', price: 35, active: false }),
  pilhas: good('Pilhas AA', { category: null, price: null }),
  oleo: good('Óleo Fula 1 L', { category: 'food ', price: 150 }),
  vela: { name: 'Vela', price: 35, active: true },
}

export function queriesContract(open: Open<ReadModels>): void {
  describe('queries', () => {
    const cases: readonly [string, Where<Good>, readonly string[]][] = [
      ['nothing in particular', {}, Object.keys(goods)],
      ['a text', { category: 'food' }, ['arroz', 'acucar']],
      ['a number', { price: 35 }, ['sabao', 'vela']],
      ['true', { active: true }, ['arroz', 'acucar', 'pilhas', 'oleo', 'vela']],
      ['false', { active: false }, ['sabao']],
      ['null or missing', { category: null }, ['pilhas', 'vela']],
      ['at least', { price: { gte: 90 } }, ['arroz', 'acucar', 'oleo']],
      ['more than, and at most', { price: { gt: 35, lte: 150 } }, ['acucar', 'oleo']],
      ['less than', { price: { lt: 90 } }, ['sabao', 'vela']],
      ['a range of texts', { name: { gte: 'P', lt: 'T' } }, ['pilhas', 'sabao']],
      ['one of', { price: { in: [35, 90, 7] } }, ['acucar', 'sabao', 'vela']],
      ['one of, or nothing', { category: { in: ['home', null] } }, ['sabao', 'pilhas', 'vela']],
      ['one of none', { price: { in: [] } }, []],
      ['a prefix', { category: { prefix: 'food' } }, ['arroz', 'acucar', 'oleo']],
      ['a prefix of nobody', { category: { prefix: 'Food' } }, []],
      ['an empty prefix', { category: { prefix: '' } }, ['arroz', 'acucar', 'oleo', 'sabao']],
      ['several at once', { category: 'food', price: { lt: 1_000 }, active: true }, ['acucar']],
      ['what looks like a command', { name: "' OR 1=1 --" }, []],
    ]
    for (const [what, where, expected] of cases)
      test(`documents are found by ${what}`, async () => {
        const { store, destroy } = await open()
        const shelf = await stocked(store, goods)
        assert.deepEqual(ids((await store.find(shelf, { where })).items), [...expected].sort())
        assert.equal(await store.count(shelf, { where }), expected.length)
        await destroy()
      })

    const searches: readonly [string, readonly string[]][] = [
      ['ARROZ', ['arroz']],
      ['acu', ['acucar']],
      ['AÇÚ', ['acucar']],
      ['oleo', ['oleo']],
      ['ma', ['acucar', 'sabao']],
      ['cast mara', ['acucar']],
      ['mara cast', ['acucar']],
      ['cast arroz', []],
      ['25', ['arroz']],
      ['rroz', []],
      ['kg, (xirico)', ['arroz']],
      ['"%_*', []],
      ['  ', Object.keys(goods)],
    ]
    for (const [text, expected] of searches)
      test(`searching for »${text}« finds ${expected.join(', ') || 'nothing'}`, async () => {
        const { store, destroy } = await open()
        const shelf = await stocked(store, goods)
        assert.deepEqual(ids((await store.find(shelf, { text })).items), [...expected].sort())
        assert.equal(await store.count(shelf, { text }), expected.length)
        await destroy()
      })

    test('a changed document is found by its new words and values, and by them alone', async () => {
      const { store, destroy } = await open()
      const shelf = await stocked(store, goods)
      await save(store, generation(shelf), saving('arroz', 50, good('Massa Xirico', { price: 60 })))
      const found = async (query: Query<Good>) => ids((await store.find(shelf, query)).items)
      assert.deepEqual(await found({ text: 'arroz' }), [])
      assert.deepEqual(await found({ text: 'massa xirico' }), ['arroz'])
      assert.deepEqual(await found({ where: { price: 1_500 } }), [])
      assert.deepEqual(await found({ where: { price: 60 }, text: 'mas' }), ['arroz'])
      await destroy()
    })

    test('a field that is not indexed, and words where none are searched, are the mistake of the caller', async () => {
      const { store, destroy } = await open()
      const shelf = await stocked(store, goods)
      const wrong: readonly Query<Good>[] = [
        { where: { notes: 'Maragra' } },
        { where: { 'price" OR 1=1 --': 1 } as Where<Good> },
        { sort: { by: 'notes' } },
        { sort: { by: 'id) --' as 'name' } },
      ]
      for (const query of wrong) await assert.rejects(store.find(shelf, query), InvalidQueryError)
      await assert.rejects(store.count(shelf, { where: { notes: 'x' } }), InvalidQueryError)
      const { search: _, ...mute } = shelf
      await assert.rejects(store.find(mute, { text: 'arroz' }), InvalidQueryError)
      await destroy()
    })

    test('a page holds fifty unless asked otherwise, and from one to a thousand', async () => {
      const { store, destroy } = await open()
      const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`good-${i}`, good('Good')]))
      const shelf = await stocked(store, many)
      assert.equal((await store.find(shelf)).items.length, 50)
      assert.equal((await store.find(shelf, { limit: 1_000 })).next, undefined)
      for (const limit of [0, -1, 1.5, 1_001, Number.NaN])
        await assert.rejects(store.find(shelf, { limit }), InvalidQueryError, `a limit of ${limit}`)
      await destroy()
    })

    test('a cursor belongs to its order, and nothing else is one', async () => {
      const { store, destroy } = await open()
      const shelf = await stocked(store, goods)
      const { next } = await store.find(shelf, { sort: { by: 'price' }, limit: 2 })
      assert.ok(next)
      assert.match(next, /^[\w.~-]+$/, 'it can stand in an address')
      const forged = Buffer.from('["price",false,{"$gt":0},"a"]').toString('base64url')
      const wrong: readonly Query<Good>[] = [
        { after: next },
        { sort: { by: 'name' }, after: next },
        { sort: { by: 'price', direction: 'descending' }, after: next },
        ...['', 'x', 'null', '%%%', forged, `${next}x`.repeat(3)].map((after) => ({
          sort: { by: 'price' as const },
          after,
        })),
      ]
      for (const query of wrong) await assert.rejects(store.find(shelf, query), InvalidQueryError, query.after)
      await destroy()
    })

    test('pages go on where they ended, whatever is added or removed meanwhile', async () => {
      const { store, destroy } = await open()
      const shelf = await stocked(
        store,
        Object.fromEntries([10, 20, 30, 40, 50].map((price) => [`g${price}`, good('Good', { price })])),
      )
      const sort = { by: 'price' } as const
      const first = await store.find(shelf, { sort, limit: 2 })
      assert.deepEqual(ids(first.items), ['g10', 'g20'])
      await save(
        store,
        generation(shelf),
        saving('g05', 100, good('Good', { price: 5 })),
        saving('g20', 101, null),
        saving('g35', 102, good('Good', { price: 35 })),
      )
      const rest = await store.find(shelf, { sort, limit: 10, ...(first.next && { after: first.next }) })
      assert.deepEqual(ids(rest.items), ['g30', 'g35', 'g40', 'g50'])
      await destroy()
    })

    test('whatever is asked, the pages together are what filtering and sorting give', async () => {
      const { store, destroy } = await open()
      const price = fc.option(fc.integer({ min: 0, max: 4 }))
      const category = fc.option(fc.constantFrom('a', 'b', 'B', 'ç', ''))
      const one = fc.record({ price, category, active: fc.boolean(), name: fc.constantFrom('x', 'y') })
      const shelves = fc.array(one, { maxLength: 30 })
      const where = fc.record({ price, category, active: fc.boolean() }, { requiredKeys: [] })
      const by = fc.constantFrom('price', 'category', 'active', 'name', undefined)
      const plan = { goods: shelves, where, by, descending: fc.boolean(), limit: fc.integer({ min: 1, max: 12 }) }
      await fc.assert(
        fc.asyncProperty(fc.record(plan), async ({ goods, where, by, descending, limit }) => {
          const shelf = await stocked(store, Object.fromEntries(goods.map((document, i) => [`id${i}`, document])))
          const direction = descending ? ('descending' as const) : ('ascending' as const)
          const pages = await pagesOf(store, shelf, { where, limit, ...(by && { sort: { by, direction } }) })

          const wanted = goods
            .map((document, i) => ({ id: `id${i}`, document }))
            .filter(({ document }) => Object.entries(where).every(([key, value]) => document[key as 'price'] === value))
            .sort((a, b) => {
              const order = by ? compare(a.document[by], b.document[by]) : 0
              // Only a given order has a direction.
              return by && descending ? -(order || compare(a.id, b.id)) : order || compare(a.id, b.id)
            })
          assert.deepEqual(ids(pages.flat()), ids(wanted))
          assert.ok(pages.every((page, i) => (i < pages.length - 1 ? page.length === limit : page.length <= limit)))
          assert.equal(await store.count(shelf, { where }), wanted.length)
        }),
        { numRuns: 60 },
      )
      await destroy()
    })
  })
}

/** Nothing comes first; texts by their code points. */
function compare(a: Good[keyof Good], b: Good[keyof Good]): number {
  if (a === b) return 0
  if (a === null || a === undefined) return -1
  if (b === null || b === undefined) return 1
  return a < b ? -1 : 1
}
