// The codec: nothing that is not valid is written, nothing personal is written in the clear, and old facts read like new ones.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import { inNewFolder } from '../../test/contract/sqlite.ts'
import { openSqliteEventStore } from '../stores/sqlite/event-store.ts'
import { openSqliteKeyValue } from '../stores/sqlite/key-value.ts'
import { coded, typesOf } from './codec.ts'
import { InvalidEventError, SealBrokenError } from './errors.ts'
import { type EventCatalogue, events, next, personal, v1 } from './event.ts'
import { collect, type StreamWrite, type Ticket } from './event-store.ts'
import { openVault, type Vault } from './vault.ts'

const person = { person: 'personId' }
const met1 = v1({ personId: z.string(), name: personal(z.string()), phone: personal(z.string()) }, person)
const met2 = next(
  met1,
  { personId: z.string(), fullName: personal(z.string()), place: z.string() },
  ({ name, personId }) => ({
    personId,
    fullName: name,
    place: 'Maputo',
  }),
)
/** Personal once, no longer since. */
const rated2 = next(
  v1({ personId: z.string(), stars: personal(z.int()) }, person),
  { personId: z.string(), stars: z.int().nullable() },
  (data) => data,
)
const earlier = events('guest', { Met: met1, Rated: v1({ personId: z.string(), stars: personal(z.int()) }, person) })
const today = events('guest', { Met: met2, Rated: rated2, Counted: v1({ n: z.int() }) })

const metadata = { actor: 'system:test', correlationId: 'test' }
const write = (stream: string, type: string, data: unknown, schema = 1): StreamWrite => ({
  stream: `guest-${stream}`,
  expected: 'any',
  events: [{ id: newId(), type, schema, data }],
})

const openLog = inNewFolder((path) => openSqliteEventStore({ path }))
const openKeys = inNewFolder((path) => openSqliteKeyValue({ path }))

describe('the codec', () => {
  let log: Awaited<ReturnType<typeof openLog>>
  let keys: Awaited<ReturnType<typeof openKeys>>
  let vault: Vault
  before(async () => {
    log = await openLog()
    keys = await openKeys()
    vault = openVault(keys.store, Buffer.alloc(32, 1))
  })
  after(async () => {
    await log.destroy()
    await keys.destroy()
  })
  const storeOf = (catalogue: EventCatalogue = today, over = vault) => coded(log.store, [catalogue], over)
  const readRaw = async (stream: string) =>
    JSON.stringify((await collect(log.store.readStream(`guest-${stream}`))).map(({ data }) => data))
  const read = async (stream: string, store = storeOf()) =>
    (await collect(store.readStream(`guest-${stream}`))).map(({ data }) => data)

  test('keeps personal fields sealed in the log, and gives null once the person is erased', async () => {
    await storeOf().append(
      [write('ana', 'Met', { personId: 'ana', fullName: 'Ana Maria', place: 'Beira' }, 2)],
      metadata,
    )
    const raw = await readRaw('ana')
    assert(!raw.includes('Ana Maria'))
    assert(raw.includes('Beira'))
    assert.deepEqual(await read('ana'), [{ personId: 'ana', fullName: 'Ana Maria', place: 'Beira' }])
    await vault.erase('ana')
    assert.deepEqual(await read('ana'), [{ personId: 'ana', fullName: null, place: 'Beira' }])
    await storeOf().append([write('ana', 'Met', { personId: 'ana', fullName: 'Ana', place: 'Beira' }, 2)], metadata)
    assert.deepEqual((await read('ana'))[1], { personId: 'ana', fullName: null, place: 'Beira' })
  })

  test('opens what earlier versions have sealed, and then brings it up', async () => {
    const old = storeOf(earlier)
    await old.append([write('rui', 'Met', { personId: 'rui', name: 'Rui', phone: '84 1' })], metadata)
    await old.append([write('rui', 'Rated', { personId: 'rui', stars: 5 })], metadata)
    const [met, rated] = await collect(storeOf().readStream('guest-rui'))
    assert.deepEqual([met?.schema, met?.data], [2, { personId: 'rui', fullName: 'Rui', place: 'Maputo' }])
    assert.deepEqual(rated?.data, { personId: 'rui', stars: 5 })
    await vault.erase('rui')
    assert.deepEqual(await read('rui'), [
      { personId: 'rui', fullName: null, place: 'Maputo' },
      { personId: 'rui', stars: null },
    ])
  })

  test('writes nothing of an append of which one event is not valid', async () => {
    const head = await log.store.head()
    const invalid: [string, unknown, number][] = [
      ['Counted', { n: 'three' }, 1],
      ['Counted', { n: 3, more: true }, 1],
      ['Counted', { n: 3 }, 2],
      ['Unheard', {}, 1],
      ['Met', { fullName: 'Nobody', place: 'Beira' }, 2],
    ]
    for (const [type, data, schema] of invalid) {
      const ticket: Ticket = { state: 'pending' }
      const writes = [write('good', 'Counted', { n: 1 }), write('bad', type, data, schema)]
      await assert.rejects(storeOf().append(writes, metadata, { ticket }), InvalidEventError)
      assert.equal(ticket.state, 'failed')
    }
    assert.equal(await log.store.head(), head)
  })

  test('lets pass what it does not know when it reads', async () => {
    await log.store.append([write('new', 'FromTomorrow', { sealed: 1, n: { sealed: 'x' } })], metadata)
    assert.deepEqual(await read('new'), [{ sealed: 1, n: { sealed: 'x' } }])
  })

  test('hands appends over in the order in which they were asked for, although sealing takes its time', async () => {
    const slow: Vault = {
      ...vault,
      async keyFor(person) {
        for (let n = 0; n < 3; n += 1) await new Promise(setImmediate)
        return vault.keyFor(person)
      },
    }
    const store = storeOf(today, slow)
    const appends: Promise<unknown>[] = []
    for (let n = 0; n < 30; n += 1) {
      const met = write('order', 'Met', { personId: 'eva', fullName: `n${n}`, place: 'x' }, 2)
      appends.push(store.append([n % 3 ? write('order', 'Counted', { n }) : met], metadata))
      // Some come while others are being sealed, some in the very ticks in which they are handed over.
      if (n % 7 === 0) await appends.at(-1)
      else for (let tick = 0; tick < n; tick += 1) await undefined
    }
    await Promise.all(appends)
    const order = (await read('order')).map((data) => {
      const { n, fullName } = z.object({ n: z.int().optional(), fullName: z.string().optional() }).parse(data)
      return n ?? Number(fullName?.slice(1))
    })
    assert.deepEqual(
      order,
      Array.from({ length: 30 }, (_, n) => n),
    )
  })

  test('fails an append whose key cannot be had, and those that build on it, but none beside them', async () => {
    const broken: Vault = { ...vault, keyFor: () => Promise.reject(new Error('the keys are out of reach')) }
    const store = storeOf(today, broken)
    const [first, second]: Ticket[] = [{ state: 'pending' }, { state: 'pending' }]
    assert(first && second)
    const met = write('keyless', 'Met', { personId: 'lia', fullName: 'Lia', place: 'x' }, 2)
    const failing = store.append([met], metadata, { ticket: first })
    const following = store.append([write('keyless', 'Counted', { n: 1 })], metadata, {
      ticket: second,
      after: [first],
    })
    const beside = store.append([write('beside', 'Counted', { n: 1 })], metadata)
    await assert.rejects(failing, /out of reach/)
    await assert.rejects(following, { code: 'conflict' })
    await beside
    assert.deepEqual([first.state, second.state], ['failed', 'failed'])
  })

  test('reads null where the key was erased while the append was under way', async () => {
    const erasing: Vault = {
      ...vault,
      async keyFor(person) {
        const key = await vault.keyFor(person)
        await vault.erase(person)
        return key
      },
    }
    await storeOf(today, erasing).append(
      [write('late', 'Met', { personId: 'late', fullName: 'Late', place: 'x' }, 2)],
      metadata,
    )
    assert.deepEqual(await read('late'), [{ personId: 'late', fullName: null, place: 'x' }])
  })

  test('says which field of which event was tampered with, or moved to where it does not belong', async () => {
    await storeOf().append([write('tina', 'Met', { personId: 'tina', fullName: 'Tina', place: 'x' }, 2)], metadata)
    const [sealed] = await collect(log.store.readStream('guest-tina'))
    await log.store.append([write('forged', 'Met', sealed?.data, 2)], metadata)
    await assert.rejects(read('forged'), (error) => {
      assert(error instanceof SealBrokenError)
      assert.match(error.message, /field fullName of event Met/)
      return true
    })
  })
})

test('two aggregates cannot declare the same event', () => {
  assert.throws(() => typesOf([today, events('other', { Counted: v1({}) })]), /Counted/)
})

test('a personal field names its person, whole, and under the same name in every version', () => {
  assert.throws(() => v1({ name: personal(z.string()) }), /person/)
  for (const hidden of [
    z.object({ name: personal(z.string()) }),
    z.array(personal(z.string())),
    personal(z.string()).optional(),
    z.union([z.int(), z.object({ deep: z.array(personal(z.string())) })]),
  ])
    assert.throws(() => v1({ personId: z.string(), hidden }, person), /hidden/)
  assert.throws(() => next(met1, { whose: z.string() }, (data) => data, { person: 'whose' }), /personId/)
})
