// The vault: one key a person, wrapped; gone for good once erased; of no use without the master key.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { inNewFolder } from '../../test/contract/sqlite.ts'
import { openSqliteKeyValue } from '../stores/sqlite/key-value.ts'
import { SealBrokenError } from './errors.ts'
import { openVault, seal, unseal } from './vault.ts'

const openKeys = inNewFolder((path) => openSqliteKeyValue({ path }))
const masterKey = Buffer.alloc(32, 1)
let keys: Awaited<ReturnType<typeof openKeys>>
before(async () => {
  keys = await openKeys()
})
after(() => keys.destroy())

test('what is sealed opens with its key and context, and with nothing else', () => {
  const key = Buffer.alloc(32, 3)
  const sealed = seal(key, 'Ana', 'e1/name')
  assert.equal(unseal(key, sealed, 'e1/name', 'it').toString(), 'Ana')
  assert.notEqual(seal(key, 'Ana', 'e1/name'), sealed)
  const bytes = Buffer.from(sealed, 'base64')
  for (let at = 0; at < bytes.length; at += 1) {
    const tampered = Buffer.from(bytes)
    tampered[at] = (tampered[at] ?? 0) ^ 1
    assert.throws(() => unseal(key, tampered.toString('base64'), 'e1/name', 'it'), SealBrokenError)
  }
  for (let length = 0; length < bytes.length; length += 1)
    assert.throws(() => unseal(key, bytes.subarray(0, length).toString('base64'), 'e1/name', 'it'), SealBrokenError)
  assert.throws(() => unseal(key, sealed, 'e2/name', 'it'), SealBrokenError)
  assert.throws(() => unseal(Buffer.alloc(32, 4), sealed, 'e1/name', 'it'), SealBrokenError)
})

test('everybody who asks for a person’s key at once gets the same one, on every node', async () => {
  const nodes = [openVault(keys.store, masterKey), openVault(await keys.beside(), masterKey)]
  const asked = await Promise.all(Array.from({ length: 10 }, (_, n) => nodes[n % 2]?.keyFor('ana')))
  assert.equal(new Set(asked.map((key) => key?.toString('hex'))).size, 1)
})

test('an erased person never gets a lasting key again', async () => {
  const vault = openVault(keys.store, masterKey)
  const before = await vault.keyFor('rui')
  await vault.erase('rui')
  await vault.erase('rui')
  assert.equal((await vault.keysOf(['rui', 'nobody'])).size, 0)
  const [one, two] = [await vault.keyFor('rui'), await vault.keyFor('rui')]
  assert(!one.equals(before) && !one.equals(two))
  assert.equal((await vault.keysOf(['rui'])).size, 0)
})

test('another master key is said to be another', async () => {
  await openVault(keys.store, masterKey).keyFor('eva')
  const other = openVault(keys.store, Buffer.alloc(32, 2))
  await assert.rejects(other.keyFor('eva'), /the key of person eva cannot be opened: the master key is not the one/)
  await assert.rejects(other.keysOf(['eva']), SealBrokenError)
  assert.throws(() => openVault(keys.store, Buffer.alloc(16)), /32 bytes/)
})
