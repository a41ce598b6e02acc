import assert from 'node:assert/strict'
import { verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { openSealedLog, type SealedLog } from '../../test/audit/sealed-log.ts'
import { soon } from '../../test/contract/opened.ts'
import type { Clock } from '../subscribers/clock.ts'
import { leasesOfOneNode } from '../subscribers/leases.ts'
import { startReactors } from '../subscribers/reactor-runner.ts'
import { keepSealing, unsealedIn } from './keep-sealing.ts'
import { publicKeyFrom } from './statement.ts'
import { sealWitness } from './witness.ts'

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const opened: SealedLog[] = []
const open = () => {
  const log = openSealedLog()
  opened.push(log)
  return log
}
const closing: (() => Promise<void>)[] = []
after(async () => {
  for (const close of closing) await close()
  for (const log of opened) await log.close()
})

const until = (condition: () => boolean, what: string): Promise<void> =>
  soon(
    (async () => {
      while (!condition()) await nextTurn()
    })(),
    what,
  )

const betweenLooks = 5_000

/** A clock whose sleepers wake when it is told, after it has moved on by so many minutes. */
function clockByHand() {
  let now = Date.now()
  let waking = Promise.withResolvers<void>()
  let asleep = Promise.withResolvers<void>()
  const clock: Clock = {
    now: () => now,
    sleep: (milliseconds, signal) => {
      // A rest amid the work is no look that is over.
      if (milliseconds < betweenLooks) return Promise.resolve()
      const woken = waking.promise
      asleep.resolve()
      return new Promise((resolve) => {
        woken.then(resolve)
        signal?.addEventListener('abort', () => resolve(), { once: true })
      })
    },
  }
  return {
    clock,
    /** One look: wakes who sleeps, and resolves when they sleep again. */
    async look(minutes = 0): Promise<void> {
      await soon(asleep.promise, 'somebody sleeps')
      now += minutes * 60_000
      asleep = Promise.withResolvers()
      const woken = waking
      waking = Promise.withResolvers()
      woken.resolve()
      await soon(asleep.promise, 'the look is over')
    },
  }
}

test('the log is sealed after so many events, or when something is so many minutes old, and else left alone', async () => {
  const log = open()
  const { clock, look } = clockByHand()
  const stopping = new AbortController()
  const { stopped } = keepSealing({
    audit: { ...log, now: () => new Date(clock.now()) },
    ...{
      leases: leasesOfOneNode(),
      signal: stopping.signal,
      log: silent,
      clock,
      onChanged: (error) => assert.fail(error),
    },
    ...{ everyEvents: 5, everyMinutes: 60 },
  })
  closing.push(() => {
    stopping.abort()
    return stopped
  })
  const seals = async () => (await log.facts('LogSealed')).length
  await log.write(1)
  await look()
  assert.equal(await seals(), 1, 'what was never sealed is older than any hour')
  await log.write(4)
  await look()
  assert.equal(await seals(), 1)
  assert.equal(await unsealedIn(log, 100), 4)
  await log.write(1)
  await look()
  assert.equal(await seals(), 2)
  await look(120)
  assert.equal(await seals(), 2, 'a seal alone is not worth another')
  await log.write(1)
  await look(61)
  assert.equal(await seals(), 3)
})

test('what is begun when the process is to stop is left to the next one', async () => {
  const log = open()
  await log.write(20)
  const stopping = new AbortController()
  const clock: Clock = {
    now: Date.now,
    // The first rest amid the work is when it is told to stop.
    sleep: async (milliseconds) => (milliseconds < betweenLooks ? stopping.abort() : undefined),
  }
  const errors: unknown[] = []
  const { stopped } = keepSealing({
    audit: { ...log, now: () => new Date() },
    ...{ leases: leasesOfOneNode(), signal: stopping.signal, clock, everyEvents: 1, everyMinutes: 60 },
    log: { ...silent, error: (...told: unknown[]) => errors.push(told) },
    onChanged: (error) => assert.fail(error),
  })
  await stopped
  assert.deepEqual(await log.facts('LogSealed'), [])
  assert.deepEqual(errors, [])
})

test('a log that is not what was sealed is told of', async () => {
  const log = open()
  await log.write(5)
  await log.sealNow()
  const other = open()
  await other.write(9)
  for (const { id, type, schema, data } of await log.facts('LogSealed')) {
    const events = [{ id, type, schema, data: { ...data, size: 3 } }]
    await other.rawLog.append([{ stream: 'seal-log', expected: 'any', events }], { actor: 'x', correlationId: 'x' })
  }
  const { clock, look } = clockByHand()
  const stopping = new AbortController()
  const told: string[] = []
  const { stopped } = keepSealing({
    audit: { ...other, now: () => new Date() },
    ...{ leases: leasesOfOneNode(), signal: stopping.signal, log: silent, clock, everyEvents: 1, everyMinutes: 60 },
    onChanged: ({ code }) => told.push(code),
  })
  closing.push(() => {
    stopping.abort()
    return stopped
  })
  await look()
  assert.deepEqual(told, ['log-changed'])
})

test('the witness is told of each seal, signed, and told again until it has kept it', async () => {
  const log = open()
  const received: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    received.push({ headers: request.headers, body })
    response.writeHead(received.length === 1 ? 503 : 204).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/seals`
  const stopping = new AbortController()
  const reactors = startReactors({
    ...{ store: log.store, keyValue: log.keyValue, leases: leasesOfOneNode(), log: silent, signal: stopping.signal },
    reactors: [sealWitness({ url, keys: log.keys })],
    onParked: ({ error }) => assert.fail(error),
  })
  closing.push(async () => {
    stopping.abort()
    await reactors.stopped
    server.close()
    server.closeAllConnections()
  })
  await until(() => reactors.positions()[0]?.position !== undefined, 'the reactor stands')
  await log.write(3)
  const seal = await log.sealNow()
  await until(() => received.length === 2, 'the second telling')
  const [first, second] = received
  assert.equal(first?.body, second?.body)
  const told = JSON.parse(second?.body ?? '')
  assert.deepEqual({ size: told.size, root: told.root }, seal)
  const signature = Buffer.from(String(second?.headers['caminho-signature']), 'base64')
  assert.ok(verify(null, Buffer.from(second?.body ?? ''), publicKeyFrom(told.publicKey), signature))
  assert.equal(second?.headers['caminho-key-id'], told.keyId)
})
