// What another node appends, heard on a double of KurrentDB: states in memory are never older than what the log has told.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import { onDouble, openAt } from '../test/kurrentdb/on-double.ts'
import { accepted } from '../test/shop.ts'
import { until } from '../test/support/until.ts'
import { commandHandling } from './commands/handling.ts'
import { stateCache } from './commands/state-cache.ts'
import type { Unit } from './commands/unit.ts'
import { hearForeignAppends } from './foreign-appends.ts'
import type { Decider } from './kernel/decider.ts'
import { type DataOf, event, events, v1 } from './kernel/event.ts'
import type { EventStore } from './kernel/event-store.ts'

const tallyEvents = events('tally', { Counted: v1({ by: z.int() }) })
const tally: Decider<{ Count: { by: number } }, DataOf<typeof tallyEvents>, { sum: number }> = {
  events: tallyEvents,
  initial: { sum: 0 },
  decide: { Count: (_, { by }) => [event('Counted', { by })] },
  evolve: { Counted: ({ sum }, { by }) => ({ sum: sum + by }) },
}
const by = { actor: 'system:test', correlationId: 'test' }

/** A node over a store: it counts at the till, and believes a sum. */
function nodeOver(store: EventStore) {
  const commands = commandHandling({ store, newId, cache: stateCache({ store }) })
  return {
    commands,
    count: async () => accepted(await commands.execute(by, (unit) => unit.decide(tally, 'till', 'Count', { by: 1 }))),
    /** Beside what a decision writes elsewhere: what it only reads is not asked for anew. */
    async believes() {
      const elsewhere = newId()
      const decide = (unit: Unit) => {
        const { sum } = unit.state(tally, 'till')
        unit.decide(tally, elsewhere, 'Count', { by: sum })
        return sum
      }
      return accepted(await commands.execute(by, decide))
    },
  }
}

async function twoNodes(t: TestContext) {
  const { double, store } = await onDouble(t)
  const [here, there] = [nodeOver(store), nodeOver(openAt(t, double.url))]
  const stopping = new AbortController()
  t.after(() => stopping.abort())
  const warnings: string[] = []
  const note = (_: object, message: string) => void warnings.push(message)
  const log = { info: note, warn: note, error: note }
  return {
    double,
    here,
    there,
    listen: () => hearForeignAppends({ store, commands: here.commands, signal: stopping.signal, log }),
  }
}

test('without hearing, a state in memory stays what it was: so there is something to hear', async (t) => {
  const { here, there } = await twoNodes(t)
  await here.count()
  assert.equal(await here.believes(), 1)
  await there.count()
  assert.deepEqual([await here.believes(), await there.believes()], [1, 2])
})

test('what another node appends is heard, and read anew', async (t) => {
  const { here, there, listen } = await twoNodes(t)
  await here.count()
  listen()
  for (let sum = 2; sum < 5; sum += 1) {
    await there.count()
    await until(async () => (await here.believes()) === sum, { what: `the sum of ${sum}` })
  }
})

test('what is appended while nothing can be heard is believed once it can again', async (t) => {
  const { double, here, there, listen } = await twoNodes(t)
  await here.count()
  listen()
  await there.count()
  await until(async () => (await here.believes()) === 2, { what: 'the first' })
  double.cut()
  await there.count()
  double.cut()
  await there.count()
  await until(async () => (await here.believes()) === 4, { what: 'what came meanwhile' })
})
