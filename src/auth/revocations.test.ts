// Revocations: an access token is refused from the moment on that its session or its person's standing ends, on every node.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Accounts, openAccounts } from '../../test/accounts.ts'
import { accepted } from '../../test/shop.ts'
import { UnavailableError } from '../kernel/errors.ts'
import type { EventStore } from '../kernel/event-store.ts'
import { deactivateAccount, eraseAccount, revokeSession } from './accounts.ts'
import { followRevocations, type Revocations } from './revocations.ts'
import { type AccessClaims, openTokens } from './tokens.ts'

let shop: Accounts
const stopping = new AbortController()
before(async () => {
  shop = await openAccounts()
})
after(async () => {
  stopping.abort()
  await shop.close()
})

const signedIn = async (email: string): Promise<AccessClaims> => {
  const { accessToken } = accepted(await shop.signIn(email))
  const claims = await shop.tokens.readAccess(accessToken)
  assert(claims)
  return claims
}

const anotherNode = () => followRevocations(shop.store, () => new Date(), stopping.signal)

/** A node hears of it by the log, in its own time. */
const hears = async (node: Revocations, claims: AccessClaims): Promise<void> => {
  const patience = AbortSignal.timeout(5_000)
  while (!node.refuses(claims)) {
    patience.throwIfAborted()
    await new Promise(setImmediate)
  }
}

test('the token of a revoked session is refused at once here, and on another node as the log tells it', async () => {
  await shop.add('ana@loja.test')
  const node = await anotherNode()
  const [own, other] = [await signedIn('ana@loja.test'), await signedIn('ana@loja.test')]
  accepted(await revokeSession(shop.desk, { sessionId: other.sid, reason: 'by-person' }, shop.by(own.sub)))
  assert(shop.desk.revocations.refuses(other))
  await hears(node, other)
  assert(!shop.desk.revocations.refuses(own))
  assert(!node.refuses(own))
})

test('a node that starts afterwards refuses it too', async () => {
  const ended = await signedIn('ana@loja.test')
  await shop.desk.login.signOut(ended.sid, shop.by(ended.sub))
  assert((await anotherNode()).refuses(ended))
})

test('all tokens of who was deactivated or erased are refused', async () => {
  const rui = await shop.add('rui@loja.test')
  const before = await signedIn('rui@loja.test')
  accepted(await deactivateAccount(shop.desk, { personId: rui, sessions: [] }, shop.by('owner')))
  assert(shop.desk.revocations.refuses(before))

  const eva = await shop.add('eva@loja.test')
  const hers = await signedIn('eva@loja.test')
  accepted(await eraseAccount(shop.desk, eva, shop.by('owner')))
  assert(shop.desk.revocations.refuses(hers))
})

test('what is issued in the second of the change, but before it, is refused; what is issued after it is not', async () => {
  const [early, changed, late] = ['08:15:20.100', '08:15:20.500', '08:15:20.900'].map((time) => `2026-03-02T${time}Z`)
  const now = () => new Date(early ?? '')
  const node = await followRevocations(shop.store, now, stopping.signal)
  const tokens = await openTokens(shop.keyValue, Buffer.alloc(32, 7), now)
  const issuedAt = async (at: string | undefined) => {
    const claims = await tokens.readAccess(
      await tokens.access({ sub: 'lia', sid: 'one', role: 'admin' }, new Date(at ?? '')),
    )
    assert(claims)
    return claims
  }
  const [before, after] = [await issuedAt(early), await issuedAt(late)]
  node.learn({ type: 'RoleChanged', data: { personId: 'lia', role: 'employee' } }, new Date(changed ?? ''))
  assert(node.refuses(before))
  assert(!node.refuses(after))
})

test('a node that cannot reach the log for a while hears of it afterwards', async () => {
  let outages = 0
  const failing: EventStore = {
    ...shop.store,
    async *subscribe(options) {
      if (outages++ === 0) throw new UnavailableError('the event store')
      yield* shop.store.subscribe(options)
    },
  }
  const interruptions: unknown[] = []
  const node = await followRevocations(
    failing,
    () => new Date(),
    stopping.signal,
    (error) => interruptions.push(error),
  )
  const ended = await signedIn('ana@loja.test')
  accepted(await shop.desk.login.revoke(ended.sid, 'by-person', shop.by(ended.sub)))
  await hears(node, ended)
  assert.equal(interruptions.length, 1)
})
