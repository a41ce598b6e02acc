// Before the stores answer: programs and people are told to come again, orchestrators that the process lives, and administrators why it waits.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadAssets } from './assets.ts'
import { waitingApp } from './waiting.ts'

const cause = 'the event store is not available; try again shortly'
const app = waitingApp({ assets: loadAssets(), https: false, cause: () => cause })

test('the process lives, is not ready, and says why', async () => {
  assert.equal((await app.request('/health/live')).status, 200)
  assert.equal((await app.request('/health/ready')).status, 503)
  const health = await app.request('/api/system/health')
  assert.equal(health.status, 503)
  const { status, checks } = await health.json()
  assert.deepEqual([status, checks['start-up'][0].output], ['fail', cause])
})

test('a program is told when to come again', async () => {
  const answer = await app.request('/api/sales', { method: 'POST', headers: { 'accept-language': 'en' } })
  assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '2'])
  assert.equal(answer.headers.get('content-type'), 'application/problem+json')
  assert.equal((await answer.json()).code, 'unavailable')
})

test('a person sees a page in their language, which asks again by itself', async () => {
  for (const [language, words] of [
    ['en', /lang="en"/],
    ['pt', /lang="pt-MZ"/],
  ] as const) {
    const answer = await app.request('/sales', { headers: { 'accept-language': language } })
    assert.deepEqual([answer.status, answer.headers.get('refresh')], [503, '3'])
    assert.match(await answer.text(), words)
  }
})
