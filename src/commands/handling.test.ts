// Command handling under trouble: other writers, failing appends, refusals on shaky ground, repetitions, and whatever chance brings.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import { inNewFolder } from '../../test/contract/sqlite.ts'
import { accepted, refused } from '../../test/shop.ts'
import { type Decider, reject } from '../kernel/decider.ts'
import { ConflictError, UnavailableError } from '../kernel/errors.ts'
import { type DataOf, event, events, v1 } from '../kernel/event.ts'
import { collect, type EventStore } from '../kernel/event-store.ts'
import { openSqliteEventStore } from '../stores/sqlite/event-store.ts'
import { type Context, commandHandling } from './handling.ts'
import { KeyReusedError } from './idempotency.ts'
import { stateCache } from './state-cache.ts'
import type { Unit } from './unit.ts'

const jarEvents = events('jar', { Filled: v1({ by: z.int() }), Taken: v1({ by: z.int() }) })
type JarEvents = DataOf<typeof jarEvents>
/** A jar of sweets: nobody takes what is not in it. */
const jar: Decider<{ Fill: { by: number }; Take: { by: number } }, JarEvents, number> = {
  events: jarEvents,
  initial: 0,
  decide: {
    Fill: (_, { by }) => [event('Filled', { by })],
    Take: (left, { by }) => (by > left ? reject('too-few', { left }) : [event('Taken', { by })]),
  },
  evolve: { Filled: (left, { by }) => left + by, Taken: (left, { by }) => left - by },
}

const by: Context = { actor: 'system:test', correlationId: 'test' }
const fill = (id: string, amount: number) => (unit: Unit) => {
  unit.decide(jar, id, 'Fill', { by: amount })
  return { left: unit.state(jar, id) }
}
const take = (id: string, amount: number) => (unit: Unit) => {
  unit.decide(jar, id, 'Take', { by: amount })
  return { left: unit.state(jar, id) }
}
const look = (id: string) => (unit: Unit) => ({ left: unit.state(jar, id) })

const openLog = inNewFolder((path) => openSqliteEventStore({ path }))
const handlingOf = (store: EventStore) => commandHandling({ store, newId })

/** What is left in a jar, as the log alone tells it. */
async function leftIn(store: EventStore, id: string): Promise<number> {
  let left = 0
  for (const { type, data } of await collect(store.readStream(`jar-${id}`))) {
    const { by } = z.object({ by: z.int() }).parse(data)
    left += type === 'Filled' ? by : -by
    assert(left >= 0, 'more was taken than there was')
  }
  return left
}

/** A store whose next append fails, with the failure told to the caller only after others have had a turn. */
function failingOnce(store: EventStore, meanwhile: () => Promise<unknown>) {
  let armed = false
  const failing: EventStore = {
    ...store,
    async append(writes, metadata, options) {
      if (!armed) return store.append(writes, metadata, options)
      armed = false
      if (options?.ticket) options.ticket.state = 'failed'
      await meanwhile()
      throw new UnavailableError('the event store')
    },
  }
  const arm = () => {
    armed = true
  }
  return { store: failing, arm }
}

describe('command handling', () => {
  let log: Awaited<ReturnType<typeof openLog>>
  let store: EventStore
  let jars = 0
  const newJar = () => `jar${++jars}`
  before(async () => {
    log = await openLog()
    store = log.store
  })
  after(() => log.destroy())

  test('a hundred commands at once on one stream are each decided on what those before them did', async () => {
    const commands = handlingOf(store)
    const id = newJar()
    accepted(await commands.execute(by, fill(id, 60)))
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => commands.execute(by, take(id, 1))))
    assert.equal(outcomes.filter(({ rejected }) => !rejected).length, 60)
    assert.equal(await leftIn(store, id), 0)
  })

  test('another writer in the middle of a pipeline costs nothing but a second decision', async () => {
    const [here, there] = [handlingOf(store), handlingOf(await log.beside())]
    const id = newJar()
    accepted(await here.execute(by, fill(id, 100)))
    accepted(await there.execute(by, look(id)))
    const takers = Array.from({ length: 90 }, (_, n) => (n % 3 === 0 ? there : here).execute(by, take(id, 1)))
    for (const outcome of await Promise.all(takers)) accepted(outcome)
    assert.equal(await leftIn(store, id), 10)
    assert.deepEqual(accepted(await here.execute(by, look(id))), { left: 10 })
  })

  test('what follows a failed append is decided anew, although its revisions would fit by chance', async () => {
    const id = newJar()
    const other = handlingOf(store)
    accepted(await other.execute(by, fill(id, 5)))
    const failing = failingOnce(store, () => other.execute(by, take(id, 5)))
    const commands = handlingOf(failing.store)
    accepted(await commands.execute(by, look(id)))
    failing.arm()
    // The first fails, and another process takes the last five: the second finds the revision that the first would have left.
    const first = commands.execute(by, fill(id, 1))
    const second = commands.execute(by, take(id, 6))
    await assert.rejects(first, UnavailableError)
    assert.equal(refused(await second)[0], 'too-few')
    assert.equal(await leftIn(store, id), 0)
  })

  test('nobody decides on what a failed append would have left, not even before its caller has heard of the failure', async () => {
    const id = newJar()
    const other = handlingOf(store)
    accepted(await other.execute(by, fill(id, 5)))
    let told = () => {}
    const held = new Promise<void>((resolve) => {
      told = resolve
    })
    const failing = failingOnce(store, async () => {
      await other.execute(by, take(id, 5))
      await held
    })
    const commands = handlingOf(failing.store)
    accepted(await commands.execute(by, look(id)))
    failing.arm()
    const first = commands.execute(by, fill(id, 1))
    while ((await leftIn(store, id)) > 0) await nextTurn()
    assert.deepEqual(refused(await commands.execute(by, take(id, 6))), ['too-few', { left: 0 }])
    told()
    await assert.rejects(first, UnavailableError)
  })

  test('a refusal that rests on what never became durable is thought over', async () => {
    const id = newJar()
    const failing = failingOnce(store, nextTurn)
    const commands = handlingOf(failing.store)
    accepted(await commands.execute(by, fill(id, 5)))
    failing.arm()
    const first = commands.execute(by, take(id, 5))
    const second = commands.execute(by, take(id, 3))
    await assert.rejects(first, UnavailableError)
    assert.deepEqual(accepted(await second), { left: 2 })
  })

  test('what was only read must become durable too', async () => {
    const [read, written] = [newJar(), newJar()]
    const failing = failingOnce(store, nextTurn)
    const commands = handlingOf(failing.store)
    accepted(await commands.execute(by, look(read)))
    accepted(await commands.execute(by, look(written)))
    failing.arm()
    const first = commands.execute(by, fill(read, 7))
    const second = commands.execute(by, (unit) => {
      const amount = unit.state(jar, read)
      unit.decide(jar, written, 'Fill', { by: amount })
      return { amount }
    })
    await assert.rejects(first, UnavailableError)
    assert.deepEqual(accepted(await second), { amount: 0 })
  })

  test('a refusal outdated by another process is thought over', async () => {
    const [here, there] = [handlingOf(store), handlingOf(await log.beside())]
    const id = newJar()
    refused(await here.execute(by, take(id, 1)))
    accepted(await there.execute(by, fill(id, 1)))
    accepted(await here.execute(by, take(id, 1)))
  })

  test('a refusal is told although others never stop writing to the stream', async () => {
    const commands = handlingOf(store)
    const [busy, quiet] = [newJar(), newJar()]
    let writes = 0
    let done = false
    const writer = async () => {
      while (!done && writes < 5_000) {
        accepted(await commands.execute(by, fill(busy, 1)))
        writes += 1
      }
    }
    const writers = Promise.all(Array.from({ length: 8 }, writer))
    refused(await commands.execute(by, take(busy, 1_000_000)))
    // Nor does a command starve that only reads it.
    accepted(
      await commands.execute(by, (unit) => {
        unit.decide(jar, quiet, 'Fill', { by: unit.state(jar, busy) })
        return {}
      }),
    )
    done = true
    await writers
    assert(writes < 1_000, `${writes} others were served first`)
  })

  test('a cache too small for a unit is said to be, instead of reading for ever', async () => {
    const commands = commandHandling({ store, newId, cache: stateCache({ store, size: 2 }) })
    const three = (unit: Unit) => ({ sum: ['a', 'b', 'c'].reduce((sum, id) => sum + unit.state(jar, id), 0) })
    await assert.rejects(commands.execute(by, three), UnavailableError)
  })

  test('what is forgotten is read again', async () => {
    const commands = handlingOf(store)
    const id = newJar()
    accepted(await commands.execute(by, fill(id, 1)))
    accepted(await handlingOf(store).execute(by, fill(id, 1)))
    commands.forget()
    assert.deepEqual(accepted(await commands.execute(by, look(id))), { left: 2 })
  })

  describe('a repeatable request', () => {
    const request = (key: string, content = 'one') => ({ ...by, request: { key, content } })

    test('is done once, however often it is asked for at once, on this node and on another', async () => {
      const [here, there] = [handlingOf(store), handlingOf(await log.beside())]
      const id = newJar()
      accepted(await there.execute(by, look(id)))
      const asked = Array.from({ length: 10 }, (_, n) => (n % 2 ? here : there).execute(request(id), fill(id, 3)))
      const outcomes = await Promise.all(asked)
      assert.deepEqual(new Set(outcomes.map((outcome) => accepted(outcome).left)), new Set([3]))
      assert.equal(new Set(outcomes.map((outcome) => (outcome.rejected ? 0n : outcome.position))).size, 1)
      assert.equal(await leftIn(store, id), 3)
    })

    test('gets its recorded answer after a restart, and is refused with another content', async () => {
      const id = newJar()
      accepted(await handlingOf(store).execute(request(id), fill(id, 3)))
      const restarted = handlingOf(store)
      accepted(await restarted.execute(by, fill(id, 1)))
      assert.deepEqual(accepted(await restarted.execute(request(id), fill(id, 3))), { left: 3 })
      await assert.rejects(restarted.execute(request(id, 'two'), fill(id, 4)), KeyReusedError)
      assert.equal(await leftIn(store, id), 4)
    })

    test('that was refused or failed may be asked for again', async () => {
      const id = newJar()
      const failing = failingOnce(store, nextTurn)
      const commands = handlingOf(failing.store)
      refused(await commands.execute(request(id), take(id, 1)))
      failing.arm()
      await assert.rejects(commands.execute(request(id), fill(id, 1)), UnavailableError)
      assert.deepEqual(accepted(await commands.execute(request(id), fill(id, 1))), { left: 1 })
    })
  })
})

test('whatever comes at once, from two nodes and with failing appends: what is acknowledged is there, and nothing else', async () => {
  const log = await openLog()
  const beside = await log.beside()
  try {
    const command = fc.record({
      node: fc.nat(1),
      from: fc.nat(2),
      to: fc.nat(2),
      amount: fc.integer({ min: 1, max: 4 }),
      fails: fc.nat(5).map((n) => n === 0),
      turns: fc.nat(2),
    })
    let runs = 0
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 40 }), async (plan) => {
        const name = (n: number) => `run${runs}-${n}`
        runs += 1
        let failures = 0
        const flaky = (store: EventStore): EventStore => ({
          ...store,
          async append(writes, metadata, options) {
            if (failures === 0) return store.append(writes, metadata, options)
            failures -= 1
            if (options?.ticket) options.ticket.state = 'failed'
            await nextTurn()
            throw new UnavailableError('the event store')
          },
        })
        const nodes = [handlingOf(flaky(log.store)), handlingOf(flaky(beside))] as const
        const start = 5
        for (const n of [0, 1, 2]) accepted(await nodes[0].execute(by, fill(name(n), start)))

        const outcomes = await Promise.all(
          plan.map(async ({ node, from, to, amount, fails, turns }) => {
            for (let n = 0; n < turns; n += 1) await nextTurn()
            if (fails) failures += 1
            try {
              const moved = await (nodes[node] ?? nodes[0]).execute(by, (unit) => {
                const before = unit.state(jar, name(from))
                unit.decide(jar, name(from), 'Take', { by: amount })
                if (from !== to) unit.decide(jar, name(to), 'Fill', { by: amount })
                return { before }
              })
              return { from, to, amount, moved }
            } catch (error) {
              assert(error instanceof UnavailableError || error instanceof ConflictError, String(error))
              return undefined
            }
          }),
        )

        const expected = [start, start, start]
        for (const outcome of outcomes) {
          if (!outcome) continue
          const { from, to, amount, moved } = outcome
          if (moved.rejected) {
            // A refusal tells what was left, and that was truly too little.
            const { left } = z.object({ left: z.int() }).parse(moved.details)
            assert(left < amount)
            const history = await collect(log.store.readStream(`jar-${name(from)}`))
            const states = new Set<number>()
            history.reduce((sum, { type, data }) => {
              const next = sum + (type === 'Filled' ? 1 : -1) * z.object({ by: z.int() }).parse(data).by
              states.add(next)
              return next
            }, 0)
            assert(states.has(left), `${left} was never left in ${name(from)}`)
            continue
          }
          expected[from] = (expected[from] ?? 0) - amount
          if (from !== to) expected[to] = (expected[to] ?? 0) + amount
        }
        for (const n of [0, 1, 2]) assert.equal(await leftIn(log.store, name(n)), expected[n])
      }),
      { numRuns: 60 },
    )
  } finally {
    await log.destroy()
  }
})
