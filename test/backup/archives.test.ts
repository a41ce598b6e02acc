// Archives as they lie there: opened by the standard tools and by nobody without a key, and refused when they are not what was written.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { fileOf, ownIdentity } from '../../src/backup/index.ts'
import { masterKeyOf } from '../../src/opening.ts'
import type { LiveCompany } from '../live/company.ts'
import { archivePath, backUp, companyWithPhotos, configOf, readWith, spoilt, withSystem } from './archives.ts'

const has = (tool: string) => spawnSync(tool, ['--version']).status === 0
const lacksTools =
  has('age') && has('zstd') && has('jq') ? false : 'needs age, zstd and jq (apt-get install age zstd jq)'

let company: LiveCompany
let backupId = ''
before(async () => {
  company = await companyWithPhotos()
  backupId = await backUp(company.config)
})
after(() => company.destroy())

const path = () => archivePath(company.config, backupId)
const refuses = (codes: readonly string[]) => (error: Error & { code?: string }) => {
  assert.ok(codes.includes(error.code ?? ''), `${error.code}: ${error.message}`)
  return true
}

test('the whole log is in it, with what the log does not hold', async () => {
  const { manifest, summary } = await readWith(company.config, backupId)
  const head = await withSystem(company.config, ({ rawLog }) => rawLog.head())
  // The completion came after.
  assert.equal(summary.toPosition, String(head - 1n))
  assert.equal(summary.events, Number(head))
  assert.equal(summary.photos, 2)
  assert.ok(summary.keys > company.customerIds.length, 'a key for each customer, passwords, the signing key')
  assert.equal(manifest.kind, 'full')
})

test('nothing of it can be read without a key', () => {
  const bytes = readFileSync(path())
  assert.ok(bytes.toString('latin1').startsWith('age-encryption.org/v1'))
  for (const word of ['caminho-backup', 'ProductRegistered', 'summary.json']) assert.ok(!bytes.includes(word))
})

test('the standard tools age, zstd, tar and jq open it', { skip: lacksTools }, () => {
  const folder = join(company.folder, 'opened')
  mkdirSync(folder)
  writeFileSync(join(folder, 'key'), ownIdentity(masterKeyOf(company.config)))
  execFileSync('bash', ['-c', `set -o pipefail; age -d -i key ${path()} | zstd -d | tar x`], { cwd: folder })
  const events = execFileSync('bash', ['-c', "cat events/*.ndjson | jq -r '[.position, .type] | @tsv'"], {
    cwd: folder,
  })
  const lines = events.toString().trim().split('\n')
  const summary = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'))
  assert.equal(lines.length, summary.events)
  assert.match(lines[0] ?? '', /^0\tCompanySetUp$/)
  assert.deepEqual(readdirSync(join(folder, 'photos')).sort(), ['oil-large.webp', 'rice-large.webp'])
  const photo = 'photos/rice-large.webp'
  assert.ok(readFileSync(join(folder, photo)).equals(readFileSync(join(company.folder, photo))))
  rmSync(folder, { recursive: true })
})

test('recipients open it with their own identity, without any key of the installation', {
  skip: lacksTools,
}, async () => {
  const folder = join(company.folder, 'recipient')
  mkdirSync(folder)
  execFileSync('age-keygen', ['-o', join(folder, 'key')], { stdio: 'ignore' })
  const recipient = execFileSync('age-keygen', ['-y', join(folder, 'key')])
    .toString()
    .trim()
  const id = await backUp(configOf(company.folder, { BACKUP_RECIPIENTS: recipient }))
  const script = `set -o pipefail; age -d -i key ${archivePath(company.config, id)} | zstd -d | tar xO manifest.json`
  const manifest = JSON.parse(execFileSync('bash', ['-c', script], { cwd: folder }).toString())
  assert.equal(manifest.id, id)
  rmSync(folder, { recursive: true })
})

describe('by a passphrase', () => {
  const right = { BACKUP_PASSPHRASE: 'cavalo bateria agrafo' }
  let id = ''
  before(async () => {
    id = await backUp(configOf(company.folder, right))
  })

  test('it is opened by that one only, not even by the key of the installation', async () => {
    assert.equal((await readWith(configOf(company.folder, right), id)).manifest.id, id)
    const wrong = configOf(company.folder, { BACKUP_PASSPHRASE: 'cavalo bateria grampo' })
    await assert.rejects(readWith(wrong, id), refuses(['wrong-key']))
    await assert.rejects(readWith(company.config, id), refuses(['wrong-key']))
  })

  test('a wrong one is told before anything is touched', async () => {
    const before = readdirSync(company.folder)
    await withSystem(configOf(company.folder, { BACKUP_PASSPHRASE: 'cavalo bateria grampo' }), async (system) => {
      const head = await system.rawLog.head()
      const asked = { backupId: id, until: null, confirm: 'restore' }
      const begun = system.backup.restores.begin(asked, system.self('tests'))
      await assert.rejects(begun, refuses(['wrong-key']))
      assert.equal(await system.rawLog.head(), head)
    })
    assert.deepEqual(readdirSync(company.folder), before)
  })
})

describe('a spoilt archive', () => {
  const spoils = ['damaged-archive', 'wrong-key', 'foreign-archive']

  test('is refused, whichever bits are flipped', async () => {
    const size = readFileSync(path()).length
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: size - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) =>
        spoilt(
          path(),
          (bytes) => {
            bytes[at] = (bytes[at] ?? 0) ^ flip
            return bytes
          },
          () => assert.rejects(readWith(company.config, backupId), refuses(spoils)),
        ),
      ),
      { numRuns: 40 },
    )
  })

  test('is refused, wherever it is cut off', async () => {
    const size = readFileSync(path()).length
    const chunk = 64 * 1024 + 16
    for (const left of [0, 1, 100, 500, size - 2 * chunk, size - chunk, size - 17, size - 1])
      await spoilt(
        path(),
        (bytes) => bytes.subarray(0, left),
        () => assert.rejects(readWith(company.config, backupId), refuses(spoils)),
      )
  })

  test('is refused with something after its end, or with pieces that have changed places', async () => {
    await spoilt(
      path(),
      (bytes) => Buffer.concat([bytes, Buffer.alloc(100)]),
      () => assert.rejects(readWith(company.config, backupId), refuses(spoils)),
    )
    await spoilt(
      path(),
      (bytes) => {
        const [chunk, start] = [64 * 1024 + 16, bytes.indexOf('\n---') + 70]
        const [one, other] = [bytes.subarray(start, start + chunk), bytes.subarray(start + chunk, start + 2 * chunk)]
        return Buffer.concat([bytes.subarray(0, start), other, one, bytes.subarray(start + 2 * chunk)])
      },
      () => assert.rejects(readWith(company.config, backupId), refuses(spoils)),
    )
  })

  test('is found by a verification, which says so and raises an alert; put back, it is sound again', async () => {
    const verify = () =>
      withSystem(company.config, async ({ backup, self }) => {
        const { outcome, finished } = await backup.backups.verify(backupId, self('tests'))
        assert.ok(!outcome.rejected)
        return finished
      })
    await spoilt(
      path(),
      (bytes) => bytes.subarray(0, -1),
      async () => assert.equal(await verify(), false),
    )
    assert.equal(await verify(), true)
  })
})

test('another archive under its name is found out: as a whole by its id, and by the digest that was recorded', async () => {
  const other = await backUp(company.config)
  copyFileSync(path(), `${path()}.kept`)
  copyFileSync(archivePath(company.config, other), path())
  await assert.rejects(readWith(company.config, backupId), refuses(['foreign-archive']))
  copyFileSync(`${path()}.kept`, path())
  rmSync(`${path()}.kept`)
})

test('what is no archive at all is refused', async () => {
  const stranger = archivePath(company.config, 'stranger')
  writeFileSync(stranger, 'a file of somebody else')
  await assert.rejects(readWith(company.config, 'stranger'), refuses(['damaged-archive']))
  await assert.rejects(readWith(company.config, 'nobody'), refuses(['missing-archive']))
  rmSync(stranger)
})

test('the archive of another company is not restored over this one', async () => {
  const other = await companyWithPhotos()
  try {
    const id = await backUp(other.config)
    const recipe = { ...company.config, backups: { ...company.config.backups, place: join(other.folder, 'backups') } }
    const key = ownIdentity(masterKeyOf(other.config))
    await withSystem(recipe, async ({ backup, rawLog }) => {
      const head = await rawLog.head()
      const asked = { backupId: id, until: null, identities: [key] }
      await assert.rejects(backup.restores.plan({ ...asked, identities: [] }), refuses(['wrong-key']))
      await assert.rejects(backup.restores.plan(asked), refuses(['foreign-archive']))
      assert.equal((await backup.restores.plan({ ...asked, foreign: true })).backupId, id)
      assert.equal(await rawLog.head(), head)
    })
  } finally {
    await other.destroy()
  }
})

test('an incremental archive goes on from the last full one, and is nothing without it', async () => {
  const full = await backUp(company.config)
  const incremental = await backUp(company.config, 'incremental')
  const [base, { manifest, summary }] = [
    await readWith(company.config, full),
    await readWith(company.config, incremental),
  ]
  assert.deepEqual([manifest.kind, manifest.baseId], ['incremental', full])
  assert.equal(manifest.from.position, base.summary.toPosition)
  assert.equal(summary.size, base.summary.size + summary.events)
  const away = join(company.folder, 'away')
  copyFileSync(archivePath(company.config, full), away)
  rmSync(archivePath(company.config, full))
  await withSystem(company.config, ({ backup }) =>
    assert.rejects(backup.restores.plan({ backupId: incremental, until: null }), refuses(['missing-archive'])),
  )
  mkdirSync(dirname(archivePath(company.config, full)), { recursive: true })
  copyFileSync(away, archivePath(company.config, full))
})

test('as many sound ones stay as are to be kept, and the full one that a kept one needs', async () => {
  const config = configOf(company.folder, { BACKUP_KEEP: '2' })
  const full = await backUp(config)
  const ids = [
    await backUp(config, 'incremental'),
    await backUp(config, 'incremental'),
    await backUp(config, 'incremental'),
  ]
  const files = readdirSync(join(company.folder, 'backups', 'archives'))
  assert.deepEqual(files.sort(), [full, ...ids.slice(1)].map((id) => fileOf(id).replace('archives/', '')).sort())
})
