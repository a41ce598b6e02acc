// The audit over real HTTP: seals, keys and proofs that a program can check with no trust in the server.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { checkProof, isConsistent, publicKeyFrom } from '../../src/audit/index.ts'
import { collect } from '../../src/kernel/event-store.ts'
import { type RunningShop, startShop } from '../support/app.ts'
import { until } from '../support/until.ts'

describe('the audit by API', () => {
  let shop: RunningShop
  const get = async (path: string, as: 'auditor' | 'employee' = 'auditor') => shop.call('GET', path, { as })
  const seal = async () => (await shop.call('POST', '/api/audit/seals', { as: 'admin' })).body
  const ownKey = async () => publicKeyFrom((await get('/api/audit/keys')).body.items[0].publicKey)
  const events = () => collect(shop.system.rawLog.readAll())

  before(async () => {
    shop = await startShop()
  })
  after(() => shop.close())

  it('proves nothing before the first seal', async () => {
    assert.deepEqual((await get('/api/audit/seals')).body, { items: [], next: null })
    const [event] = await events()
    const { status, body } = await get(`/api/audit/proofs/inclusion?event=${event?.id}`)
    assert.deepEqual([status, body.code], [409, 'not-sealed-yet'])
    const verifying = await shop.call('POST', '/api/audit/verifications', { as: 'auditor', body: {} })
    assert.deepEqual([verifying.status, verifying.body.code], [409, 'not-sealed-yet'])
  })

  it('seals when asked, and lists seals page by page', async () => {
    const first = await seal()
    assert.equal(first.size, (await events()).length - 1)
    await shop.call('PATCH', '/api/profile', { as: 'employee', body: { locale: 'en' } })
    await shop.call('POST', '/api/auth/login', { body: { email: 'nobody@example.com', password: 'not a password' } })
    const second = await seal()
    assert.ok(second.size > first.size)
    const page = (await get('/api/audit/seals?limit=1')).body
    assert.deepEqual([page.items[0].size, page.items[0].previous], [second.size, first])
    const next = (await get(`/api/audit/seals?limit=1&after=${page.next}`)).body
    assert.deepEqual([next.items[0].root, next.items[0].previous], [first.root, null])
  })

  it('verifies the whole log as a job, and says what was found', async () => {
    const begin = (body: object) => shop.call('POST', '/api/audit/verifications', { as: 'auditor', body })
    const verdictOf = async (body: object) => {
      const begun = await begin(body)
      assert.equal(begun.status, 202)
      const path = `/api/audit/verifications/${begun.body.id}`
      await until(async () => (await get(path)).body.status === 'done', { what: 'the verdict' })
      return (await get(path)).body.verdict
    }
    const { size } = await seal()
    const { finding, proved, lastSeal } = await verdictOf({})
    assert.deepEqual([finding, proved, lastSeal.size], [null, size, size])
    const stranger = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
    assert.equal((await verdictOf({ key: stranger })).finding.kind, 're-signed')
    assert.equal((await begin({ key: 'no key' })).status, 422)
    assert.equal((await shop.call('POST', '/api/audit/verifications', { as: 'employee', body: {} })).status, 403)
  })

  it('proves every event, and the proof is checked with the public key alone', async () => {
    const { size } = (await get('/api/audit/seals?limit=1')).body.items[0]
    const key = await ownKey()
    for (const { id } of (await events()).slice(0, size)) {
      const { status, body } = await get(`/api/audit/proofs/inclusion?event=${id}`)
      assert.equal(status, 200)
      assert.equal(checkProof(body, key).doubt, undefined)
      assert.match(checkProof({ ...body, event: { ...body.event, type: 'Other' } }, key).doubt ?? '', /not the one/)
    }
    assert.equal((await get('/api/audit/proofs/inclusion?event=nothing')).status, 404)
  })

  it('proves that a seal continues the one before it', async () => {
    const [second, first] = (await get('/api/audit/seals')).body.items
    const { path } = (await get(`/api/audit/proofs/consistency?from=${first.size}&to=${second.size}`)).body
    const headOf = ({ size, root }: { size: number; root: string }) => ({ size, root: Buffer.from(root, 'base64') })
    const hashes = path.map((text: string) => Buffer.from(text, 'base64'))
    assert.ok(isConsistent(headOf(first), headOf(second), hashes))
    assert.ok(!isConsistent({ ...headOf(first), root: Buffer.alloc(32) }, headOf(second), hashes))
    assert.equal((await get('/api/audit/proofs/consistency?from=1&to=99999')).status, 404)
  })

  it('goes on under a new key, which the old one has signed for', async () => {
    const old = await ownKey()
    const { keyId } = (await shop.call('POST', '/api/audit/keys', { as: 'super-admin' })).body
    await seal()
    const keys = (await get('/api/audit/keys')).body.items
    assert.deepEqual([keys.length, keys[1].keyId, keys[1].previousKeyId], [2, keyId, keys[0].keyId])
    const [event] = await events()
    const { body } = await get(`/api/audit/proofs/inclusion?event=${event?.id}`)
    assert.equal(checkProof(body, old).doubt, undefined)
  })

  it('is for those who may', async () => {
    assert.equal((await get('/api/audit/seals', 'employee')).status, 403)
    assert.equal((await shop.call('POST', '/api/audit/seals', { as: 'auditor' })).status, 403)
    assert.equal((await shop.call('POST', '/api/audit/keys', { as: 'admin' })).status, 403)
  })

  it('lets an auditor see everything and change nothing', async () => {
    for (const path of ['/api/sales', '/api/products', '/api/people', '/api/reports/sales'])
      assert.equal((await get(path)).status, 200, path)
    const product = { sku: 'X-1', name: 'X', category: 'X', unit: 'un', decimals: 0, price: 1, cost: 1, taxRate: 0 }
    assert.equal((await shop.call('POST', '/api/products', { as: 'auditor', body: product })).status, 403)
  })
})
