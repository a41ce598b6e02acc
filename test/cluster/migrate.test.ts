// An installation moved from embedded stores to servers and back: the same events at the end, whatever happened on the way.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { v7 as newId } from 'uuid'
import { canonicalText } from '../../src/audit/index.ts'
import { type EventStore, START } from '../../src/kernel/event-store.ts'
import { openVault } from '../../src/kernel/vault.ts'
import { AnotherLogError, copyLog } from '../../src/moving/copy-log.ts'
import { move } from '../../src/moving/move.ts'
import { verifyCopy } from '../../src/moving/verify-copy.ts'
import { openKurrentEventStore } from '../../src/stores/kurrentdb/event-store.ts'
import { openSqliteEventStore } from '../../src/stores/sqlite/event-store.ts'
import { openSqliteKeyValue } from '../../src/stores/sqlite/key-value.ts'
import { takeCheckpoint } from '../../src/subscribers/checkpoint.ts'
import { startKurrentProcess } from '../doubles/kurrentdb/own-process.ts'
import { type KurrentDouble, startKurrentDouble } from '../doubles/kurrentdb/server.ts'
import { startFerretdb, whyNoFerretdb } from '../servers/ferretdb.ts'

const silent = () => undefined

/** Appends of several streams, some by one request, as a day of trade leaves them. */
async function trade(store: EventStore, appends: number): Promise<void> {
  for (let n = 0; n < appends; n += 1) {
    const event = (type: string) => ({
      id: newId(),
      type,
      schema: 1,
      data: { n, text: 'Olá "🛒"', deep: [{ er: null }] },
    })
    const metadata = {
      actor: 'person:ana',
      correlationId: `request-${n % 7}`,
      ...(n % 3 === 0 && { causationId: newId() }),
    }
    await store.append(
      [
        { stream: `sale-${n}`, expected: 'none', events: [event('SaleRegistered')] },
        { stream: `stock-${n % 5}`, expected: 'any', events: [event('StockSold'), event('StockFellLow')] },
      ],
      metadata,
    )
  }
}

const textOf = async (store: EventStore): Promise<string[]> => {
  const lines: string[] = []
  for await (const page of store.readAll()) lines.push(...page.map(canonicalText))
  return lines
}

describe('moving a log', () => {
  let double: KurrentDouble
  before(async () => {
    double = await startKurrentDouble()
  })
  after(() => double.stop())

  const sqlite = () => openSqliteEventStore({ path: ':memory:' })
  const kurrent = () => openKurrentEventStore({ url: double.url, prefix: `${newId()}.` })

  for (const [way, openFrom, openTo] of [
    ['from SQLite to KurrentDB', sqlite, kurrent],
    ['from KurrentDB to SQLite', kurrent, sqlite],
  ] as const)
    test(`${way}, it keeps order, ids, times and metadata, in whatever pieces it is done`, async () => {
      const [from, to] = [openFrom(), openTo()]
      await trade(from, 40)
      let writes = 0
      const breaking: EventStore = {
        ...to,
        append(...asked) {
          if (++writes > 17) throw new Error('the power fails')
          return to.append(...asked)
        },
      }
      await assert.rejects(copyLog(from, breaking), /power/)
      assert.equal((await verifyCopy(from, to)).same, false)
      await copyLog(from, to)
      assert.deepEqual(await textOf(to), await textOf(from))
      assert.equal((await verifyCopy(from, to)).same, true)
      assert.equal(await copyLog(from, to), 0)
      await Promise.all([from.close(), to.close()])
    })

  test('a target with another log is left as it is', async () => {
    const [from, to] = [sqlite(), sqlite()]
    await trade(from, 2)
    await trade(to, 1)
    await assert.rejects(copyLog(from, to), AnotherLogError)
    assert.equal((await textOf(to)).length, 3)
    await Promise.all([from.close(), to.close()])
  })

  test('a copy in which one event was changed is found out', async () => {
    const [from, to] = [sqlite(), sqlite()]
    await trade(from, 3)
    const changing: EventStore = {
      ...to,
      append: (writes, metadata, options) =>
        to.append(
          writes.map((write) =>
            write.stream === 'sale-1'
              ? { ...write, events: write.events.map((event) => ({ ...event, data: {} })) }
              : write,
          ),
          metadata,
          options,
        ),
    }
    await copyLog(from, changing)
    const verdict = await verifyCopy(from, to)
    assert(!verdict.same)
    assert.match(verdict.difference, /^event 3 is SaleRegistered/)
    await Promise.all([from.close(), to.close()])
  })

  test('what is kept beside it goes along: keys, also that they were destroyed, and where reactors stand', async () => {
    const side = (eventStore: EventStore) => ({ eventStore, keyValue: openSqliteKeyValue({ path: ':memory:' }) })
    const [from, to] = [side(sqlite()), side(kurrent())]
    const masterKey = Buffer.alloc(32, 1)
    await trade(from.eventStore, 5)
    const [old, fresh] = [openVault(from.keyValue, masterKey), openVault(to.keyValue, masterKey)]
    const key = await old.keyFor('ana')
    await old.keyFor('rui')
    const clerk = await takeCheckpoint(from.keyValue, 'clerk', { token: 40 }, async () => START)
    clerk.position = 7n
    await clerk.keep()
    await from.keyValue.put('lease', 'clerk', { holder: 'node', token: 40 })
    await from.keyValue.put('password', 'gone', { hash: 'x' })
    await move(from, to, silent)
    await from.keyValue.delete('password', 'gone')
    await old.erase('rui')
    const { verdict } = await move(from, to, silent)
    assert(verdict.same)

    assert.deepEqual((await fresh.keysOf(['ana', 'rui'])).get('ana'), key)
    assert.equal((await fresh.keysOf(['rui'])).size, 0)
    assert.equal(await to.keyValue.get('password', 'gone'), undefined)
    assert.equal(await to.keyValue.get('lease', 'clerk'), undefined)
    const { position } = await takeCheckpoint(to.keyValue, 'clerk', { token: 1 }, async () => START)
    const rest: string[] = []
    for await (const page of to.eventStore.readAll({ after: position })) rest.push(...page.map(({ id }) => id))
    const expected: string[] = []
    for await (const page of from.eventStore.readAll({ after: 7n })) expected.push(...page.map(({ id }) => id))
    assert.deepEqual(rest, expected)
    for (const { eventStore, keyValue } of [from, to]) await Promise.all([eventStore.close(), keyValue.close()])
  })
})

const skip = whyNoFerretdb() ?? false

test('the command moves a company to servers and back to another directory', { skip }, async () => {
  const folders = ['from', 'back', 'ferretdb'].map((name) => mkdtempSync(join(tmpdir(), `${name}-`)))
  const [from = '', back = '', servers = ''] = folders
  const kurrent = await startKurrentProcess()
  const ferretdb = await startFerretdb({ folder: servers })
  const masterKey = Buffer.alloc(32, 9).toString('base64')
  const caminho = (words: readonly string[], settings: Record<string, string>) => {
    const env = { ...process.env, MASTER_KEY: masterKey, ...settings }
    const { status, stdout, stderr } = spawnSync('bin/caminho.js', words, { env, encoding: 'utf8' })
    return { status, stdout, stderr }
  }
  const onServers = { EVENT_STORE_URL: kurrent.url, READ_MODELS_URL: ferretdb.url }
  try {
    assert.equal(caminho(['seed', '--days', '2'], { DATA_DIR: from }).status, 0)
    assert.equal(caminho(['migrate', '--from', 'embedded'], { DATA_DIR: from, ...onServers }).status, 2)
    assert.match(
      caminho(['migrate', '--from', 'embedded', '--to', 'servers'], { DATA_DIR: from }).stderr,
      /EVENT_STORE_URL/,
    )

    const there = caminho(['migrate', '--from', 'embedded', '--to', 'servers'], { DATA_DIR: from, ...onServers })
    assert.equal(there.status, 0, there.stderr)
    const again = caminho(['migrate', '--from', 'servers', '--to', 'embedded'], { DATA_DIR: back, ...onServers })
    assert.equal(again.status, 0, again.stderr)
    const root = (out: string) => /Merkle root (\w{64})/.exec(out)?.[1]
    assert(root(there.stdout))
    assert.equal(root(again.stdout), root(there.stdout))
    const rebuilt = caminho(['rebuild', 'all'], { DATA_DIR: back })
    assert.equal(rebuilt.status, 0, rebuilt.stderr)
  } finally {
    await kurrent.stop()
    await ferretdb.stop()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }
})
