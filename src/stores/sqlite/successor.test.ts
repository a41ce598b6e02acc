// A file of read models that is built to take another's place: seen whole or not at all, by whoever has the old one open.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { UnavailableError } from '../../kernel/errors.ts'
import type { Collection, ReadModels } from '../../kernel/read-models.ts'
import { openSqliteReadModels } from './read-models.ts'
import { beginSuccessor } from './successor.ts'

const folder = mkdtempSync(join(tmpdir(), 'caminho-'))
after(() => rmSync(folder, { recursive: true }))
let shops = 0
const newShop = () => {
  const name = `shop-${++shops}`
  const path = join(folder, `${name}.sqlite`)
  return {
    path,
    files: () => readdirSync(folder).filter((file) => new RegExp(`^${name}\\.(?!.*-(wal|shm)$)`).test(file)),
  }
}

interface Item {
  readonly price: number
}
const items: Collection<Item> = { name: 'items', version: 1, indexes: ['price'] }

const put = (models: ReadModels, number: number, price: number, position: bigint) =>
  models.save({
    saves: [{ generation: { collection: items, number }, documents: [{ id: 'a', position, document: { price } }] }],
    checkpoints: [{ generation: { collection: items, number }, position }],
  })
const priceIn = async (models: ReadModels) => (await models.get(items, 'a'))?.document.price

/** Read models that are served, with one document of price 1. */
async function served(path: string) {
  const models = openSqliteReadModels({ path })
  await models.prepare({ collection: items, number: 1 })
  await put(models, 1, 1, 1n)
  await models.activate({ collection: items, number: 1 })
  return models
}

const nothing = async () => undefined

test('whoever has the old file open sees it until the new one is whole, and then that one', async () => {
  const { path, files } = newShop()
  const [writer, reader] = [await served(path), openSqliteReadModels({ path })]
  const successor = await beginSuccessor(path, [items])
  await put(successor.models, 2, 2, 5n)
  assert.equal(await priceIn(reader), 1)
  await put(writer, 1, 3, 2n)
  assert.equal(await priceIn(reader), 3)

  await successor.models.activate({ collection: items, number: 2 })
  await successor.takeOver(nothing)
  for (const models of [reader, writer, openSqliteReadModels({ path })]) {
    assert.equal(await priceIn(models), 2)
    assert.deepEqual((await models.find(items, { where: { price: 2 } })).items.length, 1)
    assert.deepEqual(await models.checkpoints(), [
      { name: 'items', generation: 2, version: 1, position: 5n, live: true },
    ])
    await models.close()
  }
  assert.deepEqual(files(), [`shop-${shops}.2.sqlite`])
})

test('nobody saves in the old file from the moment on that the new one is brought to its position', async () => {
  const { path } = newShop()
  const writer = await served(path)
  const impatient = openSqliteReadModels({ path, busyTimeout: 10 })
  const successor = await beginSuccessor(path, [items])
  await successor.takeOver(async () => {
    await assert.rejects(put(impatient, 1, 9, 9n), UnavailableError)
    await put(successor.models, 2, 2, 5n)
  })
  await assert.rejects(put(writer, 1, 9, 9n), UnavailableError)
  assert.equal(await priceIn(writer), 2)
  await put(writer, 2, 4, 6n)
  assert.equal(await priceIn(impatient), 4)
  await Promise.all([writer.close(), impatient.close()])
})

test('each successor has a name and a number of its own, and the one after it too', async () => {
  const { path, files } = newShop()
  const models = await served(path)
  for (const number of [2, 3]) {
    const successor = await beginSuccessor(path, [items])
    await put(successor.models, number, number, 5n)
    await successor.takeOver(nothing)
    assert.equal(await priceIn(models), number)
    assert.deepEqual(files(), [`shop-${shops}.${number}.sqlite`])
  }
  await models.close()
})

test('what is discarded, or was left by a crash, is gone, and nobody has seen it', async () => {
  const { path, files } = newShop()
  const models = await served(path)
  const discarded = await beginSuccessor(path, [items])
  await put(discarded.models, 2, 2, 5n)
  discarded.discard()
  assert.deepEqual(files(), [`shop-${shops}.sqlite`])

  writeFileSync(path.replace('.sqlite', '.2.building'), 'half a file')
  assert.equal(await priceIn(models), 1)
  const successor = await beginSuccessor(path, [items])
  await put(successor.models, 2, 3, 5n)
  await successor.takeOver(nothing)
  assert.equal(await priceIn(models), 3)
  assert.deepEqual(files(), [`shop-${shops}.2.sqlite`])
  await models.close()
})

test('whoever still has a file open that a crashed builder has succeeded is told by the next builder', async () => {
  const { path, files } = newShop()
  const models = await served(path)
  const succeeding = await served(path.replace('.sqlite', '.2.sqlite'))
  await put(succeeding, 1, 5, 5n)
  await succeeding.close()
  assert.equal(await priceIn(models), 1)
  const successor = await beginSuccessor(path, [items])
  successor.discard()
  assert.equal(await priceIn(models), 5)
  assert.deepEqual(files(), [`shop-${shops}.2.sqlite`])
  await models.close()
})

test('while one is being built, nobody else begins one', async () => {
  const { path } = newShop()
  const models = await served(path)
  const successor = await beginSuccessor(path, [items])
  await assert.rejects(beginSuccessor(path, [items]), UnavailableError)
  await successor.takeOver(nothing)
  const next = await beginSuccessor(path, [items])
  next.discard()
  await models.close()
})

test('what was rebuilt in the old file meanwhile is not taken back', async () => {
  const { path, files } = newShop()
  const models = await served(path)
  const successor = await beginSuccessor(path, [items])
  await models.prepare({ collection: items, number: 2 })
  await put(models, 2, 7, 5n)
  await models.activate({ collection: items, number: 2 })
  await assert.rejects(successor.takeOver(nothing), UnavailableError)
  successor.discard()
  assert.equal(await priceIn(models), 7)
  assert.deepEqual(files(), [`shop-${shops}.sqlite`])
  await models.close()
})
