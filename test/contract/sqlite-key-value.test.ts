// The embedded key-value store against the contract of its port, and its own promise: what is deleted is not in its files any more.
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { UnavailableError } from '../../src/kernel/errors.ts'
import { openSqliteKeyValue } from '../../src/stores/sqlite/key-value.ts'
import { keyValueContract } from './key-value.ts'
import { inNewFolder } from './sqlite.ts'

const open = inNewFolder((path) => openSqliteKeyValue({ path }))

keyValueContract('SQLite', open)

const secret = (i: number) => `segredo-${i}-${'z'.repeat(40)}`

async function isInTheFiles(folder: string, text: string): Promise<boolean> {
  const files = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file))))
  return files.some((bytes) => bytes.includes(text))
}

test('a deleted key is in none of the files, though another connection is open', async () => {
  const { store, beside, folder, destroy } = await open()
  const other = await beside()
  for (let i = 0; i < 500; i += 1) await store.put('keys', `person-${i}`, { wrapped: secret(i) })
  for (let i = 0; i < 500; i += 50) await store.put('keys', `person-${i}`, { wrapped: secret(i), again: true })
  await other.list('keys')
  assert.ok(await isInTheFiles(folder, secret(50)))

  for (let i = 0; i < 500; i += 50) {
    assert.equal(await store.delete('keys', `person-${i}`), true)
    assert.equal(await isInTheFiles(folder, secret(i)), false, `the key of person ${i}`)
  }
  assert.ok(await isInTheFiles(folder, secret(51)))
  assert.equal((await other.list('keys')).length, 490)
  await destroy()
})

test('a delete that another reader keeps from cleaning the files says so, and can be repeated', async () => {
  const { path, folder, destroy } = await open()
  const store = openSqliteKeyValue({ path, busyTimeout: 1 })
  await store.put('keys', 'person', secret(1))
  const reader = new DatabaseSync(path)
  reader.exec('BEGIN; SELECT * FROM entries')

  await assert.rejects(store.delete('keys', 'person'), UnavailableError)
  assert.equal(await store.get('keys', 'person'), undefined)
  assert.ok(await isInTheFiles(folder, secret(1)))

  reader.close()
  await store.delete('keys', 'person')
  assert.equal(await isInTheFiles(folder, secret(1)), false)
  await store.close()
  await destroy()
})
