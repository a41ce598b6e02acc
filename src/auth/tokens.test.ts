// Tokens: ours, whole, of the right use and not expired.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Accounts, openAccounts } from '../../test/accounts.ts'
import { accessSeconds, openTokens, refreshSeconds, type Tokens } from './tokens.ts'

let shop: Accounts
let time = new Date('2026-03-02T08:00:00Z')
let tokens: Tokens
const open = (masterKey = Buffer.alloc(32, 7)) => openTokens(shop.keyValue, masterKey, () => time)
const claims = { sub: 'ana', sid: 's1', role: 'manager' } as const

before(async () => {
  shop = await openAccounts()
  tokens = await open()
})
after(() => shop.close())

test('an access token tells what was put into it, until its time is over', async () => {
  const token = await tokens.access(claims)
  const read = await tokens.readAccess(token)
  assert.deepEqual([read?.sub, read?.sid, read?.role], ['ana', 's1', 'manager'])
  time = new Date(time.getTime() + accessSeconds * 1000)
  assert.equal(await tokens.readAccess(token), undefined)
  assert.equal(await (await open()).readAccess(token), undefined)
})

test('a refresh token is good for thirty days, and is no access token', async () => {
  const token = await tokens.refresh({ sub: 'ana', sid: 's1', generation: 3 })
  assert.equal(await tokens.readAccess(token), undefined)
  time = new Date(time.getTime() + (refreshSeconds - 1) * 1000)
  assert.equal((await tokens.readRefresh(token))?.generation, 3)
  time = new Date(time.getTime() + 2_000)
  assert.equal(await tokens.readRefresh(token), undefined)
})

test('a token that was tampered with is refused, and so is one without a signature', async () => {
  const [head, body, signature] = (await tokens.access(claims)).split('.')
  const forged = Buffer.from(JSON.stringify({ ...claims, role: 'super-admin' })).toString('base64url')
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'access' })).toString('base64url')
  for (const token of [`${head}.${forged}.${signature}`, `${none}.${body}.`, `${head}.${body}.`])
    assert.equal(await tokens.readAccess(token), undefined)
})

test('another start reads the tokens of the one before: the key is kept, sealed', async () => {
  const token = await tokens.access(claims)
  assert.equal((await (await open()).readAccess(token))?.sub, 'ana')
  const kept = await shop.keyValue.get('signing-key', 'current')
  assert.doesNotMatch(JSON.stringify(kept?.value), /"(kty|crv|d)"/)
  await assert.rejects(() => open(Buffer.alloc(32, 8)))
})
