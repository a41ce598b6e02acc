// The read-model contract, generations: one is built beside the one that answers, and takes over as a whole.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { UnavailableError } from '../../src/kernel/errors.ts'
import { START } from '../../src/kernel/event-store.ts'
import type { Collection, ReadModels } from '../../src/kernel/read-models.ts'
import type { Open } from './opened.ts'
import { generation, good, newShelf, save, saving, stocked } from './shelf.ts'

const checkpointsOf = async (models: ReadModels, { name }: Collection) =>
  (await models.checkpoints())
    .filter((checkpoint) => checkpoint.name === name)
    .sort((a, b) => a.generation - b.generation)

export function generationsContract(open: Open<ReadModels>): void {
  describe('generations', () => {
    test('the first one answers from the start, and begins before the first event', async () => {
      const { store, destroy } = await open()
      const shelf = newShelf(3)
      await store.prepare(generation(shelf))
      assert.deepEqual(await checkpointsOf(store, shelf), [
        { name: shelf.name, version: 3, generation: 1, position: START, live: true },
      ])
      await save(store, generation(shelf), saving('a', 1, good('Arroz')))
      assert.equal(await store.count(shelf), 1)
      await destroy()
    })

    test('preparing and activating again change nothing', async () => {
      const { store, destroy } = await open()
      const shelf = await stocked(store, { a: good('Arroz') })
      const before = await checkpointsOf(store, shelf)
      await store.prepare(generation(shelf))
      await store.activate(generation(shelf))
      assert.deepEqual(await checkpointsOf(store, shelf), before)
      assert.equal(await store.count(shelf), 1)
      await destroy()
    })

    test('a later one is built unseen, then takes over; the earlier one is gone', async () => {
      const { store, beside, destroy } = await open()
      const reader = beside ? await beside() : store
      const shelf = await stocked(store, { a: good('old'), b: good('old too') })
      const next: Collection<object> = { ...shelf, version: 2, indexes: ['label', 'name'], search: ['label'] }
      const [first, second] = [generation(shelf), generation(next, 2)]
      assert.equal((await reader.get(shelf, 'a'))?.document.name, 'old')
      await store.prepare(second)
      await store.save({
        saves: [{ generation: second, documents: [saving('a', 9, { name: 'new', label: 'Nova' })] }],
        checkpoints: [{ generation: second, position: 9n }],
      })

      assert.equal((await reader.get(shelf, 'a'))?.document.name, 'old')
      assert.deepEqual(await store.load(first, ['a']), [saving('a', 0, good('old'))])
      assert.deepEqual(
        (await checkpointsOf(reader, shelf)).map(({ generation, version, live }) => [generation, version, live]),
        [
          [1, 1, true],
          [2, 2, false],
        ],
      )

      await store.activate(second)
      assert.deepEqual((await reader.get(next, 'a'))?.document, { name: 'new', label: 'Nova' })
      assert.equal(await reader.get(next, 'b'), undefined)
      assert.equal((await reader.find(next, { text: 'nov' })).items.length, 1)
      assert.deepEqual(await checkpointsOf(reader, shelf), [
        { name: shelf.name, version: 2, generation: 2, position: 9n, live: true },
      ])
      await assert.rejects(store.load(first, ['a']), UnavailableError)
      await assert.rejects(save(store, first, saving('a', 99, good('ghost'))), UnavailableError)
      await assert.rejects(
        store.save({ saves: [], checkpoints: [{ generation: first, position: 99n }] }),
        UnavailableError,
      )
      assert.equal((await reader.get(next, 'a'))?.position, 9n)
      await destroy()
    })

    test('a generation that is being built survives the live one being activated again, as another process does at its start', async () => {
      const { store, destroy } = await open()
      const shelf = await stocked(store, { a: good('old') })
      const [first, second] = [generation(shelf), generation(shelf, 2)]
      await store.prepare(second)
      await save(store, second, saving('a', 5, good('new')))
      await store.activate(first)
      assert.equal((await store.get(shelf, 'a'))?.document.name, 'old')
      await store.activate(second)
      assert.equal((await store.get(shelf, 'a'))?.document.name, 'new')
      await assert.rejects(store.activate(first), UnavailableError)
      await destroy()
    })

    test('a generation that cannot be found by all that is declared now is told apart', async () => {
      const { store, destroy } = await open()
      const shelf = await stocked(store, { a: good('Arroz') })
      const absent = generation(shelf, 9)
      assert.deepEqual([await store.fits(generation(shelf)), await store.fits(absent)], [true, true])
      const changed: Collection<object> = { ...shelf, indexes: ['label', 'name'] }
      if (await store.fits(generation(changed))) {
        await store.activate(generation(changed))
        assert.deepEqual((await store.find(changed, { where: { label: 'Nova' } })).items, [])
      }
      await destroy()
    })

    test('another runner notices that its generation was dropped', async (t) => {
      const { store, beside, destroy } = await open()
      if (beside) {
        const other = await beside()
        const shelf = await stocked(store, { a: good('old') })
        const [first, second] = [generation(shelf), generation(shelf, 2)]
        await save(other, first, saving('a', 5, good('five')))
        assert.equal((await other.load(first, ['a'])).length, 1)
        await store.prepare(second)
        await store.activate(second)
        await assert.rejects(save(other, first, saving('a', 6, good('six'))), UnavailableError)
        await assert.rejects(other.load(first, ['a']), UnavailableError)
        await save(other, second, saving('a', 7, good('seven')))
        assert.equal((await store.get(shelf, 'a'))?.document.name, 'seven')
      } else t.skip('this adapter is opened once')
      await destroy()
    })

    test('whoever reads while generations change sees one or the other, never neither', async () => {
      const { store, beside, destroy } = await open()
      const reader = beside ? await beside() : store
      const shelf = await stocked(store, { a: good('generation 1') })
      let done = false
      let reads = 0
      const reading = (async () => {
        while (!done) {
          const [item, page] = [await reader.get(shelf, 'a'), await reader.find(shelf, { sort: { by: 'price' } })]
          assert.match(item?.document.name ?? 'nothing', /^generation \d+$/)
          assert.equal(page.items.length, 1)
          reads += 1
          await new Promise(setImmediate)
        }
      })()
      for (let number = 2; number <= 12; number += 1) {
        const next = generation(shelf, number)
        await store.prepare(next)
        await save(store, next, saving('a', number, good(`generation ${number}`)))
        await store.activate(next)
        await new Promise(setImmediate)
      }
      done = true
      await reading
      assert.ok(reads > 0)
      assert.equal((await reader.get(shelf, 'a'))?.document.name, 'generation 12')
      await destroy()
    })

    test('a checkpoint never goes backwards', async () => {
      const { store, destroy } = await open()
      const shelf = newShelf()
      const first = generation(shelf)
      await store.prepare(first)
      for (const position of [7n, 3n, 9n, 8n])
        await store.save({ saves: [], checkpoints: [{ generation: first, position }] })
      assert.equal((await checkpointsOf(store, shelf))[0]?.position, 9n)
      await destroy()
    })

    test('a projection that stopped says why until it goes on', async () => {
      const { store, destroy } = await open()
      const shelf = newShelf()
      const first = generation(shelf)
      await store.prepare(first)
      await store.fail(first, 'event 7 is bad')
      assert.equal((await checkpointsOf(store, shelf))[0]?.failure, 'event 7 is bad')
      await store.fail(first, null)
      assert.equal((await checkpointsOf(store, shelf))[0]?.failure, undefined)
      await destroy()
    })

    test('a generation that was never prepared is not there', async () => {
      const { store, destroy } = await open()
      const first = generation(newShelf())
      await assert.rejects(save(store, first, saving('a', 1, good('Arroz'))), UnavailableError)
      await assert.rejects(store.load(first, ['a']), UnavailableError)
      await destroy()
    })
  })
}
