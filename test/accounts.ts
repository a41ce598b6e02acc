// Accounts on a real log and a real key-value store: for specifications of people, sessions and signing in.
import { accountKeyOf } from '../src/auth/account-key.ts'
import { addAccount } from '../src/auth/accounts.ts'
import { openLogin } from '../src/auth/login.ts'
import { openPasswords } from '../src/auth/passwords.ts'
import { followRevocations } from '../src/auth/revocations.ts'
import { openTokens } from '../src/auth/tokens.ts'
import type { NewPerson } from '../src/commands/people.ts'
import { accepted, openShop } from './shop.ts'

export const password = 'three words and more'
/** From where people sign in. */
export const from = { address: '10.0.0.7', userAgent: 'Firefox' }
const masterKey = Buffer.alloc(32, 7)

/** A shop whose people can sign in. */
export async function openAccounts() {
  const shop = await openShop()
  const { desk, commands, keyValue, store } = shop
  const stopping = new AbortController()
  const accountKey = (email: string) => accountKeyOf(masterKey, email)
  const passwords = await openPasswords(keyValue)
  const tokens = await openTokens(keyValue, masterKey, desk.now)
  const revocations = await followRevocations(store, desk.now, stopping.signal)
  const login = openLogin({ commands, passwords, tokens, accountKey, newId: desk.newId, now: desk.now })
  const accounts = { ...desk, accountKey, passwords, revocations, login }

  return {
    ...shop,
    desk: accounts,
    tokens,
    /** Adds a person with the password of all. */
    async add(email: string, details: Partial<NewPerson> = {}): Promise<string> {
      const person = { name: email, phone: null, role: 'employee', departments: [], locationId: null } as const
      return accepted(await addAccount(accounts, { ...person, email, ...details, password }, shop.by('owner'))).id
    },
    signIn: (email: string, typed = password) =>
      login.signIn({ email, password: typed, ...from }, { actor: 'anonymous', correlationId: 'test' }),
    async close() {
      stopping.abort()
      await shop.close()
    },
  }
}
export type Accounts = Awaited<ReturnType<typeof openAccounts>>
