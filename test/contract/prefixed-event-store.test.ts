// A part of a shared event store against the contract of the port, and that the parts know nothing of each other.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConflictError } from '../../src/kernel/errors.ts'
import { collect, START } from '../../src/kernel/event-store.ts'
import { prefixed } from '../../src/stores/prefixed.ts'
import { openSqliteEventStore } from '../../src/stores/sqlite/event-store.ts'
import { eventStoreContract } from './event-store.ts'
import { metadata, sold, write } from './log.ts'
import { inNewFolder } from './sqlite.ts'

eventStoreContract(
  'A part of a shared store',
  inNewFolder((path) => prefixed(openSqliteEventStore({ path }), 'shop-1.')),
)

test('two installations on one store know nothing of each other', async () => {
  const { store, destroy } = await inNewFolder((path) => openSqliteEventStore({ path }))()
  const [one, other] = [prefixed(store, 'one.'), prefixed(store, 'other.')]
  assert.equal(await one.head(), START)
  const { position } = await one.append([write('stock-1', 'none', sold(1))], metadata)
  await other.append([write('stock-1', 'none', sold(2))], metadata)
  assert.equal(await one.head(), position)
  assert.deepEqual(
    (await collect(one.readAll({ filter: { streamPrefixes: ['stock-'] } }))).map(({ stream }) => stream),
    ['stock-1'],
  )
  assert.deepEqual(
    (await collect(store.readAll())).map(({ stream }) => stream),
    ['one.stock-1', 'other.stock-1'],
  )
  await assert.rejects(one.append([write('stock-1', 'none', sold(3))], metadata), (error) => {
    assert(error instanceof ConflictError)
    assert.equal(error.stream, 'stock-1')
    return true
  })
  await destroy()
})
