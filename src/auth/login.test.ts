// Signing in: who gets in, what the others learn, and what becomes of a session.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Accounts, from, openAccounts, password } from '../../test/accounts.ts'
import { accepted, refused } from '../../test/shop.ts'
import { deactivatePerson, reactivatePerson } from '../commands/people.ts'
import { changeAccountRole, deactivateAccount, eraseAccount, setPassword } from './accounts.ts'

const anonymous = { actor: 'anonymous', correlationId: 'test' }

describe('signing in', () => {
  let shop: Accounts
  let ana: string
  before(async () => {
    shop = await openAccounts()
    ana = await shop.add('ana@loja.test', { role: 'manager' })
  })
  after(() => shop.close())

  test('gives tokens that tell who it is, in which role and session', async () => {
    const issued = accepted(await shop.signIn(' Ana@loja.test'))
    const claims = await shop.tokens.readAccess(issued.accessToken)
    assert.deepEqual([claims?.sub, claims?.sid, claims?.role], [ana, issued.sessionId, 'manager'])
    const [started] = await shop.facts('SessionStarted')
    assert.deepEqual(
      [started?.data.sessionId, started?.data.address, started?.metadata.actor],
      [issued.sessionId, '10.0.0.7', `person:${ana}`],
    )
  })

  test('answers the same to a wrong password and to an account that is not there', async () => {
    const wrong = refused(await shop.signIn('ana@loja.test', 'not the password'))
    const unknown = refused(await shop.signIn('nobody@loja.test', 'not the password'))
    assert.deepEqual(wrong, ['wrong-credentials', {}])
    assert.deepEqual(unknown, wrong)
  })

  test('does about the same work for both, so that the time does not tell either', async () => {
    const timed = async (email: string) => {
      const times: number[] = []
      for (let n = 0; n < 5; n += 1) {
        const began = performance.now()
        await shop.desk.passwords.matches(email === 'known' ? ana : undefined, `wrong ${n}`)
        times.push(performance.now() - began)
      }
      return Math.min(...times)
    }
    const [known, unknown] = [await timed('known'), await timed('unknown')]
    assert(
      unknown > known / 4 && known > unknown / 4,
      `${known} ms for a known account, ${unknown} ms for an unknown one`,
    )
  })

  test('records a failure without the address that was typed', async () => {
    const failures = await shop.facts('LoginFailed')
    assert.deepEqual(
      failures.map(({ data }) => [data.accountKey, data.reason]),
      [
        [shop.desk.accountKey('ana@loja.test'), 'credentials'],
        [shop.desk.accountKey('nobody@loja.test'), 'credentials'],
      ],
    )
    assert(!JSON.stringify(failures.map(({ data }) => data)).includes('loja.test'))
  })

  test('waits after ten failures, with the right password too; another account is not held up', async () => {
    await shop.add('rui@loja.test')
    for (let n = 0; n < 10; n += 1) await shop.signIn('rui@loja.test', 'not the password')
    const [code, details] = refused(await shop.signIn('rui@loja.test'))
    assert.equal(code, 'too-many-attempts')
    assert(typeof details === 'object' && details !== null && 'retryAfter' in details && Number(details.retryAfter) > 0)
    accepted(await shop.signIn('ana@loja.test'))
  })

  test('is refused to who was deactivated, in the same words, and let in again once reactivated', async () => {
    const eva = await shop.add('eva@loja.test')
    accepted(await deactivatePerson(shop.desk, eva, shop.by(ana)))
    assert.deepEqual(refused(await shop.signIn('eva@loja.test')), ['wrong-credentials', {}])
    assert.equal((await shop.facts('LoginFailed')).at(-1)?.data.reason, 'deactivated')
    accepted(await reactivatePerson(shop.desk, eva, shop.by(ana)))
    accepted(await shop.signIn('eva@loja.test'))
  })

  test('is over for who was erased', async () => {
    const zita = await shop.add('zita@loja.test')
    accepted(await eraseAccount(shop.desk, zita, shop.by(ana)))
    assert.equal(refused(await shop.signIn('zita@loja.test'))[0], 'wrong-credentials')
    const added = (await shop.facts('PersonAdded')).find(({ data }) => data.personId === zita)
    assert.deepEqual([added?.data.name, added?.data.email], [null, null])
  })
})

describe('an Idempotency-Key', () => {
  let shop: Accounts
  let ana: string
  before(async () => {
    shop = await openAccounts()
    ana = await shop.add('ana@loja.test', { role: 'manager' })
  })
  after(() => shop.close())
  const repeatable = { ...anonymous, request: { key: 'anonymous 1', content: 'POST /api/auth/refresh null' } }

  test('does not bring back a session that was revoked meanwhile', async () => {
    const { refreshToken, sessionId } = accepted(await shop.signIn('ana@loja.test'))
    const { login } = shop.desk
    const renewed = accepted(await login.refresh(refreshToken, repeatable))
    await login.revoke(sessionId, 'by-administrator', shop.by('owner'))
    for (const token of [refreshToken, renewed.refreshToken])
      assert.equal(refused(await login.refresh(token, repeatable))[0], 'session-over')
  })

  test('does not lend the role of one to another who uses the same key', async () => {
    await shop.add('rui@loja.test')
    const [boss, clerk] = [accepted(await shop.signIn('ana@loja.test')), accepted(await shop.signIn('rui@loja.test'))]
    const request = { key: 'anonymous 2', content: 'POST /api/auth/refresh null' }
    accepted(await shop.desk.login.refresh(boss.refreshToken, { ...anonymous, request }))
    const { accessToken } = accepted(await shop.desk.login.refresh(clerk.refreshToken, { ...anonymous, request }))
    assert.equal((await shop.tokens.readAccess(accessToken))?.role, 'employee')
  })

  test('neither keeps a person out nor lets anybody in', async () => {
    const request = { key: 'anonymous 3', content: 'POST /api/auth/login null' }
    const signIn = (typed: string) =>
      shop.desk.login.signIn({ email: 'ana@loja.test', password: typed, ...from }, { ...anonymous, request })
    assert.equal(refused(await signIn('not the password'))[0], 'wrong-credentials')
    assert.equal(accepted(await signIn(password)).personId, ana)
    assert.equal(accepted(await signIn(password)).personId, ana)
    assert.equal(refused(await signIn('not the password'))[0], 'wrong-credentials')
  })

  test('thirty guesses at once are no more than ten in a row', async () => {
    await shop.add('eva@loja.test')
    const guesses = await Promise.all(
      Array.from({ length: 30 }, (_, n) => shop.signIn('eva@loja.test', `guess ${n} of many`)),
    )
    const codes = guesses.map((guess) => refused(guess)[0])
    assert.equal(codes.filter((code) => code === 'wrong-credentials').length, 10)
  })
})

describe('a session', () => {
  let shop: Accounts
  let ana: string
  before(async () => {
    shop = await openAccounts()
    ana = await shop.add('ana@loja.test')
  })
  after(() => shop.close())
  const refresh = (token: string) => shop.desk.login.refresh(token, anonymous)
  const signIn = async (email = 'ana@loja.test') => accepted(await shop.signIn(email))

  test('is renewed by its refresh token, which changes each time', async () => {
    const first = await signIn()
    const second = accepted(await refresh(first.refreshToken))
    assert.equal(second.sessionId, first.sessionId)
    assert.notEqual(second.refreshToken, first.refreshToken)
    accepted(await refresh(second.refreshToken))
  })

  test('survives two tabs that renew it at the same moment', async () => {
    const { refreshToken } = await signIn()
    const outcomes = await Promise.all([refresh(refreshToken), refresh(refreshToken)])
    for (const outcome of outcomes) accepted(await refresh(accepted(outcome).refreshToken))
  })

  test('ends when an old refresh token comes back: somebody else may hold it', async () => {
    shop.travel('2026-03-02T09:00:00.000Z')
    const first = await signIn()
    const second = accepted(await refresh(first.refreshToken))
    shop.travel('2026-03-02T09:01:00.000Z')
    assert.equal(refused(await refresh(first.refreshToken))[0], 'session-over')
    assert.equal(refused(await refresh(second.refreshToken))[0], 'session-over')
    const [revoked] = (await shop.facts('SessionRevoked')).slice(-1)
    assert.deepEqual([revoked?.data.sessionId, revoked?.data.reason], [first.sessionId, 'token-reused'])
    assert.equal((await shop.facts('RefreshTokenReused')).length, 1)
  })

  test('is not renewed by an access token, or by anything that is none of ours', async () => {
    const { accessToken } = await signIn()
    for (const token of [accessToken, 'a.b.c', '']) assert.equal(refused(await refresh(token))[0], 'session-over')
  })

  test('tells the role of now once it is renewed', async () => {
    const { refreshToken } = await signIn()
    accepted(await changeAccountRole(shop.desk, { personId: ana, role: 'manager' }, shop.by('owner')))
    const { accessToken } = accepted(await refresh(refreshToken))
    assert.equal((await shop.tokens.readAccess(accessToken))?.role, 'manager')
  })

  test('is over once signed out', async () => {
    const { sessionId, refreshToken } = await signIn()
    await shop.desk.login.signOut(sessionId, shop.by(ana))
    assert.equal(refused(await refresh(refreshToken))[0], 'session-over')
  })

  test('is over with the password that opened it; the one that changed it goes on', async () => {
    const [other, own] = [await signIn(), await signIn()]
    const change = {
      personId: ana,
      password: 'another long password',
      by: 'self',
      sessions: [other.sessionId],
    } as const
    accepted(await setPassword(shop.desk, change, shop.by(ana)))
    assert.equal(refused(await refresh(other.refreshToken))[0], 'session-over')
    accepted(await refresh(own.refreshToken))
    assert.equal(refused(await shop.signIn('ana@loja.test'))[0], 'wrong-credentials')
    accepted(await shop.signIn('ana@loja.test', 'another long password'))
    accepted(await setPassword(shop.desk, { ...change, password, sessions: [] }, shop.by(ana)))
  })

  test('of who was deactivated does not come back to life with their reactivation', async () => {
    const rui = await shop.add('rui@loja.test')
    const { sessionId, refreshToken } = await signIn('rui@loja.test')
    accepted(await deactivateAccount(shop.desk, { personId: rui, sessions: [sessionId] }, shop.by(ana)))
    accepted(await reactivatePerson(shop.desk, rui, shop.by(ana)))
    assert.equal(refused(await refresh(refreshToken))[0], 'session-over')
    assert.equal((await shop.facts('SessionRevoked')).at(-1)?.data.reason, 'deactivated')
  })

  test('that is not there cannot be revoked', async () =>
    assert.equal(refused(await shop.desk.login.revoke('no-such', 'by-person', anonymous))[0], 'unknown-session'))
})
