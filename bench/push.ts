// Push to a thousand sockets: as fast as bare uWebSockets publishes the same bytes, against Socket.IO, from commit to socket, and what an idle
// connection costs.
import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type RawSocket, rawSocket } from '../test/push/raw-socket.ts'
import { type Contender, type Figure, inTurns, perSecond } from './figure.ts'
import type { Asked, Told } from './push-server.ts'

const sockets = 1_000
const messages = 500
const commits = 200
/** Bytes of a handshake at the most; a message has more. */
const shortest = 200

/** A server with its thousand listeners; `heard` counts the messages of all. */
class Fanned {
  readonly child: ChildProcess
  heard = 0
  #listeners: readonly RawSocket[] = []
  #wanted = Number.POSITIVE_INFINITY
  #reached: () => void = () => undefined
  onMessage: ((payload: Buffer) => void) | undefined

  constructor(name: string) {
    const execArgv = [...process.execArgv, '--expose-gc']
    this.child = fork(fileURLToPath(new URL('push-server.ts', import.meta.url)), [name], { execArgv })
  }

  ask(asked: Asked): void {
    this.child.send(asked)
  }

  async told<Kind extends string>(kind: Kind): Promise<Extract<Told, Record<Kind, unknown>>> {
    for (;;) {
      const [message]: Told[] = await once(this.child, 'message')
      if (message && kind in message) return message as Extract<Told, Record<Kind, unknown>>
    }
  }

  async rss(): Promise<number> {
    this.ask({ rss: true })
    return (await this.told('rss')).rss
  }

  async connect(): Promise<number> {
    const { ready } = await this.told('ready')
    const before = await this.rss()
    const isSocketIo = ready.url.includes('socket.io')
    const listen = async (): Promise<RawSocket> => {
      const { promise, resolve } = Promise.withResolvers<void>()
      // What is sent to measure is long: that need not be read to be counted.
      const onPayload = (payload: Buffer) => {
        if (payload.length > shortest) return this.#hear(payload)
        const text = payload.toString()
        // The handshakes: Socket.IO's, and the end of our catching up.
        if (text.startsWith('0{')) socket.text('40')
        if (text.startsWith('40') || text.startsWith('{"caughtUp"')) resolve()
      }
      const headers = ready.token === '' ? {} : { 'Sec-WebSocket-Protocol': `bearer.${ready.token}` }
      const socket = rawSocket({ url: ready.url, headers, onPayload })
      assert.equal(await socket.status, 101)
      if (ready.token !== '') socket.text('{"subscribe":{"events":["stock-changed"]}}')
      else if (!isSocketIo) resolve()
      await promise
      return socket
    }
    const listeners: RawSocket[] = []
    while (listeners.length < sockets) listeners.push(...(await Promise.all(Array.from({ length: 50 }, listen))))
    this.#listeners = listeners
    return ((await this.rss()) - before) / sockets
  }

  #hear(payload: Buffer): void {
    this.heard += 1
    this.onMessage?.(payload)
    if (this.heard === this.#wanted) this.#reached()
  }

  /** Resolves once all have heard so many more. */
  all(count: number): Promise<void> {
    this.#wanted = this.heard + count * sockets
    return new Promise((resolve) => {
      this.#reached = resolve
    })
  }

  readonly fanOut: Contender = async () => {
    const start = performance.now()
    const reached = this.all(messages)
    this.ask({ send: messages })
    await reached
    return perSecond(messages * sockets, start)
  }

  async stop(): Promise<void> {
    for (const listener of this.#listeners) listener.cut()
    const exited = once(this.child, 'exit')
    this.ask({ stop: true })
    await exited
  }
}

/** Milliseconds from the commit until a socket had the message, of all sockets and messages, in order. */
async function latencies(ours: Fanned): Promise<readonly number[]> {
  const heardAt: { readonly position: number; readonly at: number }[] = []
  ours.onMessage = (payload) => {
    const position = Number(/"position":"(\d+)"/.exec(payload.toString())?.[1])
    heardAt.push({ position, at: Number(process.hrtime.bigint()) })
  }
  const reached = ours.all(commits)
  const done = ours.told('done')
  ours.ask({ commitOneByOne: commits })
  const [{ done: times }] = await Promise.all([done, reached])
  ours.onMessage = undefined
  const committedAt = new Map<number, number>()
  for (let at = 0; at < times.length; at += 2) committedAt.set(times[at] ?? 0, times[at + 1] ?? 0)
  // A message may overtake the report of its commit: then it took no time.
  return heardAt
    .map(({ position, at }) => Math.max(0, (at - (committedAt.get(position) ?? at)) / 1e6))
    .sort((a, b) => a - b)
}

export async function push(): Promise<readonly Figure[]> {
  const [ours, bare, socketIo] = ['ours', 'bare', 'socket.io'].map((name) => new Fanned(name))
  assert(ours && bare && socketIo)
  const all = [ours, bare, socketIo]
  try {
    const idle = await ours.connect()
    const idleBare = await bare.connect()
    await socketIo.connect()
    const [own = 0, uws = 0, other = 0] = await inTurns(
      3,
      all.map(({ fanOut }) => fanOut),
    )
    const taken = await latencies(ours)
    const p99 = taken[Math.floor(taken.length * 0.99)] ?? Number.NaN
    const name = `push to ${sockets.toLocaleString('en')} sockets`
    const limitedBy = 'one core that writes to sockets; the listeners share the other'
    return [
      {
        name,
        unit: 'messages/s',
        value: own,
        baseline: uws,
        against: 'bare uWebSockets, same bytes',
        bound: { ratio: 0.8 },
        limitedBy,
      },
      { name, unit: 'messages/s', value: own, baseline: other, against: 'Socket.IO', bound: { ratio: 5 }, limitedBy },
      {
        name: 'from commit to socket, p99',
        unit: 'ms',
        value: p99,
        baseline: taken[taken.length >> 1] ?? Number.NaN,
        against: 'p50',
        bound: { most: 50 },
        limitedBy: 'a thousand writes to sockets for each message',
      },
      {
        name: 'memory of an idle connection',
        unit: 'kB',
        value: idle / 1024,
        baseline: idleBare / 1024,
        against: 'bare uWebSockets',
        bound: { most: 20 },
        limitedBy: 'who listens, what they want, and the clock of their token',
      },
    ]
  } finally {
    await Promise.all(all.map((server) => server.stop()))
  }
}
