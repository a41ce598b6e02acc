// The servers that the push benchmark compares, each as a process of its own: ours, bare uWebSockets, Socket.IO. Told what to do by its parent.

import * as uWS from 'uWebSockets.js'
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { NewEvent } from '../src/kernel/event.ts'
import { openSystem } from '../src/system.ts'
import { foundCompany } from '../test/live/company.ts'

export type Told =
  | { readonly ready: { readonly url: string; readonly token: string } }
  | { readonly done: readonly number[] }
  | { readonly rss: number }
export type Asked =
  | { readonly send: number }
  | { readonly commitOneByOne: number }
  | { readonly rss: true }
  | { readonly stop: true }

interface Server {
  readonly url: string
  readonly token: string
  /** Sends so many messages as fast as it can. */
  send(count: number): Promise<void>
  /** Commits so many, one after the other; when each was committed, in nanoseconds of the machine's clock. */
  commitOneByOne(count: number): Promise<readonly number[]>
  close(): Promise<void>
}

/** Messages that are sent in one turn. */
const atOnce = 100
const sale = {
  event: 'stock-changed',
  position: '1234567',
  at: '2026-03-02T08:15:00.000Z',
  room: 'location:0195a3c0-1f00-7000-8000-000000000007',
  data: {
    productId: '0195a3c0-1f00-7000-8000-000000000007',
    locationId: '0195a3c0-1f00-7000-8000-000000000007',
    change: 'adjusted',
    onHand: 1234,
  },
}
const nobodyCommits = () => Promise.reject(new Error('only ours commits'))

async function inTurns(count: number, send: () => void): Promise<void> {
  for (let sent = 0; sent < count; sent += atOnce) {
    for (let each = sent; each < Math.min(count, sent + atOnce); each += 1) send()
    await nextTurn()
  }
}

async function ours(): Promise<Server> {
  const company = await foundCompany()
  const system = await openSystem({ config: company.config })
  const { port } = await system.push.listen(createServer())
  const { productId, locationId } = sale.data
  const event = (): NewEvent => ({
    id: system.newId(),
    type: 'StockAdjusted',
    schema: 1,
    data: {
      productId,
      locationId,
      adjustmentId: 'a',
      change: 1,
      reason: 'found',
      note: '',
      value: 0,
      onHand: 1234,
      at: sale.at,
    },
  })
  const append = (count: number) =>
    system.store.append(
      [{ stream: 'stock-bench', expected: 'any', events: Array.from({ length: count }, event) }],
      system.self('bench'),
    )
  return {
    url: `ws://127.0.0.1:${port}/ws?`,
    token: await system.tokens.access({ sub: company.people.manager, sid: 'bench', role: 'manager' }),
    async send(count) {
      for (let sent = 0; sent < count; sent += atOnce) await append(Math.min(atOnce, count - sent))
    },
    async commitOneByOne(count) {
      const times: number[] = []
      for (let each = 0; each < count; each += 1) {
        const { position } = await append(1)
        times.push(Number(position), Number(process.hrtime.bigint()))
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      return times
    },
    async close() {
      await system.close()
      await company.destroy()
    },
  }
}

async function bare(): Promise<Server> {
  const text = JSON.stringify(sale)
  const app = uWS.App()
  app.ws('/ws', { maxBackpressure: 64 * 1024 * 1024, open: (ws) => void ws.subscribe('all') })
  const port = await new Promise<number>((resolve) =>
    app.listen('127.0.0.1', 0, (socket) => {
      assert(socket)
      resolve(uWS.us_socket_local_port(socket))
    }),
  )
  return {
    url: `ws://127.0.0.1:${port}/ws?`,
    token: '',
    send: (count) => inTurns(count, () => app.publish('all', text)),
    commitOneByOne: nobodyCommits,
    close: async () => void app.close(),
  }
}

async function socketIo(): Promise<Server> {
  const { Server: SocketIo } = await import('socket.io')
  const http = createServer()
  const io = new SocketIo(http, { transports: ['websocket'], perMessageDeflate: false })
  const { promise, resolve } = Promise.withResolvers<void>()
  http.listen(0, '127.0.0.1', resolve)
  await promise
  const address = http.address()
  assert(typeof address === 'object' && address)
  return {
    url: `ws://127.0.0.1:${address.port}/socket.io/?EIO=4&transport=websocket&`,
    token: '',
    send: (count) => inTurns(count, () => io.emit('message', sale)),
    commitOneByOne: nobodyCommits,
    close: async () => void (await io.close()),
  }
}

const tell = (told: Told) => process.send?.(told)
const servers = { ours, bare, 'socket.io': socketIo }
const make = Object.entries(servers).find(([name]) => name === process.argv[2])?.[1]
assert(make, `a server is named: ${Object.keys(servers).join(', ')}`)
const server = await make()
process.on('message', async (asked: Asked) => {
  if ('send' in asked) await server.send(asked.send)
  if ('commitOneByOne' in asked) tell({ done: await server.commitOneByOne(asked.commitOneByOne) })
  if ('rss' in asked) {
    globalThis.gc?.()
    tell({ rss: process.memoryUsage().rss })
  }
  if ('stop' in asked) {
    await server.close()
    process.exit(0)
  }
})
tell({ ready: { url: server.url, token: server.token } })
