// Restores where the stores are on servers: a second log beside the live one, checked and folded, which the nodes use once they are told its name.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { MongoClient } from 'mongodb'
import { v7 as newId } from 'uuid'
import { customers } from '../../projections/customers.ts'
import { canonicalText } from '../../src/audit/index.ts'
import { obstacleTo } from '../../src/backup/destination.ts'
import { rememberErasure } from '../../src/backup/erasures.ts'
import { surroundingsOf, swapAsOrdered } from '../../src/backup/index.ts'
import { isSwapDue } from '../../src/backup/swap.ts'
import { onRestore } from '../../src/commands/backups.ts'
import { eraseCustomer } from '../../src/commands/customers.ts'
import { openLocation } from '../../src/commands/locations.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { openFiles } from '../../src/files/index.ts'
import { collect, type EventStore, START } from '../../src/kernel/event-store.ts'
import { whereaboutsOf } from '../../src/opening.ts'
import { foldInThreads, foldingOf } from '../../src/rebuilding.ts'
import { databaseIn, inDatabase } from '../../src/stores/mongodb/address.ts'
import { openSqliteEventStore } from '../../src/stores/sqlite/event-store.ts'
import { openSqliteKeyValue } from '../../src/stores/sqlite/key-value.ts'
import { takeCheckpoint } from '../../src/subscribers/checkpoint.ts'
import { assertReplayEqualsLive } from '../live/audit.ts'
import type { LiveCompany } from '../live/company.ts'
import { useServers, whyNoReadModels } from '../servers/given.ts'
import { forgetServers, masterKey, settingsIn } from '../support/stores.ts'
import { archivePath, backUp, companyWithPhotos, configOf, spoilt, withSystem } from './archives.ts'

const skip = whyNoReadModels() ?? false

/** Every event of a configuration's log as text that no store has a part in. */
const textsOf = (config: Config) =>
  withSystem(config, async ({ rawLog }) => (await collect(rawLog.readAll())).map(canonicalText))
const typesOf = (config: Config) =>
  withSystem(config, async ({ rawLog }) => (await collect(rawLog.readAll())).map(({ type }) => type))

/** The configuration with which nodes use what was restored. */
function movedTo(config: Config, settings: readonly { readonly name: string; readonly value: string }[]): Config {
  const values = new Map(settings.map(({ name, value }) => [name, value]))
  const { eventStoreUrl, readModelsUrl } = config
  // What is told of an address has no password in it.
  const database = databaseIn(values.get('READ_MODELS_URL') ?? '')
  return {
    ...config,
    ...(eventStoreUrl && { eventStorePrefix: values.get('EVENT_STORE_PREFIX') ?? '' }),
    ...(readModelsUrl && { readModelsUrl: inDatabase(readModelsUrl, database) }),
  }
}

/** Restores whole; the configuration that uses it, and its id. */
async function restored(config: Config, backupId: string) {
  const { id, settings } = await withSystem(config, async ({ backup, self }) => {
    const asked = { backupId, until: null, confirm: 'Restaurar' }
    const { outcome, finished } = await backup.restores.begin(asked, self('tests'))
    assert.ok(!outcome.rejected)
    assert.equal(await finished, true)
    return { id: outcome.value.id, settings: backup.restores.settings(outcome.value.id) }
  })
  return { id, config: movedTo(config, settings), settings }
}

describe('on KurrentDB and MongoDB', { skip }, () => {
  let servers: Awaited<ReturnType<typeof useServers>>
  let company: LiveCompany
  let backupId = ''
  let archived: readonly string[]
  /** Of what the first test restores. */
  let moved: Config
  before(async () => {
    servers = await useServers()
    company = await companyWithPhotos()
    await foldInThreads(foldingOf(company.config))
    archived = await textsOf(company.config)
    backupId = await backUp(company.config)
  })
  after(async () => {
    await company.destroy()
    await servers.stop()
  })

  test('the restored log stands beside the live one, which goes on, and is used once its name is set', async () => {
    const { config } = company
    const [erased = '', listed = ''] = company.customerIds
    // One whose erasure the live store knows, and one of whom only the list beside the archives does.
    await withSystem(config, (system) => eraseCustomer(system, erased, system.self('tests')))
    await rememberErasure(await openFiles(surroundingsOf(config).archives), listed)
    const before = await textsOf(config)

    const { id, settings, ...made } = await restored(config, backupId)
    moved = made.config
    assert.deepEqual(
      settings.map(({ name }) => name),
      ['EVENT_STORE_PREFIX', 'READ_MODELS_URL'],
    )
    assert.deepEqual((await textsOf(config)).slice(0, before.length), before)
    assert.deepEqual((await typesOf(config)).slice(before.length), ['RestoreStarted', 'RestorePrepared'])
    assert.ok(!existsSync(join(config.dataDir, `restored-${id}`)), 'nothing is left on the disk')

    assert.deepEqual((await textsOf(moved)).slice(0, archived.length), archived)
    await withSystem(moved, ({ backup }) => backup.restores.settle())
    await withSystem(moved, ({ backup }) => backup.restores.settle())
    const types = await typesOf(moved)
    assert.deepEqual(types.slice(types.indexOf('BackupRestored')), [
      'BackupRestored',
      'CustomerErased',
      'CustomerErased',
    ])
    await foldInThreads(foldingOf(moved))
    await assertReplayEqualsLive(company.folder, moved)
    await withSystem(moved, async ({ models, vault, passwords }) => {
      for (const customer of [erased, listed]) {
        const shown = await models.get(customers, customer)
        assert.deepEqual([shown?.document.name, shown?.document.erased], [null, true])
      }
      assert.equal((await vault.keysOf([erased, listed])).size, 0)
      assert.equal(await passwords.matches(company.people.manager, 'caminho-demo'), true)
    })
  })

  test('the next backup there is a full one, since positions are others than before; and it is restored beside in its turn', async () => {
    await withSystem(moved, ({ backup }) => backup.backups.tidy())
    const id = await backUp(moved, 'incremental')
    const archives = await withSystem(moved, ({ backup }) => backup.backups.archives())
    assert.equal(archives.find((archive) => archive.backupId === id)?.known?.kind, 'full')
    const next = await backUp(moved, 'incremental')
    const { config: third } = await restored(moved, next)
    const texts = await textsOf(third)
    assert.deepEqual(texts, (await textsOf(moved)).slice(0, texts.length))
    assert.ok(texts.length > archived.length)
    assert.equal(third.eventStorePrefix.length, moved.eventStorePrefix.length, 'names do not grow')
  })

  test('of an archive that proves to be damaged nothing is left, and the live store is as it was', async () => {
    const path = archivePath(company.config, backupId)
    const spoil = (bytes: Buffer) => {
      const at = bytes.length - 1_000
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
      return bytes
    }
    await spoilt(path, spoil, () =>
      withSystem(company.config, async ({ backup, self }) => {
        const asked = { backupId, until: null, confirm: 'restore' }
        const { outcome, finished } = await backup.restores.begin(asked, self('tests'))
        assert.equal(await finished, false)
        assert.ok(!outcome.rejected)
        await assertNoDatabase(movedTo(company.config, backup.restores.settings(outcome.value.id)))
      }),
    )
    assert.equal((await typesOf(company.config)).at(-1), 'RestoreFailed')
  })

  test('what a node left that came to its end meanwhile is recorded by another', async () => {
    const begun = { restoreId: 'by-0123456789ab', backupId, to: null, by: 'tests' }
    await withSystem(company.config, (system) =>
      onRestore(system, 'StartRestore', (at) => ({ ...begun, at }), system.self('tests')),
    )
    await foldInThreads(foldingOf(company.config))
    await withSystem(company.config, ({ backup }) => backup.restores.settle())
    assert.equal((await typesOf(company.config)).at(-1), 'RestoreFailed')
  })

  for (const half of ['EVENT_STORE_URL', 'READ_MODELS_URL'] as const)
    test(`with ${half} alone, the half on the disk is swapped in at the first start with the new name`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'caminho-'))
      const { EVENT_STORE_PREFIX, ...names } = settingsIn(folder)
      const url = names[half] ?? ''
      const prefix = half === 'EVENT_STORE_URL' && EVENT_STORE_PREFIX ? { EVENT_STORE_PREFIX } : {}
      const live = configOf(folder, { [half]: url, MASTER_KEY: masterKey, ...prefix })
      await withSystem(live, async (system) => {
        const place = { kind: 'shop', tills: 1, address: '' } as const
        for (const code of ['BXA', 'ARM'])
          await openLocation(system, { code, name: code, ...place }, system.self('tests'))
        await system.passwords.set('ana', 'a long enough password')
      })
      const id = await backUp(live)
      const before = await textsOf(live)
      const { config: moved } = await restored(live, id)
      assert.deepEqual([isSwapDue(whereaboutsOf(live)), isSwapDue(whereaboutsOf(moved))], [false, true])
      swapAsOrdered(whereaboutsOf(live))
      assert.deepEqual((await textsOf(live)).slice(0, before.length), before)
      swapAsOrdered(whereaboutsOf(moved))
      await withSystem(moved, ({ backup }) => backup.restores.settle())
      const [texts, types] = [await textsOf(moved), await typesOf(moved)]
      const own = types.indexOf('BackupRestored')
      assert.deepEqual(texts.slice(0, own), before.slice(0, own))
      assert.ok(own > 2)
      const matches = await withSystem(moved, ({ passwords }) => passwords.matches('ana', 'a long enough password'))
      assert.equal(matches, true)
      await forgetServers(folder)
      rmSync(folder, { recursive: true })
    })

  test('an archive of an embedded company is restored into servers by the command, and tells what to set', async () => {
    const [folder, fresh] = [mkdtempSync(join(tmpdir(), 'embedded-')), mkdtempSync(join(tmpdir(), 'caminho-'))]
    const embedded = configOf(folder)
    await withSystem(embedded, async (system) => {
      for (const code of ['LA', 'LB', 'LC', 'LD'])
        await openLocation(system, { code, name: code, kind: 'shop', tills: 1, address: '' }, system.self('tests'))
      // A reactor that is two events behind.
      const clerk = await takeCheckpoint(system.keyValue, 'clerk', { token: 3 }, async () => START)
      clerk.position = (await system.rawLog.head()) - 2n
      await clerk.keep()
    })
    const id = await backUp(embedded)
    const expected = await textsOf(embedded)

    const { archives } = surroundingsOf(embedded)
    const env = {
      ...settingsIn(fresh),
      BACKUP_DIR: archives,
      MASTER_KEY: readFileSync(join(folder, 'master.key'), 'utf8').trim(),
    }
    const caminho = (...words: string[]) =>
      spawnSync('bin/caminho.js', words, { env: { ...process.env, ...env }, encoding: 'utf8' })
    const unconfirmed = caminho('restore', id, '--confirm', 'no')
    assert.deepEqual([unconfirmed.status, /beside the present one/.test(unconfirmed.stdout)], [1, true])
    const { status, stdout, stderr } = caminho('restore', id, '--confirm', 'restore')
    assert.equal(status, 0, stderr)
    const settings = [...stdout.matchAll(/^ {2}(\w+)=(.+)$/gm)].map(([, name = '', value = '']) => ({ name, value }))
    const moved = movedTo(readConfig({ ...env, LOG_LEVEL: 'silent' }), settings)
    const texts = await textsOf(moved)
    assert.deepEqual(texts, expected.slice(0, texts.length))
    assert.ok(texts.length >= 4)
    await withSystem(moved, async ({ keyValue, rawLog }) => {
      const { position } = await takeCheckpoint(keyValue, 'clerk', { token: 1 }, async () => START)
      const left = await collect(rawLog.readAll({ after: position }))
      assert.deepEqual(left.slice(0, 2).map(canonicalText), texts.slice(-left.length).slice(0, 2))
      assert.ok(left.length >= 2, 'it is not beyond what it had not reacted to')
    })
    await forgetServers(fresh)
    for (const each of [folder, fresh]) rmSync(each, { recursive: true })
  })
})

describe('where no second log can stand', () => {
  const live = { dataDir: '', eventStoreUrl: 'kurrentdb://shared', eventStorePrefix: '' }
  const append = async (store: EventStore) =>
    store.append(
      [{ stream: 'shop-1', expected: 'none', events: [{ id: newId(), type: 'LocationOpened', schema: 1, data: {} }] }],
      { actor: 'tests', correlationId: 'tests' },
    )

  test('the live log would take it for part of itself: it is refused, unless nothing is there yet', async () => {
    const [rawLog, keyValue] = [openSqliteEventStore({ path: ':memory:' }), openSqliteKeyValue({ path: ':memory:' })]
    assert.equal(await obstacleTo(live, { rawLog, keyValue }), null)
    await takeCheckpoint(keyValue, 'clerk', { token: 1 }, async () => START)
    assert.equal(await obstacleTo(live, { rawLog, keyValue }), 'prefix-needed')
    await append(rawLog)
    assert.equal(await obstacleTo(live, { rawLog, keyValue }), 'prefix-needed')
    assert.equal(await obstacleTo({ ...live, eventStorePrefix: 'shop.' }, { rawLog, keyValue }), null)
    assert.equal(await obstacleTo({ ...live, eventStorePrefix: 'r' }, { rawLog, keyValue }), 'prefix-needed')
    await Promise.all([rawLog.close(), keyValue.close()])
  })
})

/** That nobody has left anything in the database of a configuration. */
async function assertNoDatabase({ readModelsUrl = '' }: Config): Promise<void> {
  const client = new MongoClient(readModelsUrl)
  const collections = await client.db(databaseIn(readModelsUrl)).listCollections().toArray()
  await client.close()
  assert.deepEqual(collections, [])
}
