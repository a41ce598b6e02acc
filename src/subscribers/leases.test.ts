// Leases: one holder at a time, a newer token with each, and nobody left waiting for a node that died.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { notebook } from '../../test/subscribers/small-world.ts'
import { type VirtualTime, virtualTime } from '../../test/subscribers/virtual-time.ts'
import { randomFrom } from '../demo/random.ts'
import { UnavailableError } from '../kernel/errors.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import { openSqliteKeyValue } from '../stores/sqlite/key-value.ts'
import { type Lease, leasesOfOneNode, leasesOver } from './leases.ts'

const inMemory = () => openSqliteKeyValue({ path: ':memory:' })

/** A node that does nothing under the lease but hold it. */
function startNode(time: VirtualTime, keyValue: KeyValueStore, offset = 0) {
  const stopping = new AbortController()
  const log = notebook()
  const leases = leasesOver({ keyValue, log, stopwatch: time.stopwatch(offset), random: () => 0.5 })
  const node = {
    lease: undefined as Lease | undefined,
    tokens: [] as number[],
    stopping,
    log,
    ended: Promise.resolve(),
  }
  node.ended = leases.whileHeld(
    'work',
    async (lease) => {
      node.lease = lease
      node.tokens.push(lease.token)
      await new Promise((resolve) => lease.signal.addEventListener('abort', resolve))
    },
    stopping.signal,
  )
  return node
}

/** A key-value store that can be cut off, wholly or for its answers only. */
function wired(keyValue: KeyValueStore) {
  const wire = { state: 'whole' as 'whole' | 'cut' | 'answers-lost' }
  const through = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    if (wire.state === 'cut') throw new UnavailableError('the key-value store')
    const answer = await ask()
    if (wire.state === 'answers-lost') throw new UnavailableError('the key-value store')
    return answer
  }
  const store: KeyValueStore = {
    ...keyValue,
    get: (...asked) => through(() => keyValue.get(...asked)),
    put: (...asked) => through(() => keyValue.put(...asked)),
  }
  return { wire, store }
}

function openTwo(t: Pick<TestContext, 'after'>) {
  const keyValue = inMemory()
  t.after(() => keyValue.close())
  const time = virtualTime()
  const { wire, store } = wired(keyValue)
  return { time, keyValue, wire, store }
}

test('one of two nodes holds a lease; when it stops, the other has it within a second or so, with a greater token', async (t) => {
  const { time, keyValue } = openTwo(t)
  const one = startNode(time, keyValue)
  await time.pass(100)
  const other = startNode(time, keyValue, 1e9)
  await time.pass(60_000)
  assert.deepEqual([one.lease?.held, other.lease?.held], [true, undefined])
  one.stopping.abort()
  await time.pass(1_500)
  assert.deepEqual([one.lease?.held, other.lease?.held], [false, true])
  assert(Number(other.tokens[0]) > Number(one.tokens[0]))
  other.stopping.abort()
  await Promise.all([one.ended, other.ended])
})

test('what a killed node held is taken over within ten seconds, and its holder stopped before that', async (t) => {
  const { time, keyValue, wire, store } = openTwo(t)
  const killed = startNode(time, store)
  await time.pass(100)
  const other = startNode(time, keyValue)
  await time.pass(10_000)
  wire.state = 'cut'
  const cutAt = time.now
  let stoppedAt = 0
  let takenAt = 0
  await time.pass(20_000, () => {
    if (!killed.lease?.held) stoppedAt ||= time.now
    if (other.lease?.held) takenAt ||= time.now
  })
  assert(stoppedAt > cutAt && stoppedAt < takenAt, `stopped at ${stoppedAt}, taken over at ${takenAt}`)
  assert(takenAt - cutAt < 10_000, `taken over after ${takenAt - cutAt} ms`)
  assert(killed.lease?.signal.aborted)
  wire.state = 'whole'
  killed.stopping.abort()
  other.stopping.abort()
  await Promise.all([killed.ended, other.ended])
})

test('a renewal whose answer is lost loses nothing', async (t) => {
  const { time, wire, store } = openTwo(t)
  const node = startNode(time, store)
  for (let round = 0; round < 20; round += 1) {
    await time.pass(1_000)
    wire.state = 'answers-lost'
    await time.pass(1_300)
    wire.state = 'whole'
    await time.pass(1_300)
    assert(node.lease?.held, `in round ${round}`)
  }
  assert.deepEqual(node.tokens.length, 1)
  node.stopping.abort()
  await node.ended
})

test('work that ends gives its lease back, and so does work that throws', async (t) => {
  const { time, keyValue } = openTwo(t)
  const { signal } = new AbortController()
  const leases = leasesOver({ keyValue, log: notebook(), stopwatch: time.stopwatch() })
  let token = 0
  const note = async (lease: Lease) => {
    assert(lease.token > token)
    token = lease.token
  }
  await leases.whileHeld('work', note, signal)
  await assert.rejects(
    leases.whileHeld('work', () => Promise.reject(new Error('no luck')), signal),
    /no luck/,
  )
  await leases.whileHeld('work', note, signal)
})

test('whatever is lost, late or asleep, no two nodes hold a lease at once, and tokens grow', () =>
  fc.assert(
    fc.asyncProperty(fc.integer(), fc.integer({ min: 2, max: 4 }), async (seed, count) => {
      const random = randomFrom(seed)
      const time = virtualTime()
      const keyValue = inMemory()
      const slowness = random.next() / 2

      /** Answers take a while, now and then longer than a lease lives; some are lost, on the way there or back. */
      const unreliable = (): KeyValueStore => {
        const way = async (): Promise<void> => {
          await time.sleep(random.happens(slowness) ? random.between(1_000, 8_000) : random.between(0, 400))
          if (random.happens(0.05)) throw new UnavailableError('the key-value store')
        }
        const slowly = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
          await way()
          const answer = await ask()
          await way()
          return answer
        }
        return {
          ...keyValue,
          get: (...asked) => slowly(() => keyValue.get(...asked)),
          put: (...asked) => slowly(() => keyValue.put(...asked)),
        }
      }

      const nodes = Array.from({ length: count }, () => startNode(time, unreliable(), random.between(0, 1e9)))
      let newest = 0
      let holdings = 0
      await time.pass(120_000, () => {
        const holding = nodes.filter(({ lease }) => lease?.held)
        assert(holding.length <= 1, `${holding.length} nodes hold the lease at ${time.now}`)
        const token = holding[0]?.lease?.token ?? newest
        assert(token >= newest, `token ${token} is held after ${newest}`)
        if (token > newest) holdings += 1
        newest = token
      })
      assert(holdings > 0, 'somebody holds the lease')
      const tokens = nodes.flatMap((node) => node.tokens)
      assert.equal(new Set(tokens).size, tokens.length, 'each token is held once')
      for (const { stopping } of nodes) stopping.abort()
      // Until all that is on its way has arrived.
      await time.pass(600_000)
      await Promise.all(nodes.map(({ ended }) => ended))
      await keyValue.close()
    }),
    { numRuns: 40 },
  ))

test('a node by itself holds every lease at once', async () => {
  const stopping = new AbortController()
  let held: Lease | undefined
  const ended = leasesOfOneNode().whileHeld(
    'work',
    async (lease) => {
      held = lease
      await new Promise((resolve) => lease.signal.addEventListener('abort', resolve))
    },
    stopping.signal,
  )
  assert(held?.held)
  stopping.abort()
  await ended
  assert.equal(held.held, false)
})
