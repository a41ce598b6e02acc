// Server-sent events by plain HTTP: the same messages, rooms, filters and resuming as over a WebSocket.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Role } from '../../src/domain/values.ts'
import { soon } from '../contract/opened.ts'
import { type RunningShop, startShop } from '../support/app.ts'
import { positionsOf, sell, stockUp } from './selling.ts'

interface SentEvent {
  readonly id?: string
  readonly event?: string
  readonly data?: string
}

describe('the event stream', () => {
  let shop: RunningShop
  before(async () => {
    shop = await startShop()
    await stockUp(shop)
  })
  after(() => shop.close())

  async function open(query: string, role: Role = 'employee', headers: Readonly<Record<string, string>> = {}) {
    const stopping = new AbortController()
    const response = await fetch(`${shop.url}/api/events${query}`, {
      headers: { authorization: `Bearer ${shop.tokenOf(role)}`, ...headers },
      signal: stopping.signal,
    })
    assert.equal(response.status, 200)
    assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/)
    const reader = response.body?.getReader()
    assert(reader)
    const events: SentEvent[] = []
    let text = ''
    /** Reads on until it holds, or the stream is over. */
    const until = (condition: () => boolean, what: string) =>
      soon(
        (async () => {
          while (!condition()) {
            const { done, value } = await reader.read()
            if (done) return
            const parts = (text + Buffer.from(value).toString()).split('\n\n')
            text = parts.pop() ?? ''
            for (const part of parts)
              events.push(Object.fromEntries(part.split('\n').map((line) => line.split(/: (.*)/s))))
          }
        })(),
        what,
        10_000,
      )
    const messages = () => events.filter(({ event, data }) => event === undefined && data !== undefined)
    return { events, messages, until, close: () => stopping.abort() }
  }

  test('tells each message once, with its position as id, and goes on after Last-Event-ID', async () => {
    const head = await shop.system.store.head()
    const first = await open('')
    for (let at = 0; at < 3; at += 1) await sell(shop)
    await first.until(() => first.messages().length === 3, 'three sales')
    first.close()
    for (let at = 0; at < 250; at += 1) await sell(shop)
    const last = first.messages().at(-1)?.id ?? ''
    const second = await open('', 'employee', { 'last-event-id': last })
    await second.until(() => second.messages().length === 250, 'what was missed')
    second.close()
    const ids = [...first.messages(), ...second.messages()].map(({ id }) => id)
    assert.deepEqual(ids, await positionsOf(shop, 'SaleRegistered', head))
    const [told] = second.messages()
    assert.equal(JSON.parse(told?.data ?? '{}').position, told?.id)
  })

  test('narrows by room, event and filter', async () => {
    const { warehouse, oil, rice } = shop.ids
    const after = await shop.system.store.head()
    await sell(shop)
    const told = async (query: string) => {
      const stream = await open(`?after=${after}&${query}`)
      await stream.until(() => stream.events.some(({ event }) => event === 'position'), 'the end of what was missed')
      stream.close()
      return stream.messages().map(({ data }) => JSON.parse(data ?? '{}').event)
    }
    assert.deepEqual(await told(`rooms=location:${warehouse}`), [])
    assert.deepEqual(await told('events=stock-changed,new-sale'), ['stock-changed', 'new-sale'])
    const filter = (productId: string) => encodeURIComponent(JSON.stringify({ productId }))
    assert.deepEqual(await told(`events=*&filter=${filter(oil)}`), ['stock-changed'])
    assert.deepEqual(await told(`events=*&filter=${filter(rice)}`), [])
  })

  test('is for those who have signed in, and takes nothing that is not understood', async () => {
    assert.equal((await shop.call('GET', '/api/events')).status, 401)
    for (const [query, status] of [
      ['?events=new-moon', 422],
      ['?rooms=kitchen', 422],
      ['?filter=%7B', 422],
      ['?after=soon', 422],
      ['?after=999999999', 404],
    ] as const)
      assert.equal((await shop.call('GET', `/api/events${query}`, { as: 'employee' })).status, status, query)
  })

  test('refuses a room that is not theirs', async () => {
    const { status, body } = await shop.call('GET', '/api/events?rooms=role:admin', { as: 'employee' })
    assert.deepEqual([status, body.code], [403, 'forbidden'])
  })

  test('ends when the session is revoked, and says why', async () => {
    const { body } = await shop.call('POST', '/api/auth/login', {
      body: { email: 'employee@shop.test', password: 'a long enough password' },
    })
    const stream = await open('', 'employee', { authorization: `Bearer ${body.accessToken}` })
    await shop.call('POST', '/api/auth/logout', { headers: { authorization: `Bearer ${body.accessToken}` } })
    await stream.until(() => stream.events.some(({ event }) => event === 'close'), 'the end')
    assert.deepEqual(stream.events.at(-1), { event: 'close', data: '4401' })
  })

  test('frees its listener when the reader goes', async () => {
    const before = shop.system.push.stats().listeners
    const stream = await open('')
    assert.equal(shop.system.push.stats().listeners, before + 1)
    stream.close()
    const gone = async () => {
      while (shop.system.push.stats().listeners > before) await new Promise((resolve) => setImmediate(resolve))
    }
    await soon(gone(), 'the listener to go', 10_000)
  })
})
