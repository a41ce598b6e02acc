// Every route of the API, taken from its own OpenAPI document: bad input is told clearly and records nothing, and nobody gets in unasked.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Answer, type RunningShop, startShop } from '../support/app.ts'

interface Operation {
  readonly method: string
  readonly path: string
  readonly summary: string | undefined
  readonly isPublic: boolean
  readonly takesJson: boolean
  /** Answers without end. */
  readonly isStream: boolean
}

const publicPaths = new Set(['/api/auth/login', '/api/auth/refresh', '/api/emails/bounces'])

/** What may be asked for without saying anything. */
const asksNothing = new Set(['/api/system/backup'])

describe('every route of the API', () => {
  let shop: RunningShop
  // biome-ignore lint/suspicious/noExplicitAny: a document from outside, judged by these tests
  let document: any
  let operations: readonly Operation[] = []

  before(async () => {
    shop = await startShop()
    document = (await shop.call('GET', '/api/openapi.json')).body
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, Record<string, unknown>>).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        summary: operation.summary as string | undefined,
        isPublic: (operation.security as unknown[] | undefined)?.length === 0,
        takesJson: JSON.stringify(operation.requestBody ?? null).includes('application/json'),
        isStream: JSON.stringify(operation.responses).includes('text/event-stream'),
      })),
    )
  })
  after(() => shop.close())

  const at = ({ path }: Operation, id = 'nothing-of-that-name') => path.replaceAll(/\{\w+\}/g, id)
  const isProblem = ({ status, headers, body }: Answer, what: string) => {
    assert.ok(status >= 400 && status < 500, `${what} answered ${status}`)
    assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/, what)
    assert.match(body.type, new RegExp(`/${body.code}$`), what)
    assert.ok(body.title.length > 0, what)
    assert.equal(body.status, status, what)
  }

  it('is described: a summary and a tag each, every reference resolved, more than 25 of them', () => {
    assert.equal(document.openapi, '3.1.0')
    assert.ok(operations.length > 25)
    for (const { summary, method, path } of operations) assert.ok(summary, `${method} ${path}`)
    for (const [, reference] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = (reference ?? '').split('/').reduce((part, name) => part?.[name], document)
      assert.ok(target, `${reference} is not there`)
    }
    const ids = operations.map(({ method, path }) => `${method} ${path}`)
    assert.equal(new Set(ids).size, ids.length)
  })

  it('can be read by people: every route on a page without inline code', async () => {
    const { status, text, headers } = await shop.call('GET', '/api/docs', { headers: { 'accept-language': 'en' } })
    assert.equal(status, 200)
    assert.match(headers.get('content-type') ?? '', /^text\/html/)
    for (const { path, summary = '' } of operations) {
      assert.ok(text.includes(`<code>${path}</code>`), path)
      assert.ok(summary.includes("'") || text.includes(summary), summary)
    }
    assert.doesNotMatch(text, / style=| on\w+="|<script>/)
  })

  it('asks who is there, but where anybody may come', async () => {
    for (const operation of operations) {
      const { status, body } = await shop.call(operation.method, at(operation))
      const what = `${operation.method} ${operation.path}`
      assert.equal(operation.isPublic, publicPaths.has(operation.path), what)
      if (!operation.isPublic) assert.deepEqual([status, body.code], [401, 'not-signed-in'], what)
    }
  })

  it('answers bad bodies of every kind with a problem, and records nothing', async () => {
    const before = await shop.system.store.head()
    const huge = Number.MAX_SAFE_INTEGER
    const bodies: readonly (readonly [string, string])[] = [
      ['an empty body', ''],
      ['no JSON', '{"name":'],
      ['null', 'null'],
      ['a list', '[]'],
      ['a text', '"text"'],
      ['an empty object', '{}'],
      ['an unknown field', '{"somethingElse":1}'],
      ['a prototype', '{"__proto__":{"admin":true},"constructor":1}'],
      ['wrong types', JSON.stringify({ name: 1, sku: {}, lines: 'x', role: 7, email: [], amount: '1', till: null })],
      [
        'huge values',
        JSON.stringify({
          name: 'x'.repeat(100_000),
          reason: 'x'.repeat(100_000),
          locationId: 'x'.repeat(500),
          amount: huge,
          counted: huge,
          price: huge,
          openingFloat: 1e300,
          lines: Array.from({ length: 600 }, () => ({ productId: 'x', quantity: huge })),
        }),
      ],
    ]
    for (const operation of operations.filter(({ takesJson }) => takesJson))
      for (const [what, raw] of bodies) {
        if (raw === '{}' && asksNothing.has(operation.path)) continue
        const headers = { 'content-type': 'application/json' }
        const answer = await shop.call(operation.method, at(operation), { as: 'super-admin', raw, headers })
        isProblem(answer, `${operation.method} ${operation.path} with ${what}`)
      }
    assert.equal(await shop.system.store.head(), before)
  })

  it('names the field that it does not know', async () => {
    const body = { sku: 'A', name: 'A', price: 1, colour: 'red' }
    const { status, body: told } = await shop.call('POST', '/api/products', { as: 'manager', body })
    assert.equal(status, 422)
    assert.deepEqual(
      told.errors.map(({ field }: { field: string }) => field),
      ['colour'],
    )
  })

  it('takes no other media type', async () => {
    for (const operation of operations.filter(({ takesJson }) => takesJson)) {
      const headers = { 'content-type': 'text/plain' }
      const answer = await shop.call(operation.method, at(operation), { as: 'super-admin', raw: '{}', headers })
      assert.equal(answer.status, 415, `${operation.method} ${operation.path}`)
    }
  })

  it('says that there is nothing of that name, and which methods a path has', async () => {
    for (const operation of operations.filter(({ method, path }) => method === 'GET' && path.includes('{'))) {
      const answer = await shop.call('GET', at(operation), { as: 'super-admin' })
      assert.equal(answer.status, 404, operation.path)
      isProblem(answer, operation.path)
    }
    const wrong = await shop.call('DELETE', '/api/products', { as: 'super-admin' })
    assert.equal(wrong.status, 405)
    assert.equal(wrong.headers.get('allow'), 'GET, POST')
    assert.equal((await shop.call('GET', '/api/nothing', { as: 'super-admin' })).status, 404)
  })

  it('validates filters', async () => {
    for (const path of ['limit=0', 'limit=x', 'limit=100000', 'sort=colour', 'discontinued=perhaps'])
      assert.equal((await shop.call('GET', `/api/products?${path}`, { as: 'employee' })).status, 422, path)
    for (const path of ['from=yesterday', 'to=2026-13-01', 'status=lost'])
      assert.equal((await shop.call('GET', `/api/sales?${path}`, { as: 'employee' })).status, 422, path)
    assert.equal((await shop.call('GET', '/api/sales?after=nonsense', { as: 'employee' })).status, 400)
  })

  it('answers every list and figure to a super-admin', async () => {
    /** What asks for something by name finds nothing in this shop. */
    const needed: Readonly<Record<string, string>> = {
      '/api/fiscal/verify': '?series=VD%20BXA1-2026',
      '/api/audit/proofs/inclusion': '?event=none',
      '/api/audit/proofs/consistency': '?from=1&to=1',
    }
    const isList = ({ method, path, isStream }: Operation) => method === 'GET' && !path.includes('{') && !isStream
    for (const { path } of operations.filter(isList)) {
      const { status, text } = await shop.call('GET', path + (needed[path] ?? ''), { as: 'super-admin' })
      assert.equal(status, path in needed ? 404 : 200, `${path} ${text}`)
    }
  })

  it('keeps an employee from what is not theirs', async () => {
    const forbidden = [
      ['GET', '/api/people'],
      ['POST', '/api/people'],
      ['POST', '/api/products'],
      ['PATCH', `/api/products/${shop.ids.oil}`],
      ['POST', '/api/locations'],
      ['POST', '/api/stock/adjustments'],
      ['GET', '/api/reports/sales'],
      ['PATCH', '/api/settings'],
      ['GET', '/api/system/projections'],
      ['GET', '/api/sessions?person=all'],
    ] as const
    for (const [method, path] of forbidden) {
      const { status, body } = await shop.call(method, path, { as: 'employee' })
      assert.deepEqual([status, body.code], [403, 'forbidden'], `${method} ${path}`)
    }
  })

  it('waits for a position, but not for one of the future', async () => {
    assert.equal((await shop.fresh('/api/products', 'employee')).status, 200)
    const began = performance.now()
    const { status, headers } = await shop.call('GET', '/api/products?minPosition=999999999999', { as: 'employee' })
    assert.equal(status, 503)
    assert.ok(Number(headers.get('retry-after')) >= 1)
    assert.ok(performance.now() - began >= 1_900)
    assert.equal((await shop.call('GET', '/api/products?minPosition=soon', { as: 'employee' })).status, 400)
  })
})
