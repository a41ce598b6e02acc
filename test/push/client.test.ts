// The client library against the real gateway: messages once and in order through cuts, tokens that expire, networks without WebSockets.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  type Connection,
  type ConnectOptions,
  connect,
  type Open,
  overEventStream,
  overWebSocket,
  overWebSocketTokenFirst,
  type PushMessage,
  synced,
} from '../../client/push/index.ts'
import { soon } from '../contract/opened.ts'
import { type RunningShop, startShop } from '../support/app.ts'
import { type Cable, layCable } from './cable.ts'
import { positionsOf, sell, stockUp } from './selling.ts'

const quick = { first: 20, longest: 100, random: Math.random }

describe('the client library', () => {
  let shop: RunningShop
  let cable: Cable
  before(async () => {
    shop = await startShop()
    await stockUp(shop)
    cable = await layCable(shop.url)
  })
  after(async () => {
    await cable.close()
    await shop.close()
  })

  /** Resolves once it holds, looking whenever something is heard. */
  const until = (connection: Connection, condition: () => boolean, what: string) =>
    soon(
      new Promise<void>((resolve) => {
        const look = () => condition() && resolve()
        connection.on('*', look)
        connection.onState(look)
        connection.onControl(look)
        look()
      }),
      what,
      10_000,
    )
  async function listening(options: ConnectOptions = {}) {
    const heard: PushMessage[] = []
    const token = () => shop.tokenOf('employee')
    const connection = connect({ origin: cable.url, token, pace: quick, ...options })
    connection.on('new-sale', (message) => heard.push(message))
    await until(connection, () => connection.state === 'live', 'to be live')
    const hears = (count: number) => until(connection, () => heard.length >= count, `${count} sales`)
    return { connection, heard, hears, positions: () => heard.map(({ position }) => position) }
  }

  for (const [name, transport] of [
    ['a WebSocket', overWebSocket],
    ['a WebSocket that says its token first', overWebSocketTokenFirst],
    ['server-sent events', overEventStream],
  ] as const)
    test(`misses and repeats nothing when the cable is cut, over ${name}`, async () => {
      const head = await shop.system.store.head()
      const { connection, heard, hears, positions } = await listening({ transports: [transport], after: String(head) })
      for (let round = 1; round <= 3; round += 1) {
        await sell(shop)
        await hears(3 * round - 2)
        cable.cut()
        await until(connection, () => connection.state === 'reconnecting', 'to notice')
        await sell(shop)
        await sell(shop)
        cable.mend()
        await hears(3 * round)
        await until(connection, () => connection.state === 'live', 'to be live again')
      }
      assert.equal(heard.length, 9)
      assert.deepEqual(positions(), await positionsOf(shop, 'SaleRegistered', head))
      connection.close()
      assert.equal(connection.state, 'closed')
    })

  test('takes the other way where WebSockets do not come through', async () => {
    const blocked: Open = (_, heard) => {
      queueMicrotask(() => heard.closed(1006))
      return { say: () => false, close: () => undefined }
    }
    const { connection, hears } = await listening({ transports: [blocked, overEventStream] })
    await sell(shop)
    await hears(1)
    connection.close()
  })

  test('asks for another token when the first is no good, and gives up when none is', async () => {
    let asked = 0
    const { connection } = await listening({ token: () => (asked++ === 0 ? 'expired' : shop.tokenOf('employee')) })
    assert.equal(asked, 2)
    connection.close()
    const refused = connect({ origin: cable.url, token: () => 'never-good', pace: quick })
    await until(refused, () => refused.state === 'refused', 'to be refused')
    refused.close()
  })

  for (const [name, transport] of [
    ['a WebSocket', overWebSocket],
    ['server-sent events', overEventStream],
  ] as const)
    test(`begins anew when the log is another one, says so, and goes on in that one, over ${name}`, async () => {
      let resets = 0
      const token = () => shop.tokenOf('employee')
      const connection = connect({ origin: cable.url, token, after: '888888', pace: quick, transports: [transport] })
      const loaded: string[] = []
      const sold = synced({
        connection,
        load: async () => {
          const position = String(await shop.system.store.head())
          loaded.push(position)
          return { state: 0, position }
        },
        reduce: (count, message) => (message.event === 'new-sale' ? count + 1 : count),
      })
      connection.onReset(() => {
        resets += 1
      })
      await until(connection, () => connection.state === 'live', 'to be live')
      await until(connection, () => connection.position !== undefined, 'a position')
      assert.deepEqual([resets, loaded.length], [1, 2], 'told once, and the state was loaded again')
      assert(BigInt(connection.position ?? 0) <= (await shop.system.store.head()))
      await sell(shop)
      await until(connection, () => sold.get() === 1, 'the next sale')
      sold.close()
      connection.close()
    })

  test('narrows what it hears, at once and later', async () => {
    const { connection, heard } = await listening({ subscription: { rooms: [`location:${shop.ids.warehouse}`] } })
    const changes: string[] = []
    connection.on('stock-changed', ({ data }) => changes.push(data.productId))
    connection.subscribe({ events: ['stock-changed'], filter: { productId: shop.ids.oil } })
    await until(connection, () => connection.state === 'live', 'to be live')
    await sell(shop)
    await until(connection, () => changes.length > 0, 'the change of stock')
    assert.deepEqual([heard, new Set(changes)], [[], new Set([shop.ids.oil])])
    connection.close()
  })

  test('keeps a state in step, through cuts, from where it was loaded', async () => {
    const { connection } = await listening()
    await sell(shop)
    const sold = synced({
      connection,
      load: async () => {
        const position = String(await shop.system.store.head())
        await sell(shop)
        return { state: 0, position }
      },
      reduce: (count, message) => (message.event === 'new-sale' ? count + 1 : count),
    })
    await sold.ready
    let told = 0
    const { promise: three, resolve } = Promise.withResolvers<void>()
    sold.subscribe(() => {
      told += 1
      if (sold.get() === 3) resolve()
    })
    cable.cut()
    await sell(shop)
    await sell(shop)
    cable.mend()
    await soon(three, 'the state to count three sales', 10_000)
    assert(told >= 1)
    sold.close()
    connection.close()
  })
})
