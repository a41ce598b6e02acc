// Listeners who do not read: the memory of the server stays flat, facts are never left out, states are, and whoever stays deaf is closed.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { NewEvent } from '../../src/kernel/event.ts'
import { openPush, type Push } from '../../src/push/index.ts'
import { soon } from '../contract/opened.ts'
import { type RunningShop, startShop } from '../support/app.ts'
import { type RawSocket, rawSocket } from './raw-socket.ts'

/** More than any kernel keeps for a connection. */
const flood = 24 * 1024 * 1024

describe('a listener who does not read', () => {
  let shop: RunningShop
  before(async () => {
    shop = await startShop()
  })
  after(() => shop.close())

  /** A gateway that bears with a slow listener for so many milliseconds. */
  async function withPatience(slowFor: number, use: (push: Push, url: string) => Promise<void>): Promise<void> {
    const push = openPush({ ...shop.system, limits: { slowFor } })
    const { port } = await push.listen(createServer())
    await use(push, `ws://127.0.0.1:${port}/ws`).finally(() => push.close())
  }

  const append = (stream: string, events: readonly Omit<NewEvent, 'id'>[]) =>
    shop.system.store.append(
      [{ stream, expected: 'any', events: events.map((event) => ({ ...event, id: shop.system.newId() })) }],
      shop.system.self('tests'),
    )
  const at = '2026-03-02T08:15:00.000Z'
  const detail = () => randomBytes(950).toString('hex')
  const alert = (alertId: string): Omit<NewEvent, 'id'> => {
    const about = { alertId, kind: 'projection-stopped', subject: 'x', severity: 'warning', announced: false }
    return { type: 'AlertRaised', schema: 2, data: { ...about, detail: detail(), at } }
  }
  const adjusted = (product: number, onHand: number): Omit<NewEvent, 'id'> => {
    const about = { productId: `p${product}`, locationId: shop.ids.shop, adjustmentId: 'a', change: 1, reason: 'found' }
    return { type: 'StockAdjusted', schema: 1, data: { ...about, note: '', value: 0, onHand, at } }
  }

  interface Told {
    readonly event: string
    readonly position: string
    readonly data: { readonly productId: string; readonly onHand: number }
  }
  interface Listening {
    readonly socket: RawSocket
    readonly told: Told[]
  }
  async function listening(url: string, events: readonly string[], after?: string): Promise<Listening> {
    const told: Told[] = []
    let answered = false
    const onText = (text: string) => {
      const message = JSON.parse(text)
      if ('event' in message) told.push(message)
      else answered = true
    }
    const headers = { Authorization: `Bearer ${shop.tokenOf('admin')}` }
    const socket = rawSocket({ url, headers, onText })
    assert.equal(await socket.status, 101)
    socket.text(JSON.stringify({ subscribe: { events }, ...(after !== undefined && { after }) }))
    await until(() => answered, 'the answer')
    return { socket, told }
  }
  const until = async (condition: () => boolean, what: string) => {
    let over = false
    const look = async () => {
      while (!condition() && !over) await nextTurn()
    }
    await soon(look(), what, 20_000).finally(() => {
      over = true
    })
  }
  const positions = (told: readonly Told[]) => told.map(({ position }) => position)

  /** Raises alerts until the flood is over; how many. */
  async function floodAlerts(): Promise<number> {
    const many = Math.ceil(flood / 2_100)
    for (let raised = 0; raised < many; raised += 100)
      await append(
        `alert-flood/${raised}`,
        Array.from({ length: 100 }, (_, index) => alert(`flood-${raised + index}`)),
      )
    return Math.ceil(many / 100) * 100
  }

  test('costs the server no more than a little memory, is closed, and finds everything when it comes back', () =>
    withPatience(2_000, async (push, url) => {
      const events = ['system-update']
      const attentive = await listening(url, events)
      const raised = await floodAlerts()
      await until(() => attentive.told.length === raised, 'the first flood')
      attentive.told.length = 0

      const deaf = await Promise.all(Array.from({ length: 20 }, () => listening(url, events)))
      for (const { socket } of deaf) socket.tcp.pause()
      const before = process.memoryUsage().rss
      const again = await floodAlerts()
      await until(() => attentive.told.length === again, 'the second flood')
      const grown = (process.memoryUsage().rss - before) / 1024 / 1024
      assert(grown < 150, `${Math.round(grown)} MB more for 20 × ${flood / 1024 / 1024} MB that nobody read`)

      await until(() => push.stats().sockets === 1, 'the deaf ones to be closed')
      const [one] = deaf
      assert(one)
      one.socket.tcp.resume()
      assert.equal(await soon(one.socket.closed, 'the close to be read'), 4409)
      const back = await listening(url, events, one.told.at(-1)?.position)
      await until(() => one.told.length + back.told.length === again, 'what was missed')
      assert.deepEqual(positions([...one.told, ...back.told]), positions(attentive.told))
      for (const { socket } of [...deaf, back, attentive]) socket.cut()
    }))

  test('is told only the latest of each state, but every fact, when it reads again in time', () =>
    withPatience(60_000, async (_, url) => {
      const slow = await listening(url, ['stock-changed', 'system-update'])
      slow.socket.tcp.pause()
      const products = 5
      const changes = Math.ceil(flood / 260 / 500) * 500
      const facts: string[] = []
      for (let done = 0; done < changes; done += 500) {
        await append(
          'stock-flood',
          Array.from({ length: 500 }, (_, index) => adjusted(index % products, done + index)),
        )
        facts.push(String((await append(`alert-slow/${done}`, [alert(`slow-${done}`)])).position))
      }
      slow.socket.tcp.resume()
      await until(() => slow.told.at(-1)?.position === facts.at(-1), 'the last fact')
      const states = slow.told.filter(({ event }) => event === 'stock-changed')
      assert.deepEqual(positions(slow.told.filter(({ event }) => event === 'system-update')), facts)
      assert(states.length < changes * 0.9, `${states.length} of ${changes} states were told`)
      for (let product = 0; product < products; product += 1) {
        const last = states.findLast(({ data }) => data.productId === `p${product}`)
        assert.equal(last?.data.onHand, changes - products + product)
      }
      const inOrder = positions(slow.told).map(BigInt)
      assert(inOrder.every((position, index) => index === 0 || position > (inOrder[index - 1] ?? 0n)))
      slow.socket.cut()
    }))
})
