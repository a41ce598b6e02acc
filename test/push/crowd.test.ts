// Two thousand sockets and two hundred sales: each that may hear a message hears it once and in order, nobody else hears any; the same while
// sockets are cut at random and resume, at two nodes over one log.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { decodeJwt } from 'jose'
import { raiseAlert, resolveAlert } from '../../src/commands/alerts.ts'
import { type Role, roles } from '../../src/domain/values.ts'
import { collect } from '../../src/kernel/event-store.ts'
import { openSystem } from '../../src/system.ts'
import { soon } from '../contract/opened.ts'
import { type RunningShop, startShop } from '../support/app.ts'
import { listen } from './ears.ts'
import { type RawSocket, rawSocket } from './raw-socket.ts'
import { sell, stockUp } from './selling.ts'

const sockets = 2_000
const sales = 200
/** Cuts of a socket while the sales are made. */
const leastCuts = 500
const cutters = 8
/** Milliseconds that the last message may take to the last socket, on a machine that does much else. */
const patience = 60_000

const kinds = ['everything', 'shop', 'warehouse', 'stock'] as const
type Kind = (typeof kinds)[number]

/** A listener that comes back whenever it is cut, and goes on from the last message that it heard. */
interface Member {
  readonly role: Role
  readonly kind: Kind
  readonly heard: bigint[]
  socket: RawSocket
}

describe('a crowd of listeners', () => {
  let shop: RunningShop
  let urls: readonly string[] = []
  let closeSecond: () => Promise<void> = async () => undefined

  before(async () => {
    shop = await startShop()
    await stockUp(shop)
    // The second node has connections of its own to the same stores, and sees the first one's appends as another process would.
    const second = await openSystem({ config: shop.system.config })
    const { port } = await second.push.listen(createServer())
    urls = [shop.pushUrl, `ws://127.0.0.1:${port}/ws`]
    closeSecond = () => second.close()
  })
  after(async () => {
    await closeSecond()
    await shop.close()
  })

  const subscribing = (kind: Kind): string => {
    const { shop: here, warehouse } = shop.ids
    const wanted = {
      everything: {},
      shop: { rooms: [`location:${here}`] },
      warehouse: { rooms: [`location:${warehouse}`], events: ['*'] },
      stock: { events: ['stock-changed'], filter: { productId: shop.ids.oil } },
    }
    return JSON.stringify(wanted[kind])
  }

  async function join(url: string, role: Role, kind: Kind, after: bigint, heard: bigint[] = []): Promise<Member> {
    const { promise: subscribed, resolve } = Promise.withResolvers<void>()
    const socket = rawSocket({
      url,
      headers: { Authorization: `Bearer ${shop.tokenOf(role)}` },
      onText(text) {
        const position = /"position":"(\d+)"/.exec(text)?.[1]
        if (text.startsWith('{"event"') && position) heard.push(BigInt(position))
        if (text.startsWith('{"subscribed"')) resolve()
      },
    })
    assert.equal(await socket.status, 101)
    socket.text(`{"subscribe":${subscribing(kind)},"after":"${after}"}`)
    await soon(subscribed, 'the answer to a subscription', patience)
    return { role, kind, heard, socket }
  }

  async function crowd(size: number, urlOf: (at: number) => string): Promise<Member[]> {
    const head = await shop.system.store.head()
    const members: Member[] = []
    for (let at = 0; at < size; at += 50) {
      const some = Array.from({ length: Math.min(50, size - at) }, (_, index) => {
        const [role = 'employee', kind = 'everything'] = [roles[(at + index) % 4], kinds[((at + index) % 7) % 4]]
        return join(urlOf(at + index), role, kind, head)
      })
      members.push(...(await Promise.all(some)))
    }
    return members
  }

  /** What each kind of listener is to hear of what the log holds after a position. */
  async function due(after: bigint): Promise<(member: Member) => readonly bigint[]> {
    const events = await collect(shop.system.store.readAll({ after }))
    const of = (...types: string[]) => events.filter(({ type }) => types.includes(type)).map(({ position }) => position)
    const [registered, sold] = [of('SaleRegistered'), of('StockSold')]
    const withAlerts = of('SaleRegistered', 'AlertRaised', 'AlertResolved')
    return ({ role, kind }) => {
      if (kind === 'everything') return role === 'admin' || role === 'super-admin' ? withAlerts : registered
      return { shop: registered, warehouse: [], stock: sold }[kind]
    }
  }

  /** `meanwhile`: what else must have come so far before the next sales are made. */
  async function trade(meanwhile: (share: number) => Promise<unknown>): Promise<void> {
    const alert = { kind: 'projection-stopped', subject: 'crowd' } as const
    const self = shop.system.self('tests')
    for (let at = 0; at < sales; at += 10) {
      await Promise.all(Array.from({ length: 10 }, () => sell(shop)))
      if (at % 50 === 0) await raiseAlert(shop.system, { ...alert, severity: 'warning', detail: '' }, self)
      if (at % 50 === 20) await resolveAlert(shop.system, alert, self)
      await meanwhile(at / sales)
    }
  }

  /** Waits until all have heard as many as they are due, then compares one by one. */
  async function compare(members: readonly Member[], dueTo: (member: Member) => readonly bigint[]): Promise<void> {
    const until = performance.now() + patience
    const missing = () => members.filter((member) => member.heard.length < dueTo(member).length)
    while (missing().length > 0 && performance.now() < until) await nextTurn()
    for (const member of members) assert.deepEqual(member.heard, dueTo(member), `${member.role} ${member.kind}`)
  }

  const leave = (members: readonly Member[]) => {
    for (const { socket } of members) socket.cut()
  }

  for (const [where, nodes] of [
    ['one node', 1],
    ['two nodes', 2],
  ] as const)
    test(`hears each sale once and in order at ${where}, and nobody hears what is not for them`, async () => {
      const head = await shop.system.store.head()
      const members = await crowd(sockets, (at) => urls[at % nodes] ?? '')
      await trade(() => nextTurn())
      await compare(members, await due(head))
      leave(members)
    })

  test('is present at every node, whichever it is connected to', async () => {
    const ear = await listen(urls[1] ?? '', shop.tokenOf('employee'))
    const { sub = '' } = decodeJwt(shop.tokenOf('employee'))
    const isPresent = async () => (await shop.call('GET', '/api/presence', { as: 'admin' })).body.people.includes(sub)
    const becomes = async (present: boolean) => {
      while ((await isPresent()) !== present) await nextTurn()
    }
    await soon(becomes(true), 'the first node to know who is at the second', patience)
    await ear.close()
    await soon(becomes(false), 'it to know that they have gone', patience)
  })

  test('misses and repeats nothing although sockets are cut at random, at two nodes', async () => {
    const head = await shop.system.store.head()
    const members = await crowd(sockets, (at) => urls[at % 2] ?? '')
    let over = false
    let cuts = 0
    /** Each has members of its own, so that none is cut twice at once. */
    const cutting = async (cutter: number) => {
      while (!over) {
        const at = cutter + cutters * Math.floor((Math.random() * members.length) / cutters)
        const member = members[at]
        if (!member) continue
        member.socket.cut()
        await member.socket.closed
        const last = member.heard.at(-1) ?? head
        // At any of the nodes, also one that has not heard yet what this listener has.
        members[at] = await join(urls[cuts % 2] ?? '', member.role, member.kind, last, member.heard)
        cuts += 1
      }
    }
    const atWork = Array.from({ length: cutters }, (_, cutter) => cutting(cutter))
    await trade(async (share) => {
      while (cuts < share * leastCuts) await nextTurn()
    })
    over = true
    await Promise.all(atWork)
    await compare(members, await due(head))
    leave(members)
  })
})
