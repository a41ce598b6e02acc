// What somebody gets who installs the package: the library as plain JavaScript, with its types, from the tarball that npm makes.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { type RunningShop, startShop } from '../support/app.ts'
import { sell, stockUp } from './selling.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')

const program = `
import { connect } from 'caminho-seguro/client'
const connection = connect({ origin: process.env.ORIGIN, token: () => process.env.TOKEN, after: process.env.AFTER })
connection.on('new-sale', ({ event, data }) => {
  console.log(event, data.saleId)
  connection.close()
})
`
const typed = `
import { connect, type PushMessage, synced } from 'caminho-seguro/client'
import { useNotifications, useWebSocket } from 'caminho-seguro/react'

const connection = connect({ origin: 'https://caminho.example' })
connection.on('new-sale', (message) => console.log(message.data.total.toFixed()))
// @ts-expect-error: a sale has no such field
connection.on('new-sale', (message) => console.log(message.data.colour))
export const totals = synced({
  connection,
  load: async () => ({ state: 0, position: '0' }),
  reduce: (sum: number, message: PushMessage) => (message.event === 'new-sale' ? sum + message.data.total : sum),
})
export const Sales = () => useWebSocket({ events: ['new-sale'], onMessage: ({ data }) => console.log(data.document) }).state
export const Bell = () => useNotifications().notifications.length
`
const settings = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2023',
    lib: ['es2023', 'dom'],
    strict: true,
    noEmit: true,
    types: [],
  },
}

describe('the package', () => {
  let shop: RunningShop
  const home = mkdtempSync(join(tmpdir(), 'consumer-'))

  before(async () => {
    const modules = join(home, 'node_modules')
    const place = join(modules, 'caminho-seguro')
    mkdirSync(place, { recursive: true })
    const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', home], { cwd: root })
    const tarball = stdout.trim().split('\n').at(-1) ?? ''
    await run('tar', ['-xzf', join(home, tarball), '-C', place, '--strip-components', '1'])
    mkdirSync(join(modules, '@types'))
    for (const name of ['react', '@types/react', 'csstype'])
      symlinkSync(join(root, 'node_modules', name), join(modules, name))
    writeFileSync(join(home, 'package.json'), '{"type":"module"}')
    writeFileSync(join(home, 'program.js'), program)
    writeFileSync(join(home, 'typed.ts'), typed)
    writeFileSync(join(home, 'tsconfig.json'), JSON.stringify({ ...settings, files: ['typed.ts'] }))
    shop = await startShop()
    await stockUp(shop)
  })
  after(async () => {
    await shop.close()
    rmSync(home, { recursive: true, force: true })
  })

  test('listens from a program of somebody else', async () => {
    const AFTER = String(await shop.system.store.head())
    const sold = await sell(shop)
    const env = { ORIGIN: shop.url, TOKEN: shop.tokenOf('employee'), AFTER }
    const { stdout } = await run(execPath, ['program.js'], { cwd: home, env, timeout: 20_000 })
    assert.equal(stdout.trim(), `new-sale ${sold}`)
  })

  test('brings its types', async () => {
    const tsc = join(root, 'node_modules/typescript-native/bin/tsc')
    const told = await run(execPath, [tsc, '-p', home]).catch((error: { stdout: string }) => error)
    assert.equal(told.stdout, '')
  })
})
