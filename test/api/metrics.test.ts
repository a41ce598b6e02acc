// The metrics over HTTP: real figures of real requests, for those who may see them, as JSON and as Prometheus text.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type RunningShop, startShop } from '../support/app.ts'
import { until } from '../support/until.ts'

const token = 'a token for the scraper'
let shop: RunningShop
before(async () => {
  shop = await startShop({ env: { METRICS_TOKEN: token } })
})
after(() => shop.close())

const path = '/api/system/metrics'
const scrape = (given: string) =>
  shop.call('GET', path, { headers: { authorization: `Bearer ${given}`, accept: 'text/plain' } })

test('tells how many requests there were, how long they took and which routes are slow, by the pattern of the route', async () => {
  for (let count = 0; count < 5; count += 1)
    await shop.call('GET', `/api/products/${shop.ids.rice}`, { as: 'employee' })
  await until(async () => {
    const { body } = await shop.call('GET', path, { as: 'admin' })
    const route = body.slowestRoutes.find(({ route }: { route: string }) => route === '/api/products/:id')
    return body.requests.count >= 5 && body.requests.p95 > 0 && route?.count === 5
  })
  const { body } = await shop.call('GET', path, { as: 'admin' })
  assert(body.requests.p50 <= body.requests.p95 && body.requests.p95 <= body.requests.p99)
  assert(body.gauges['process.memory.usage'] > 1_000_000)
  assert(body.gauges['caminho.users.active'] >= 1)
  assert.equal(body.requests.errorRate, 0)
})

test('is for administrators', async () => {
  assert.equal((await shop.call('GET', path, { as: 'manager' })).status, 403)
  assert.equal((await shop.call('GET', path)).status, 401)
})

test('a scraper with the token reads Prometheus text, and nothing else', async () => {
  const { status, text, headers } = await scrape(token)
  assert.equal(status, 200)
  assert.match(headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
  assert.match(text, /^# TYPE http_server_request_duration_seconds histogram$/m)
  assert.match(text, /^http_server_request_duration_seconds_bucket\{le="\+Inf"\} \d+$/m)
  assert.match(text, /^process_memory_usage_bytes \d+$/m)
  assert.equal((await scrape('another token')).status, 401)
  const elsewhere = await shop.call('GET', '/api/products', { headers: { authorization: `Bearer ${token}` } })
  assert.equal(elsewhere.status, 401)
})

test('what a scraper reads never goes down', async () => {
  const count = async () => Number(/_count (\d+)/.exec((await scrape(token)).text)?.[1])
  const before = await count()
  await until(async () => (await count()) > before)
})
