import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const dataDir = mkdtempSync(join(tmpdir(), 'cli-'))
after(() => rmSync(dataDir, { recursive: true, force: true }))

const caminho = (words: readonly string[], input = '') => {
  const env = { ...process.env, DATA_DIR: dataDir, NODE_ENV: 'test' }
  const run = spawnSync('bin/caminho.js', words, { env, input, encoding: 'utf8' })
  return { code: run.status, out: run.stdout, err: run.stderr }
}

test('without a command, or with --help, the commands are listed', () => {
  for (const words of [[], ['--help']]) {
    const { code, out } = caminho(words)
    assert.equal(code, 0)
    for (const name of ['seed', 'user create', 'rebuild', 'status']) assert.match(out, new RegExp(`^  ${name}`, 'm'))
  }
})

test('each command has its own help', () => {
  for (const words of [['seed'], ['user', 'create'], ['rebuild'], ['status']])
    assert.match(caminho([...words, '--help']).out, new RegExp(`^Usage: npx caminho ${words.join(' ')}`))
})

test('what is not understood is said, with exit code 2', () => {
  assert.equal(caminho(['dance']).code, 2)
  assert.equal(caminho(['seed', '--loudly']).code, 2)
  assert.equal(caminho(['rebuild']).code, 2)
  assert.match(caminho(['rebuild', 'horoscopes']).err, /there is no read model horoscopes/)
  assert.match(caminho(['user', 'create', '--email', 'nobody']).err, /e-mail/)
})

test('a store is seeded once, its read models are built and rebuilt, and accounts are added', () => {
  const seeded = caminho(['seed', '--days', '2'])
  assert.match(seeded.out, /up to position \d+/)
  assert.equal(caminho(['seed']).code, 1)

  assert.match(caminho(['status']).out, /^products .* not built yet$/m)
  const rebuilt = caminho(['rebuild', 'all'])
  assert.equal(rebuilt.code, 0, rebuilt.err)
  assert.match(caminho(['status']).out, /^products .* current$/m)

  const ana = ['user', 'create', '--email', 'ana@loja.co.mz', '--name', 'Ana', '--role', 'manager']
  assert.equal(caminho(ana, 'short').code, 2)
  assert.match(caminho(ana, 'uma frase longa\n').out, /ana@loja.co.mz can sign in as manager/)
  assert.match(caminho(ana, 'uma frase longa\n').err, /has an account already/)
})
