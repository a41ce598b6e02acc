// A rebuild of everything, killed again and again while the server sells: what is served stays whole, and the next rebuild finds no hindrance.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, watch } from 'node:fs'
import { execPath } from 'node:process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { soon } from '../contract/opened.ts'
import { assertReplayEqualsLive, openLog } from '../live/audit.ts'
import { caughtUp, sell, signIn } from '../live/client.ts'
import { foundCompany } from '../live/company.ts'
import { startServer } from '../live/server.ts'
import { areReadModelsEmbedded, settingsIn } from '../support/stores.ts'

const rounds = 6
const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

const rebuildAll = (folder: string) =>
  spawn(execPath, ['--disable-warning=ExperimentalWarning', cli, 'rebuild', 'all'], {
    env: { ...process.env, ...settingsIn(folder) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })

const isHalfBuilt = (file: string) => file.includes('.building')

/** Resolves once a file is under construction in the folder. */
async function underConstruction(folder: string): Promise<void> {
  const seen = Promise.withResolvers<void>()
  const watcher = watch(folder, (_, file) => {
    if (file !== null && isHalfBuilt(file)) seen.resolve()
  })
  await soon(seen.promise, 'a file to be under construction').finally(() => watcher.close())
}

const skip = areReadModelsEmbedded() ? false : 'only embedded read models lie in files: unset READ_MODELS_URL'

test(`killed ${rounds} times, a rebuild of everything leaves what is served whole and current`, { skip }, async (t) => {
  const company = await foundCompany()
  t.after(() => company.destroy())
  const { folder, tills, ample } = company
  const server = await startServer(folder)
  const token = await signIn(server.url)

  let selling = true
  let sold = 0
  const seller = async (number: number) => {
    const till = tills[number % tills.length]
    assert(till)
    while (selling) {
      const lines = [{ productId: ample[sold % ample.length] ?? '', quantity: 1 }]
      const { sale, text } = await sell(server.url, token, { ...till, lines, payment: { method: 'card' } })
      assert(sale, text)
      sold += 1
    }
  }
  const sellers = Array.from({ length: 4 }, (_, number) => seller(number))

  for (let round = 1; round <= rounds; round += 1) {
    const rebuild = rebuildAll(folder)
    const ended = once(rebuild, 'exit')
    await underConstruction(folder)
    await new Promise((resolve) => setTimeout(resolve, randomInt(0, 200)))
    rebuild.kill('SIGKILL')
    await ended
  }
  const [code] = await once(rebuildAll(folder), 'exit')
  assert.equal(code, 0)
  selling = false
  await Promise.all(sellers)
  assert.deepEqual(readdirSync(folder).filter(isHalfBuilt), [])

  const log = await openLog(folder)
  const head = await log.store.head()
  await log.close()
  await caughtUp(server.url, token, head)
  await assertReplayEqualsLive(folder)
  await server.stop()
  t.diagnostic(`${sold} sales meanwhile`)
})
