// A directory as a file store: the contract, and what a killed process leaves.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openDirectory } from '../../src/files/index.ts'
import { UnavailableError } from '../../src/kernel/errors.ts'
import { fileStoreContract } from './file-store.ts'

const root = mkdtempSync(join(tmpdir(), 'files-'))
after(() => rmSync(root, { recursive: true }))

fileStoreContract('A directory', async () => openDirectory(root))

test('what a killed process was writing is not seen, and is swept', async () => {
  const files = openDirectory(root)
  const program = `
    import { openDirectory } from ${JSON.stringify(new URL('../../src/files/directory.ts', import.meta.url).href)}
    function* content() {
      yield Buffer.alloc(100_000)
      process.stdout.write('half')
      for (;;) yield Buffer.alloc(1)
    }
    await openDirectory(${JSON.stringify(root)}).write('killed/file', content())`
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program]
  const writer = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(writer.stdout, 'data')
  writer.kill('SIGKILL')
  await once(writer, 'exit')

  assert.equal(readdirSync(join(root, 'killed')).length, 1)
  assert.equal(await files.stat('killed/file'), undefined)
  for await (const file of files.list('killed')) assert.fail(file.name)
  assert.equal(await files.sweep('killed'), 1)
  assert.deepEqual(readdirSync(join(root, 'killed')), [])
})

test('a directory that cannot be written says so', async () => {
  await openDirectory(root).write('a-file', [])
  await assert.rejects(openDirectory(join(root, 'a-file')).write('file', []), UnavailableError)
})
