// Restores: the same company byte for byte, at any point in time, and nobody back who was erased.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { customers } from '../../projections/customers.ts'
import { exportLog, openAudit, verifyLog } from '../../src/audit/index.ts'
import { eraseAccount } from '../../src/auth/accounts.ts'
import { rememberErasure } from '../../src/backup/erasures.ts'
import { surroundingsOf, swapAsOrdered } from '../../src/backup/index.ts'
import { restoreInto } from '../../src/backup/restoring.ts'
import { onRestore } from '../../src/commands/backups.ts'
import { eraseCustomer } from '../../src/commands/customers.ts'
import { openFiles } from '../../src/files/index.ts'
import { collect } from '../../src/kernel/event-store.ts'
import { embeddedIn, masterKeyOf, pathsIn } from '../../src/opening.ts'
import { foldInThreads, foldingOf } from '../../src/rebuilding.ts'
import { openSqliteEventStore } from '../../src/stores/sqlite/event-store.ts'
import type { LiveCompany } from '../live/company.ts'
import { backUp, companyWithPhotos, configOf, documentsIn, withSystem } from './archives.ts'

/** As it is stored, without opening anything else. */
async function logOf(folder: string) {
  const store = openSqliteEventStore({ path: pathsIn(folder).events, readOnly: true })
  const events = await collect(store.readAll())
  await store.close()
  return events
}

type Log = Awaited<ReturnType<typeof logOf>>

/** Each event as text, to the order of its fields. */
const texts = (events: Log) =>
  events.map((event) => JSON.stringify(event, (_, value) => (typeof value === 'bigint' ? String(value) : value)))
const sameLog = (one: Log, other: Log) =>
  assert.ok(texts(one).join() === texts(other).join(), `${one.length} events for ${other.length}`)
const differences = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>) =>
  [...new Set([...one.keys(), ...other.keys()])].filter((id) => one.get(id) !== other.get(id))

let company: LiveCompany
let backupId = ''
let live: ReadonlyMap<string, string>
let log: Log
before(async () => {
  company = await companyWithPhotos()
  await foldInThreads(foldingOf(company.config))
  live = documentsIn(company.folder)
  log = await logOf(company.folder)
  backupId = await backUp(company.config)
})
after(() => company.destroy())

/** Restores into a folder beside the data directory's own files, and folds what is restored. */
async function restored(name: string, { until = null, id = backupId }: { until?: string | null; id?: string } = {}) {
  const folder = join(company.folder, name)
  const { archives, keys } = surroundingsOf(company.config)
  const result = await restoreInto({
    files: await openFiles(archives),
    backupId: id,
    keys,
    until,
    into: embeddedIn(folder),
    folder,
    erased: new Set(),
    masterKey: masterKeyOf(company.config),
    ownsMasterKey: true,
    onProgress: () => undefined,
  })
  const folding = foldingOf(company.config)
  await foldInThreads({ ...folding, where: { ...folding.where, dataDir: folder } })
  return { folder, ...result }
}

test('at the position of the backup, every document of every read model is the same byte for byte, and so is every event', async () => {
  const last = log.at(-1)?.position ?? -1n
  const { folder, toPosition } = await restored('whole', { until: String(last) })
  assert.equal(toPosition, String(last))
  assert.deepEqual(differences(documentsIn(folder), live), [])
  sameLog(await logOf(folder), log)
})

test('a full archive and the incremental one upon it give the whole log', async () => {
  const id = await backUp(company.config, 'incremental')
  const { folder, events } = await restored('chain', { id })
  const [now, then] = [await logOf(company.folder), await logOf(folder)]
  assert.equal(then.length, events)
  sameLog(then, now.slice(0, events))
  assert.ok(events > log.length)
})

describe('up to a point in time', () => {
  for (const share of [0, 0.3, 0.77])
    test(`by position, at ${share * 100} % of the log`, async () => {
      const at = Math.floor(log.length * share)
      const { folder } = await restored(`position-${at}`, { until: String(at) })
      sameLog(await logOf(folder), log.slice(0, at + 1))
    })

  test('by the clock', async () => {
    const moment = log[Math.floor(log.length / 2)]?.recordedAt ?? ''
    const { folder } = await restored('moment', { until: moment })
    sameLog(
      await logOf(folder),
      log.filter(({ recordedAt }) => recordedAt <= moment),
    )
  })

  test('before everything there is nothing to restore', () =>
    assert.rejects(restored('nothing', { until: '2020-01-01T00:00:00.000Z' }), { code: 'nothing-to-restore' }))
})

describe('in the place of the live store', () => {
  const erasedId = () => company.customerIds[0] ?? ''

  test('without the word it only says what would happen', async () => {
    await withSystem(company.config, async ({ backup, rawLog, self }) => {
      const head = await rawLog.head()
      const asked = { backupId, until: null, confirm: 'yes' }
      const { outcome } = await backup.restores.begin(asked, self('tests'))
      assert.ok(outcome.rejected)
      assert.equal(outcome.code, 'confirmation-needed')
      assert.deepEqual([outcome.details.backupId, outcome.details.head], [backupId, String(head)])
      assert.equal(await rawLog.head(), head)
    })
  })

  test('it takes over, whoever was erased since stays erased, and what it replaced is kept until told otherwise', async () => {
    const { folder, config } = company
    const employee = company.people.employee
    // One whose erasure the live store knows, and one of whom only the list beside the archives does.
    const name = await withSystem(config, async (system) => {
      const found = (await system.models.get(customers, erasedId()))?.document.name
      await eraseCustomer(system, erasedId(), system.self('tests'))
      await eraseAccount(system, employee, system.self('tests'))
      return found
    })
    assert.ok(name)
    const listed = company.customerIds[1] ?? ''
    await rememberErasure(await openFiles(surroundingsOf(config).archives), listed)

    const restoreId = await withSystem(config, async ({ backup, self }) => {
      const asked = { backupId, until: null, confirm: 'Restaurar' }
      const { outcome, finished } = await backup.restores.begin(asked, self('tests'))
      assert.ok(!outcome.rejected)
      assert.equal(await finished, true)
      return outcome.value.id
    })
    assert.ok(!existsSync(join(folder, `replaced-${restoreId}`)), 'nothing is replaced while it is open')
    const before = (await logOf(folder)).length
    swapAsOrdered(embeddedIn(folder))

    await withSystem(config, ({ backup }) => backup.restores.settle())
    const now = await logOf(folder)
    sameLog(now.slice(0, log.length), log)
    // After what the archive holds beyond, the restored system tells of itself.
    const since = now.map(({ type }) => type)
    assert.deepEqual(since.slice(since.indexOf('BackupRestored') + 1).sort(), [
      'CustomerErased',
      'CustomerErased',
      'PersonErased',
    ])
    assert.equal((await logOf(join(folder, `replaced-${restoreId}`))).length, before)

    const verdict = await verifyLog(embeddedIn(folder), {})
    assert.equal(verdict.finding, undefined, 'the seals hold, as they are over what is encrypted')
    assert.ok(verdict.proved > 0)

    await foldInThreads(foldingOf(config))
    await withSystem(config, async (system) => {
      const { models, passwords, vault, backup, self } = system
      let exported = ''
      for await (const text of await exportLog(openAudit(system), {})) exported += text
      assert.ok(exported.includes(erasedId()) && !exported.includes(name))
      for (const id of [erasedId(), listed]) {
        const customer = await models.get(customers, id)
        assert.deepEqual([customer?.document.name, customer?.document.erased], [null, true])
      }
      assert.equal((await vault.keysOf([erasedId(), listed, employee])).size, 0)
      assert.equal(await passwords.matches(employee, 'caminho-demo'), false)
      assert.equal(await passwords.matches(company.people.manager, 'caminho-demo'), true)

      const removed = await backup.restores.removeReplaced(restoreId, self('tests'))
      assert.ok(!removed.rejected)
      const again = await backup.restores.removeReplaced(restoreId, self('tests'))
      assert.equal(again.rejected && again.code, 'unknown-restore')
    })
    assert.ok(!readdirSync(folder).some((name) => name.startsWith('replaced-')))
  })

  test('archives that are younger than the restored log are taken up again', async () => {
    const found = await withSystem(company.config, async ({ backup }) => {
      await backup.backups.tidy()
      return backup.backups.archives()
    })
    assert.ok(found.length >= 2)
    assert.deepEqual(
      found.map(({ known }) => known?.sound),
      found.map(() => true),
    )
  })
})

test('on a new machine the archive and its key are enough: the master key comes with it', async () => {
  const { archives, keys } = surroundingsOf(company.config)
  const fresh = configOf(join(company.folder, 'fresh'), { BACKUP_DIR: archives })
  await withSystem(fresh, async ({ backup, self }) => {
    const asked = { backupId, until: null, confirm: 'restore', identities: keys.identities }
    const { finished } = await backup.restores.begin(asked, self('tests'))
    assert.equal(await finished, true)
  })
  swapAsOrdered(embeddedIn(fresh.dataDir))
  assert.deepEqual(masterKeyOf(fresh), masterKeyOf(company.config))
  await withSystem(fresh, async ({ backup, passwords, vault }) => {
    await backup.restores.settle()
    assert.equal(await passwords.matches(company.people.manager, 'caminho-demo'), true)
    const known = company.customerIds.slice(2, 4)
    assert.equal((await vault.keysOf(known)).size, known.length)
  })
})

test('what a restore left whose process came to an end is cleared away, and recorded', async () => {
  const left = join(company.folder, 'restored-by-nobody')
  mkdirSync(left)
  await withSystem(company.config, async (system) => {
    const begun = { restoreId: 'by-nobody', backupId, to: null, by: 'tests' }
    await onRestore(system, 'StartRestore', (at) => ({ ...begun, at }), system.self('tests'))
  })
  await foldInThreads(foldingOf(company.config))
  await withSystem(company.config, ({ backup }) => backup.restores.settle())
  assert.ok(!existsSync(left))
  assert.equal((await logOf(company.folder)).at(-1)?.type, 'RestoreFailed')
})

test('a drill restores the newest archive into a scratch store, says so, and leaves nothing', async () => {
  await withSystem(company.config, ({ backup }) => backup.backups.drill(AbortSignal.timeout(30_000)))
  const drilled = (await logOf(company.folder)).at(-1)
  assert.equal(drilled?.type, 'BackupDrilled')
  assert.ok(!readdirSync(company.folder).some((name) => name.startsWith('drill-')))
})
