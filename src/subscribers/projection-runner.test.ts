import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import {
  assertReplayed,
  baskets,
  bought,
  discarded,
  documentsOf,
  happen,
  inspected,
  luck,
  notebook,
  openWorld,
  quickClock,
  rained,
  superstition,
  turnover,
  until,
} from '../../test/subscribers/small-world.ts'
import { UnavailableError } from '../kernel/errors.ts'
import { defineProjection, type Projection } from '../kernel/projection.ts'
import type { Batch, ReadModels } from '../kernel/read-models.ts'
import { type ProjectionRunnerOptions, type StoppedProjection, startProjections } from './projection-runner.ts'

type World = ReturnType<typeof openWorld>

/** Starts a runner that stops with the test; `stop` stops it sooner. */
function run(
  t: Pick<TestContext, 'after'>,
  { store, models }: Pick<World, 'store' | 'models'>,
  projections: readonly Projection[],
  options: Partial<ProjectionRunnerOptions> = {},
) {
  const stopping = new AbortController()
  const failures: StoppedProjection[] = []
  const log = notebook()
  const runner = startProjections({
    store,
    models,
    projections,
    signal: stopping.signal,
    log,
    clock: quickClock,
    onFailure: (failure) => failures.push(failure),
    ...options,
  })
  const stop = (): Promise<void> => {
    stopping.abort()
    return runner.stopped
  }
  t.after(stop)
  const reach = async (position: bigint): Promise<void> =>
    assert.ok(await runner.waitFor(position, 10_000), `position ${position} is reached`)
  return { ...runner, failures, log, stop, reach }
}

const stateOf = (runner: ReturnType<typeof run>, name: string) =>
  runner
    .positions()
    .projections.filter((one) => one.name === name)
    .map(({ state }) => state)
    .join()

test('an empty log gives empty read models, and reads need not wait', async (t) => {
  const world = openWorld(t)
  const runner = run(t, world, [baskets, turnover])
  await runner.reach(-1n)
  await until('both are there', () => runner.positions().projections.length === 2)
  assert.deepEqual(await documentsOf(world.models, baskets), {})
  const position = await happen(world.store, bought('a', 1))
  await runner.reach(position)
  await assertReplayed(world, baskets, turnover)
})

test('events of no interest move the checkpoint on, and change no document', async (t) => {
  const world = openWorld(t)
  const touched: string[] = []
  const runner = run(t, world, [baskets], {
    onProgress: (_, changes) => touched.push(...[...changes].map(([name, ids]) => `${name}: ${ids.join(' ')}`)),
  })
  await runner.reach(await happen(world.store, bought('a', 1), bought('b', 2)))
  touched.length = 0
  const position = await happen(world.store, rained, inspected('nowhere'), rained)
  await runner.reach(position)
  assert.deepEqual(touched, [])
  await until('the checkpoint is kept', async () => (await world.models.checkpoints())[0]?.position === position)
  await runner.reach(await happen(world.store, inspected('a', 'nowhere')))
  assert.deepEqual(touched, ['baskets: a'])
})

test('a position that is not reached in time is answered with false', async (t) => {
  const runner = run(t, openWorld(t), [baskets])
  assert.equal(await runner.waitFor(5n, 1), false)
})

test('a second start goes on from the checkpoint', async (t) => {
  const world = openWorld(t)
  const first = run(t, world, [baskets, turnover])
  const position = await happen(world.store, bought('a', 1), bought('b', 2))
  await first.reach(position)
  await first.stop()
  assert.deepEqual(
    (await world.models.checkpoints()).map((checkpoint) => checkpoint.position),
    [position, position],
  )
  const later = await happen(world.store, bought('a', 3))
  const seen: bigint[] = []
  const second = run(t, world, [baskets, turnover], { onProgress: (at) => seen.push(at) })
  await second.reach(later)
  assert.equal(seen[0], position)
  await assertReplayed(world, baskets, turnover)
})

test('a bad event stops its own projection, which says why and can be tried again', async (t) => {
  superstition.believed = true
  const world = openWorld(t)
  const runner = run(t, world, [baskets, luck], { batchSize: 3 })
  await runner.reach(await happen(world.store, bought('a', 1), bought('b', 13), bought('a', 2), bought('c', 3)))
  await until('it has stopped', () => stateOf(runner, 'luck') === 'stopped')
  await assertReplayed(world, baskets)
  assert.deepEqual(await documentsOf(world.models, luck), { a: '{"purchases":1}', everybody: '{"purchases":1}' })

  const [failure] = runner.failures
  assert.equal(failure?.projection, 'luck')
  assert.equal(failure?.event?.position, 1n)
  assert.match(failure?.reason ?? '', /^Bought at 1 \(.+ in world-1\): Error: thirteen!$/)
  const checkpoint = (await world.models.checkpoints()).find(({ name }) => name === 'luck')
  assert.equal(checkpoint?.position, 0n)
  assert.equal(checkpoint?.failure, failure?.reason)
  assert.equal(runner.positions().lowest, 0n)

  await runner.resume('luck')
  await until('it has stopped again', () => runner.failures.length === 2)
  superstition.believed = false
  assert.equal(await runner.resume('luck'), true)
  await until('it is current again', () => stateOf(runner, 'luck') === 'current')
  await runner.reach(await happen(world.store, bought('d', 13)))
  await assertReplayed(world, baskets, luck)
  assert.equal((await world.models.checkpoints()).find(({ name }) => name === 'luck')?.failure, undefined)
  assert.equal(await runner.resume('luck'), false)
})

test('a projection that stopped is tried again at the next start', async (t) => {
  superstition.believed = true
  const world = openWorld(t)
  const before = run(t, world, [baskets, luck])
  await before.reach(await happen(world.store, bought('a', 1), bought('b', 13), bought('a', 2)))
  await before.stop()
  superstition.believed = false
  const after = run(t, world, [baskets, luck])
  await until('it is current', () => stateOf(after, 'luck') === 'current')
  await assertReplayed(world, baskets, luck)
})

test('a projection that cannot name its documents, or makes documents that are not JSON, stops alone', async (t) => {
  const world = openWorld(t)
  const nameless = defineProjection<object, { Bought: { basket: string } }>('nameless', {
    version: 1,
    indexes: [],
    on: {
      Bought: {
        key: () => {
          throw new Error('no name')
        },
        apply: (document) => document,
      },
    },
  })
  const unwritable = defineProjection<object, { Bought: { basket: string } }>('unwritable', {
    version: 1,
    indexes: [],
    on: { Bought: { key: () => 'all', initial: () => ({}), apply: () => ({ sum: 1n }) } },
  })
  const runner = run(t, world, [nameless, baskets, unwritable])
  await runner.reach(await happen(world.store, bought('a', 1), bought('b', 2)))
  assert.deepEqual(runner.failures.map(({ projection }) => projection).sort(), ['nameless', 'unwritable'])
  assert.equal(stateOf(runner, 'baskets'), 'current')
  await assertReplayed(world, baskets)
})

test('a rebuild beside the live documents gives the same, byte for byte, while new events arrive', async (t) => {
  const world = openWorld(t)
  const runner = run(t, world, [baskets, turnover], { batchSize: 10 })
  const many = Array.from({ length: 100 }, (_, n) => bought(`basket ${n % 7}`, n))
  await runner.reach(await happen(world.store, ...many))
  let ended = false
  const rebuilt = runner.rebuild('baskets', 'turnover').finally(() => {
    ended = true
  })
  let last = -1n
  for (let n = 0; !ended; n++) {
    last = await happen(world.store, bought(`basket ${n % 9}`, n), inspected('basket 1', 'basket 2'))
    assert.ok((await world.models.find(baskets)).items.length >= 7, 'the read model is served all the time')
  }
  assert.equal(await rebuilt, 'rebuilt')
  await runner.reach(last)
  await assertReplayed(world, baskets, turnover)
  const checkpoints = await world.models.checkpoints()
  assert.deepEqual(
    checkpoints.map(({ name, generation, live }) => [name, generation, live]),
    [
      ['baskets', 2, true],
      ['turnover', 2, true],
    ],
  )
  await assert.rejects(runner.rebuild('unheard-of'), /no projection is named unheard-of/)
})

test('what another process has rebuilt, the runner takes up before it announces anything newer', async (t) => {
  const world = openWorld(t)
  const serving = run(t, world, [baskets, turnover])
  await serving.reach(await happen(world.store, bought('a', 1), bought('b', 2)))
  const beside = run(t, { store: world.store, models: world.again() }, [baskets, turnover])
  assert.equal(await beside.rebuild('baskets'), 'rebuilt')
  await beside.stop()
  for (let n = 0; n < 5; n++) {
    await serving.reach(await happen(world.store, bought('a', n)))
    await assertReplayed(world, baskets, turnover)
  }
  assert.deepEqual(
    serving.positions().projections.map(({ name, generation, state }) => [name, generation, state]),
    [
      ['turnover', 1, 'current'],
      ['baskets', 2, 'current'],
    ],
  )
})

test('a rebuild that meets a bad event leaves the live documents as they are', async (t) => {
  superstition.believed = false
  const world = openWorld(t)
  const runner = run(t, world, [luck])
  await runner.reach(await happen(world.store, bought('a', 1), bought('b', 13)))
  superstition.believed = true
  assert.equal(await runner.rebuild('luck'), 'stopped')
  await runner.reach(await happen(world.store, bought('c', 3)))
  superstition.believed = false
  await assertReplayed(world, luck)
  await runner.resume('luck')
  await until('the rebuilt one has taken over', () => stateOf(runner, 'luck') === 'current')
  await assertReplayed(world, luck)
  assert.deepEqual(
    (await world.models.checkpoints()).map(({ generation }) => generation),
    [2],
  )
})

test('documents that were kept for fewer indexes are built anew beside the live ones, even when nobody raised the version', async (t) => {
  const world = openWorld(t)
  const old = run(t, world, [baskets, turnover])
  await old.reach(await happen(world.store, bought('a', 1), bought('b', 2)))
  await old.stop()

  const indexed: Projection = { ...baskets, indexes: ['total', 'basket'] }
  const upgraded = run(t, world, [indexed, turnover])
  await until('the new index answers', async () => {
    const checkpoints = await world.models.checkpoints()
    return checkpoints.some(({ name, generation, live }) => name === 'baskets' && generation === 2 && live)
  })
  await upgraded.reach(await happen(world.store, bought('b', 4)))
  const found = await world.models.find(indexed, { where: { basket: 'b' } as object })
  assert.deepEqual(
    found.items.map(({ id }) => id),
    ['b'],
  )
  await assertReplayed(world, indexed, turnover)
  assert.deepEqual(upgraded.failures, [])
})

const doubled: Projection = {
  ...turnover,
  version: 2,
  on: { ...turnover.on, Bought: { key: () => 'doubled', initial: () => ({ sum: 0 }), apply: () => ({ sum: 2 }) } },
}

test('a new version is built beside the old one, which is served until then', async (t) => {
  const world = openWorld(t)
  const old = run(t, world, [baskets, turnover])
  await old.reach(await happen(world.store, bought('a', 1), bought('b', 2)))
  await old.stop()

  let answersWhileBuilt: Record<string, string> | undefined
  const activate = world.models.activate
  const models: ReadModels = {
    ...world.models,
    async activate(generation) {
      if (generation.collection.name === 'turnover') answersWhileBuilt = await documentsOf(world.models, doubled)
      await activate(generation)
    },
  }
  const upgraded = run(t, { store: world.store, models }, [baskets, doubled])
  await until('it has taken over', () => stateOf(upgraded, 'turnover') === 'current')
  assert.deepEqual(answersWhileBuilt, { all: '{"sum":3,"purchases":2}' })
  await upgraded.reach(await happen(world.store, bought('a', 4)))
  await assertReplayed(world, baskets, doubled)
})

test('while nodes are upgraded one after the other, the old ones serve and leave the newer version to the new ones', async (t) => {
  const world = openWorld(t)
  const old = run(t, world, [baskets, turnover], { yielding: true })
  await old.reach(await happen(world.store, bought('a', 1), bought('b', 2)))
  const upgraded = run(t, { store: world.store, models: world.again() }, [baskets, doubled], { yielding: true })
  await until('the new version has taken over', () => stateOf(upgraded, 'turnover') === 'current')
  const position = await happen(world.store, bought('a', 4))
  await Promise.all([old.reach(position), upgraded.reach(position)])
  await until('the old node has let go', () => stateOf(old, 'turnover') === '')
  await old.stop()

  const late = run(t, { store: world.store, models: world.again() }, [baskets, turnover], { yielding: true })
  await late.reach(await happen(world.store, bought('b', 8)))
  assert.equal(stateOf(late, 'turnover'), '')
  await upgraded.reach(await happen(world.store, bought('b', 16)))
  await assertReplayed(world, baskets, doubled)
  assert.deepEqual([...old.failures, ...upgraded.failures, ...late.failures], [])
})

test('after a step back to an earlier release, the earlier version is built in place of the later', async (t) => {
  const world = openWorld(t)
  const late = run(t, world, [doubled])
  await late.reach(await happen(world.store, bought('a', 1)))
  await late.stop()
  const early = run(t, world, [turnover])
  await until('it has taken over', () => stateOf(early, 'turnover') === 'current')
  await assertReplayed(world, turnover)
})

test('a projection that is new to an old log catches up beside the others and joins them', async (t) => {
  superstition.believed = false
  const world = openWorld(t)
  const old = run(t, world, [baskets])
  const position = await happen(world.store, bought('a', 1), bought('b', 2), discarded('a'))
  await old.reach(position)
  await old.stop()
  const runner = run(t, world, [baskets, luck, turnover], { batchSize: 1 })
  await runner.reach(position)
  await until('all are current', () => runner.positions().projections.every(({ state }) => state === 'current'))
  assert.equal(runner.positions().lowest, position)
  await runner.reach(await happen(world.store, bought('b', 5)))
  await assertReplayed(world, baskets, luck, turnover)
})

test('while the read models are away the runner tries again, and says so once', async (t) => {
  const world = openWorld(t)
  let outages = 4
  const models: ReadModels = {
    ...world.models,
    async save(batch) {
      if (outages-- > 0) throw new UnavailableError('the read models')
      await world.models.save(batch)
    },
  }
  const runner = run(t, { store: world.store, models }, [baskets])
  await runner.reach(await happen(world.store, bought('a', 1), bought('a', 2)))
  await assertReplayed(world, baskets)
  assert.deepEqual(runner.log.lines, [
    'the projections is interrupted and will be tried again until it works',
    'the projections goes on',
  ])
})

test('when asked to stop, the runner finishes the batch under way', async (t) => {
  const world = openWorld(t)
  const saving = Promise.withResolvers<void>()
  const permitted = Promise.withResolvers<void>()
  const models: ReadModels = {
    ...world.models,
    async save(batch) {
      saving.resolve()
      await permitted.promise
      await world.models.save(batch)
    },
  }
  const runner = run(t, { store: world.store, models }, [baskets], { batchSize: 1 })
  await happen(world.store, bought('a', 1), bought('b', 2))
  await saving.promise
  const stopped = runner.stop()
  permitted.resolve()
  await stopped
  assert.deepEqual(Object.keys(await documentsOf(world.models, baskets)), ['a'])
  assert.equal((await world.models.checkpoints())[0]?.position, 0n)
})

type Accident = 'none' | 'before' | 'documents only' | 'after'

/** Read models whose saves go wrong as told: as a crash at that moment would leave them. */
const unlucky = (models: ReadModels, accidents: Accident[]): ReadModels => ({
  ...models,
  async save(batch: Batch) {
    const accident = accidents.shift() ?? 'none'
    if (accident === 'documents only') await models.save({ ...batch, checkpoints: [] })
    if (accident === 'none' || accident === 'after') await models.save(batch)
    if (accident !== 'none') throw new UnavailableError('the read models')
  },
})

test('replay equals live, whatever the batches, the crashes, and with two runners at once', async () => {
  const basket = fc.constantFrom('a', 'b', 'c')
  const anEvent = fc.oneof(
    fc.tuple(basket, fc.nat(20)).map(([name, amount]) => bought(name, amount)),
    fc.uniqueArray(basket).map((names) => inspected(...names)),
    basket.map(discarded),
    fc.constant(rained),
  )
  const accidents = fc.array(fc.constantFrom<Accident>('none', 'before', 'documents only', 'after'), { maxLength: 8 })
  const aRunner = fc.record({ batchSize: fc.integer({ min: 1, max: 7 }), accidents })
  superstition.believed = false
  const all = [baskets, turnover, luck]
  await fc.assert(
    fc.asyncProperty(
      fc.array(anEvent, { maxLength: 30 }),
      fc.array(anEvent, { maxLength: 10 }),
      aRunner,
      aRunner,
      async (history, later, one, other) => {
        const cleanups: (() => Promise<void> | void)[] = []
        const t = { after: (work: () => Promise<void> | void) => cleanups.unshift(work) }
        const world = openWorld(t)
        try {
          await happen(world.store, ...history)
          const runners = [one, other].map((each) =>
            run(t, { store: world.store, models: unlucky(world.again(), [...each.accidents]) }, all, each),
          )
          await happen(world.store, ...later)
          const head = await world.store.head()
          for (const runner of runners) await runner.reach(head)
          await assertReplayed(world, ...all)
        } finally {
          for (const cleanup of cleanups) await cleanup()
        }
      },
    ),
    { numRuns: 40 },
  )
})
