// Killed in the midst of a backup, of its verification, of the swap: the live system is whole, and the half archive is gone.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { after, before, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fileOf, swapAsOrdered } from '../../src/backup/index.ts'
import { collect } from '../../src/kernel/event-store.ts'
import { embeddedIn, pathsIn } from '../../src/opening.ts'
import { openSqliteEventStore } from '../../src/stores/sqlite/event-store.ts'
import { backUp, companyWithPhotos, configOf, withSystem } from '../backup/archives.ts'
import { signIn } from '../live/client.ts'
import type { LiveCompany } from '../live/company.ts'
import { startServer } from '../live/server.ts'
import { until } from '../support/until.ts'

let company: LiveCompany
before(async () => {
  company = await companyWithPhotos()
  // So much that writing and reading back take a while.
  for (let n = 0; n < 15; n += 1)
    writeFileSync(join(company.folder, 'photos', `bulk-${n}-large.webp`), Buffer.alloc(2_000_000, n))
})
after(() => company.destroy())

const archives = () => join(company.folder, 'backups', 'archives')
const filesThere = () => (existsSync(archives()) ? readdirSync(archives()) : [])

async function logIn(folder: string) {
  const store = openSqliteEventStore({ path: pathsIn(folder).events, readOnly: true })
  const events = await collect(store.readAll())
  await store.close()
  return events
}

/** Has a server begin a backup, and kills it as soon as the condition holds. */
async function killedWhen(isTime: () => boolean): Promise<string> {
  const server = await startServer(company.folder)
  const token = await signIn(server.url, 'super@caminho.test')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await fetch(`${server.url}/api/system/backup`, { method: 'POST', headers, body: '{}' })
  assert.equal(answer.status, 202)
  const { id } = (await answer.json()) as { id: string }
  while (!isTime()) await nextTurn()
  await server.kill()
  return id
}

/** Starts again: what the killed server left is seen to, and it works. */
async function assertWhole(killed: string): Promise<void> {
  const server = await startServer(company.folder)
  const token = await signIn(server.url, 'super@caminho.test')
  const statusOf = async (id: string) => {
    const answer = await fetch(`${server.url}/api/system/backups`, { headers: { authorization: `Bearer ${token}` } })
    const { items } = (await answer.json()) as { items: { id: string; status: string }[] }
    return items.find((item) => item.id === id)?.status
  }
  await until(async () => (await statusOf(killed)) !== 'running', { what: 'the killed backup to be settled' })
  // Whole it may be, if it was killed after all; by half it is not.
  const isThere = filesThere().includes(fileOf(killed).replace('archives/', ''))
  assert.equal(await statusOf(killed), isThere ? 'verified' : 'failed')
  assert.ok(!filesThere().some((name) => name.endsWith('.part')), 'nothing is left by half')
  await server.stop()
}

test('killed while it writes, the half archive is removed and the backup has failed', async () => {
  const killed = await killedWhen(() => filesThere().some((name) => name.endsWith('.part')))
  assert.ok(filesThere().some((name) => name.endsWith('.part')))
  await assertWhole(killed)
  assert.deepEqual(
    (await logIn(company.folder))
      .filter(({ type }) => type === 'BackupFailed')
      .map(({ data }) => (data as { code: string }).code),
    ['interrupted'],
  )
})

test('killed while it reads the archive back, the archive is taken up if it is whole', async () => {
  const killed = await killedWhen(() => filesThere().some((name) => name.endsWith('.age')))
  await assertWhole(killed)
})

/** Does the swap in a process that ends without notice at its nth renaming. */
function swapKilledAt(folder: string, renaming: number): number | null {
  const program = `
    import fs from 'node:fs'
    import { syncBuiltinESMExports } from 'node:module'
    const rename = fs.renameSync
    let left = ${renaming}
    fs.renameSync = (...names) => {
      if (left-- === 0) process.kill(process.pid, 'SIGKILL')
      rename(...names)
    }
    syncBuiltinESMExports()
    const { swapAsOrdered } = await import(${JSON.stringify(new URL('../../src/backup/swap.ts', import.meta.url).href)})
    swapAsOrdered(${JSON.stringify(embeddedIn(folder))})`
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program]
  return spawnSync(execPath, flags, { stdio: ['ignore', 'ignore', 'inherit'] }).status
}

test('killed at any step of the swap, the next start completes it, and the replaced store is whole', async () => {
  const backupId = await backUp(company.config)
  const until = '300'
  await withSystem(company.config, async ({ backup, self }) => {
    const asked = { backupId, until, confirm: 'restore' }
    const { finished } = await backup.restores.begin(asked, self('tests'))
    assert.equal(await finished, true)
  })
  const live = await logIn(company.folder)

  let completed = false
  for (let renaming = 0; !completed; renaming += 1) {
    const folder = join(company.folder, 'copies', String(renaming))
    mkdirSync(folder, { recursive: true })
    for (const name of readdirSync(company.folder))
      if (!['copies', 'backups', 'photos'].includes(name))
        cpSync(join(company.folder, name), join(folder, name), { recursive: true })
    completed = swapKilledAt(folder, renaming) === 0
    swapAsOrdered(embeddedIn(folder))

    assert.equal((await logIn(folder)).length, 301, `killed at renaming ${renaming}`)
    const [replaced] = readdirSync(folder).filter((name) => name.startsWith('replaced-'))
    assert.equal((await logIn(join(folder, replaced ?? ''))).length, live.length)
    assert.ok(!readdirSync(folder).some((name) => name.startsWith('restored-')))
    await withSystem(configOf(folder), ({ backup }) => backup.restores.settle())
    assert.equal((await logIn(folder)).at(-1)?.type, 'BackupRestored')
    assert.ok(renaming < 30)
  }
})
