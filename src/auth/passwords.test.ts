// Passwords, and the keys under which accounts are found.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Accounts, openAccounts } from '../../test/accounts.ts'
import { accountKeyOf } from './account-key.ts'
import { newPassword } from './passwords.ts'

let shop: Accounts
before(async () => {
  shop = await openAccounts()
})
after(() => shop.close())

test('a password matches as it was set, until another is set or it is forgotten', async () => {
  const { passwords } = shop.desk
  await passwords.set('ana', 'a first password')
  assert(await passwords.matches('ana', 'a first password'))
  assert(!(await passwords.matches('ana', 'A first password')))
  await passwords.set('ana', 'a second password')
  assert(!(await passwords.matches('ana', 'a first password')))
  await passwords.forget('ana')
  assert(!(await passwords.matches('ana', 'a second password')))
  assert(!(await passwords.matches(undefined, 'a second password')))
})

test('what is kept is an argon2id hash with OWASP’s cost, never the password', async () => {
  await shop.desk.passwords.set('rui', 'the password itself')
  const kept = JSON.stringify((await shop.keyValue.get('password', 'rui'))?.value)
  assert.match(kept, /\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert(!kept.includes('the password itself'))
})

test('a password is long enough, and anything goes beside that', () => {
  assert(!newPassword.safeParse('too short').success)
  assert(newPassword.safeParse('só palavras').success)
  assert(!newPassword.safeParse('x'.repeat(201)).success)
})

test('an account key does not tell the address, ignores its case, and is another under another master key', () => {
  const key = accountKeyOf(Buffer.alloc(32, 1), 'ana@loja.test')
  assert.equal(accountKeyOf(Buffer.alloc(32, 1), ' Ana@LOJA.test '), key)
  assert.notEqual(accountKeyOf(Buffer.alloc(32, 2), 'ana@loja.test'), key)
  assert.match(key, /^[\w-]{43}$/)
})
