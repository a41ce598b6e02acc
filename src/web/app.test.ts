// What every request passes through, whoever asks and however oddly.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { emailOf, password, type RunningShop, startShop } from '../../test/support/app.ts'
import { UnavailableError } from '../kernel/errors.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import { openMonitoring } from '../monitoring/index.ts'
import { webApp } from './app.ts'

let shop: RunningShop
before(async () => {
  shop = await startShop()
})
after(() => shop.close())

const form = (fields: Record<string, string>, headers: Record<string, string> = {}) => ({
  raw: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
})
const signInForm = (next: string) => form({ email: emailOf('employee'), password, next })
const cookiesOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
const signedIn = async () => cookiesOf((await shop.call('POST', '/login', signInForm('/'))).headers)

describe('whoever signs in', () => {
  test('is led to where they wanted to go, and never to another site', async () => {
    for (const [next, led] of [
      ['/sales?day=2026-03-02', '/sales?day=2026-03-02'],
      ['https://evil.test/', '/'],
      ['//evil.test/', '/'],
      ['/\\evil.test/', '/'],
      ['/\t/evil.test/', '/'],
    ] as const) {
      const { status, headers } = await shop.call('POST', '/login', signInForm(next))
      assert.equal(status, 303)
      assert.equal(headers.get('location'), led, JSON.stringify(next))
    }
  })

  test('gets cookies that no script reads and no other site sends; over https they are sent over nothing else', async () => {
    const { headers } = await shop.call('POST', '/login', signInForm('/'))
    for (const cookie of headers.getSetCookie()) {
      assert.match(cookie, /HttpOnly/)
      assert.match(cookie, /SameSite=Strict/)
      assert.doesNotMatch(cookie, /Secure/)
    }
    const secure = webApp({ ...shop.system, config: { ...shop.system.config, publicUrl: 'https://loja.test' } })
    const answer = await secure.request('/login', { method: 'POST', body: new URLSearchParams(signInForm('/').raw) })
    assert.equal(answer.status, 303)
    for (const cookie of answer.headers.getSetCookie()) assert.match(cookie, /Secure/)
    assert.match(answer.headers.get('strict-transport-security') ?? '', /max-age=\d+/)
    assert.equal(headers.get('strict-transport-security'), null)
  })

  test('cannot use a refresh token as an access token, and a bad bearer is not made good by a cookie', async () => {
    const { body } = await shop.call('POST', '/api/auth/login', { body: { email: emailOf('admin'), password } })
    const cookie = await signedIn()
    for (const authorization of [`Bearer ${body.refreshToken}`, 'Bearer nonsense', 'Basic YTpi', 'Bearer'])
      assert.equal((await shop.call('GET', '/api/auth/me', { headers: { authorization, cookie } })).status, 401)
    assert.equal((await shop.call('GET', '/api/auth/me', { headers: { cookie } })).status, 200)
  })
})

describe('a change', () => {
  const origins = async (headers: Record<string, string>, publicUrl?: string) => {
    const app = webApp({ ...shop.system, config: { ...shop.system.config, publicUrl } })
    const answer = await app.request('http://inside:3000/login', {
      method: 'POST',
      headers: { host: 'inside:3000', ...headers },
      body: new URLSearchParams({ email: 'x', password: 'y', next: '/' }),
    })
    return answer.status
  }

  test('that another site’s page asks for is refused', async () => {
    for (const headers of [
      { origin: 'https://evil.test' },
      { origin: 'null' },
      { origin: 'file://' },
      { origin: 'http://inside:3000.evil.test' },
      { 'sec-fetch-site': 'cross-site', origin: 'http://inside:3000' },
      { 'sec-fetch-site': 'same-site' },
    ])
      assert.equal(await origins(headers), 403, JSON.stringify(headers))
    assert.equal(await origins({ origin: 'http://inside:3000' }), 401)
    assert.equal(await origins({ 'sec-fetch-site': 'same-origin', origin: 'https://shop.test' }), 401)
    assert.equal(await origins({}), 401)
  })

  test('from our own pages behind a proxy is not, although the host inside is another', async () => {
    assert.equal(await origins({ origin: 'https://shop.test' }, 'https://shop.test'), 401)
    assert.equal(await origins({ origin: 'https://evil.test' }, 'https://shop.test'), 403)
    assert.equal(await origins({ origin: 'http://shop.test' }, 'https://shop.test'), 403)
  })
})

describe('whatever is asked', () => {
  test('no cache keeps what is somebody’s', async () => {
    const cookie = await signedIn()
    for (const path of [
      '/',
      '/login',
      '/no-such-page',
      '/api/auth/me',
      '/api/no-such',
      '/health/live',
      '/api/system/health',
    ]) {
      const { headers } = await shop.call('GET', path, { headers: { cookie } })
      assert.match(headers.get('cache-control') ?? '', /no-store|private/, path)
    }
  })

  test('every problem of the API is problem details, and of a page never JSON', async () => {
    const json = { 'content-type': 'application/json' }
    const asked = [
      ['GET', '/api/no-such', {}, 404],
      ['DELETE', '/api/products', {}, 405],
      ['POST', '/api/auth/login', { raw: '{', headers: json }, 400],
      ['POST', '/api/auth/login', { raw: '[]', headers: json }, 422],
      ['POST', '/api/auth/login', { raw: 'x'.repeat(7 * 1024 * 1024), headers: json }, 413],
      ['POST', '/api/auth/login', { raw: '{}', headers: { ...json, origin: 'https://evil.test' } }, 403],
      ['GET', '/api/products?minPosition=-1', { as: 'employee' }, 400],
      ['GET', '/api/products?minPosition=999999', { as: 'employee' }, 503],
      ['GET', '/api/people', { as: 'employee' }, 403],
    ] as const
    for (const [method, path, call, status] of asked) {
      const answer = await shop.call(method, path, call)
      assert.equal(answer.status, status, `${method} ${path}`)
      assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
      assert.equal(answer.body.status, status)
    }
    const page = await shop.call('GET', '/no-such-page')
    assert.equal(page.status, 404)
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
  })

  test('odd cookies and addresses are nobody’s harm', async () => {
    const session = await signedIn()
    for (const cookie of [
      'caminho-position=%E0%A4%A',
      'caminho-position=x',
      'locale=%',
      'caminho-told=%7B',
      'theme=;;=',
      'caminho-access=%00; caminho-refresh=a.b.c',
    ]) {
      const { status } = await shop.call('GET', '/login', { headers: { cookie } })
      assert.equal(status, 200, cookie)
    }
    assert.equal((await shop.call('GET', '/', { headers: { cookie: `${session}; caminho-position=-5` } })).status, 200)
    for (const path of ['/%E0%A4%A', '/products/%', '/api/products/%E0%A4%A', '/assets/%/x', '/login?next=%'])
      assert((await shop.call('GET', path, { as: 'employee' })).status < 500, path)
  })

  test('HEAD answers as GET does, without a body', async () => {
    const authorization = `Bearer ${shop.tokenOf('employee')}`
    for (const [path, headers] of [
      ['/login', {}],
      ['/api/auth/me', { authorization }],
      ['/health/ready', {}],
    ] as const) {
      const answer = await fetch(shop.url + path, { method: 'HEAD', headers })
      assert.deepEqual([answer.status, await answer.text()], [200, ''], path)
    }
  })

  test('the address and the headers of a request cannot write headers of the answer', async () => {
    const { headers } = await shop.call('GET', '/sales?x=%0d%0aSet-Cookie:%20a=b')
    assert.equal(headers.get('set-cookie'), null)
    assert.match(headers.get('location') ?? '', /^\/login\?next=/)
  })
})

test('anybody may ask how it is; why, and how much has happened, is for who may see the system', async () => {
  const anonymous = await shop.call('GET', '/api/system/health')
  assert.equal(anonymous.body.status, 'pass')
  assert.deepEqual(anonymous.body, { status: 'pass' })
  assert.equal(anonymous.headers.get('content-type'), 'application/health+json')
  const employee = await shop.call('GET', '/api/system/health', { as: 'employee' })
  assert.deepEqual(employee.body, { status: 'pass' })
  const admin = await shop.call('GET', '/api/system/health', { as: 'admin' })
  for (const part of ['event-store', 'read-models', 'projections', 'disk', 'memory', 'event-loop']) {
    const [seen] = admin.body.checks[part]
    assert.equal(seen.status, 'pass', part)
    for (const field of ['observedValue', 'observedUnit', 'time']) assert.notEqual(seen[field], undefined, part)
  }
  const odd = await shop.call('GET', '/api/system/health', { headers: { authorization: 'Bearer nonsense' } })
  assert.equal(odd.status, 200)
})

test('when the read models are out of reach, people get a page that says so, and programs a problem', async () => {
  const down = () => Promise.reject(new UnavailableError('the read models'))
  const models: ReadModels = {
    ...shop.system.models,
    get: down,
    getMany: down,
    find: down,
    count: down,
    checkpoints: down,
  }
  const told: unknown[] = []
  const log = Object.assign(Object.create(shop.system.log), { error: (...each: unknown[]) => told.push(each) })
  const { store, keyValue, config, startUp, tracing, now } = shop.system
  const [node, version, dataDir] = ['test', '1', config.dataDir]
  const monitoring = openMonitoring({ node, version, store, models, keyValue, dataDir, startUp, tracing, now, log })
  const app = webApp({ ...shop.system, models, log, monitoring })
  const page = await app.request('/login')
  assert.equal(page.status, 503)
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
  assert.match(await page.text(), /<html/)
  assert.equal(told.length, 1)
  const headers = { authorization: `Bearer ${shop.tokenOf('employee')}` }
  const answer = await app.request('/api/products', { headers })
  assert.deepEqual([answer.status, answer.headers.get('content-type')], [503, 'application/problem+json'])
  const health = await app.request('/api/system/health')
  assert.deepEqual([health.status, JSON.parse(await health.text()).status], [503, 'fail'])
  monitoring.close()
})
