import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { validate, version } from 'uuid'
import {
  bought,
  discarded,
  type Facts,
  happen,
  notebook,
  openWorld,
  quickClock,
  rained,
  until,
} from '../../test/subscribers/small-world.ts'
import type { Clock } from './clock.ts'
import { leasesOver } from './leases.ts'
import type { ParkedEvent } from './parked-events.ts'
import { defineReactor, type Reactor, type ReactorDefinition } from './reactor.ts'
import { type ReactorRunnerOptions, startReactors } from './reactor-runner.ts'

type World = ReturnType<typeof openWorld>

function run(
  t: Pick<TestContext, 'after'>,
  { store, keyValue }: Pick<World, 'store' | 'keyValue'>,
  reactors: readonly Reactor[],
  options: Partial<ReactorRunnerOptions> = {},
) {
  const stopping = new AbortController()
  const parkings: ParkedEvent[] = []
  const log = notebook()
  const runner = startReactors({
    store,
    keyValue,
    reactors,
    signal: stopping.signal,
    log,
    clock: quickClock,
    onParked: (parked) => parkings.push(parked),
    ...options,
  })
  const stop = (): Promise<void> => {
    stopping.abort()
    return runner.stopped
  }
  t.after(stop)
  const ready = () => until('all have begun', () => runner.positions().every(({ position }) => position !== undefined))
  const reach = (position: bigint) =>
    until(`${position} is reached`, () => runner.positions().every((one) => (one.position ?? -1n) >= position))
  return { ...runner, parkings, log, stop, ready, reach }
}

/** A reactor that notes what was bought, and what its effects' keys were; `fails` says which attempts go wrong. */
function clerk(
  fails: (amount: number, attempt: number) => boolean = () => false,
  definition: Omit<ReactorDefinition<Facts>, 'on'> = {},
) {
  const notes: string[] = []
  const keys = new Set<string>()
  const reactor = defineReactor<Facts>('clerk', {
    ...definition,
    on: {
      async Bought({ data }, { attempt, key, keyOf }) {
        keys.add(key).add(keyOf('second mail'))
        if (fails(data.amount, attempt)) {
          notes.push(`failed at ${data.amount}`)
          throw new Error(`cannot count to ${data.amount}`)
        }
        notes.push(`bought ${data.amount}`)
      },
    },
  })
  return { reactor, notes, keys }
}

test('a new reactor starts at the head: it does not do again what history holds', async (t) => {
  const world = openWorld(t)
  await happen(world.store, bought('a', 1), bought('a', 2))
  const { reactor, notes } = clerk()
  const runner = run(t, world, [reactor])
  await runner.ready()
  await runner.reach(await happen(world.store, rained, bought('a', 3), discarded('a'), bought('a', 4)))
  assert.deepEqual(notes, ['bought 3', 'bought 4'])
})

test('a reactor that asks for it starts at the beginning', async (t) => {
  const world = openWorld(t)
  const position = await happen(world.store, bought('a', 1), bought('a', 2))
  const { reactor, notes } = clerk(undefined, { from: 'start' })
  await run(t, world, [reactor]).reach(position)
  assert.deepEqual(notes, ['bought 1', 'bought 2'])
})

test('a restarted reactor goes on where it stopped, also if it had not yet seen an event', async (t) => {
  const world = openWorld(t)
  const { reactor, notes } = clerk()
  const first = run(t, world, [reactor])
  await first.ready()
  await first.stop()
  const position = await happen(world.store, bought('a', 1), bought('a', 2))
  const second = run(t, world, [reactor])
  await second.reach(position)
  await second.stop()
  const third = run(t, world, [reactor])
  await third.reach(await happen(world.store, bought('a', 3)))
  assert.deepEqual(notes, ['bought 1', 'bought 2', 'bought 3'])
})

test('what fails is tried again, later each time, before the next event; each attempt has the same key', async (t) => {
  const world = openWorld(t)
  const { reactor, notes, keys } = clerk((amount, attempt) => amount === 1 && attempt < 4)
  const delays: number[] = []
  const checkpointEvery = 77
  const clock: Clock = {
    now: quickClock.now,
    sleep(milliseconds, signal) {
      if (milliseconds !== checkpointEvery) delays.push(milliseconds)
      return quickClock.sleep(milliseconds, signal)
    },
  }
  const runner = run(t, world, [reactor], {
    clock,
    checkpointEvery,
    random: () => 1,
    firstDelay: 500,
    longestDelay: 1_500,
  })
  await runner.ready()
  await runner.reach(await happen(world.store, bought('a', 1), bought('a', 2)))
  assert.deepEqual(notes, ['failed at 1', 'failed at 1', 'failed at 1', 'bought 1', 'bought 2'])
  assert.deepEqual(delays, [500, 1_000, 1_500])
  assert.equal(keys.size, 4, 'two keys for each of two events')
  for (const key of keys) assert.ok(validate(key) && version(key) === 5)
  assert.deepEqual(await runner.parked(), [])
})

test('what fails too often is parked, told, and holds up nobody', async (t) => {
  const world = openWorld(t)
  const one = clerk((amount) => amount === 13)
  const other = { ...clerk().reactor, name: 'cashier' }
  const runner = run(t, world, [one.reactor, other], { tries: 3 })
  await runner.ready()
  await runner.reach(await happen(world.store, bought('a', 13), bought('a', 2)))
  assert.deepEqual(one.notes, ['failed at 13', 'failed at 13', 'failed at 13', 'bought 2'])
  const [parked, ...more] = await runner.parked()
  assert.deepEqual(more, [])
  assert.deepEqual(runner.parkings, [parked])
  assert.equal(parked?.reactor, 'clerk')
  assert.equal(parked?.error, 'Error: cannot count to 13')
  assert.equal(parked?.attempts, 3)
  assert.equal(parked?.position, '0')
})

test('a parked event is replayed until it works, or discarded', async (t) => {
  const world = openWorld(t)
  let able = false
  const { reactor, notes, keys } = clerk((amount) => amount === 13 && !able)
  const runner = run(t, world, [reactor], { tries: 1 })
  await runner.ready()
  await runner.reach(await happen(world.store, bought('a', 13), bought('b', 13)))
  const [first, second] = await runner.parked()
  assert.ok(first && second)

  assert.equal(await runner.replay('clerk', first.eventId), 'failed')
  assert.equal((await runner.parked()).find(({ eventId }) => eventId === first.eventId)?.attempts, 2)
  able = true
  assert.equal(await runner.replay('clerk', first.eventId), 'done')
  assert.equal(await runner.replay('clerk', first.eventId), 'unknown')
  assert.equal(notes.at(-1), 'bought 13')
  assert.equal(keys.size, 4, 'a replay has the key of the first attempt')

  assert.equal(await runner.discard('clerk', second.eventId), true)
  assert.equal(await runner.discard('clerk', second.eventId), false)
  assert.deepEqual(await runner.parked(), [])
})

test('an event whose reaction was interrupted by the stop is reacted to after the restart', async (t) => {
  const world = openWorld(t)
  const { reactor, notes } = clerk((_, attempt) => attempt === 1 && notes.length === 0)
  const asleep = Promise.withResolvers<void>()
  const clock: Clock = {
    now: quickClock.now,
    sleep: (milliseconds, signal) => {
      if (milliseconds < 1_000) asleep.resolve()
      return new Promise((resolve) => signal?.addEventListener('abort', () => resolve()))
    },
  }
  const first = run(t, world, [reactor], { clock, firstDelay: 100 })
  await first.ready()
  const position = await happen(world.store, bought('a', 1))
  await asleep.promise
  await first.stop()
  assert.deepEqual(notes, ['failed at 1'])
  await run(t, world, [reactor]).reach(position)
  assert.deepEqual(notes, ['failed at 1', 'bought 1'])
})

test('while the log is away the reactor waits for it, and says so once', async (t) => {
  const world = openWorld(t)
  let outages = 3
  const store = {
    ...world.store,
    subscribe: (options: Parameters<typeof world.store.subscribe>[0]) => {
      if (outages-- > 0) throw new Error('no log')
      return world.store.subscribe(options)
    },
  }
  const { reactor, notes } = clerk(undefined, { from: 'start' })
  const runner = run(t, { store, keyValue: world.keyValue }, [reactor])
  await runner.reach(await happen(world.store, bought('a', 1)))
  assert.deepEqual(notes, ['bought 1'])
  assert.deepEqual(runner.log.lines, [
    'the reactor clerk is interrupted and will be tried again until it works',
    'the reactor clerk goes on',
  ])
})

test('of two nodes one reacts; when it stops, the other goes on from there', async (t) => {
  const world = openWorld(t)
  const { reactor, notes } = clerk()
  const node = () => run(t, world, [reactor], { leases: leasesOver({ keyValue: world.keyValue, log: notebook() }) })
  const isReady = ({ positions }: ReturnType<typeof node>) => positions()[0]?.position !== undefined
  const first = node()
  await first.ready()
  const second = node()
  await first.reach(await happen(world.store, bought('a', 1), bought('a', 2)))
  assert(!isReady(second))
  await first.stop()
  const position = await happen(world.store, bought('a', 3))
  await second.ready()
  await second.reach(position)
  assert.deepEqual(notes, ['bought 1', 'bought 2', 'bought 3'])
})
