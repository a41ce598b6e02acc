// The KurrentDB adapter against a model: appends right and wrong, alone and at once, with lost answers, cuts and restarts between them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { RecordedEvent } from '../../src/kernel/event.ts'
import {
  type Appended,
  collect,
  type EventStore,
  type ExpectedRevision,
  START,
  type StreamWrite,
} from '../../src/kernel/event-store.ts'
import { follow, ids, metadata, newPrefix, someSold, write } from '../contract/log.ts'
import type { AppendFault } from '../doubles/kurrentdb/faults.ts'
import { onDouble, openAt } from './on-double.ts'

interface Step {
  /** Which of the two processes appends. */
  readonly by: 0 | 1
  readonly streams: readonly number[]
  readonly count: number
  /** How the revision is stated; `behind` by one is a conflict, wherever that can be. */
  readonly expected: 'right' | 'behind' | 'any' | 'exists' | 'none'
  readonly faults: readonly AppendFault[]
  readonly meanwhile: 'nothing' | 'cut' | 'restart'
  readonly wait: boolean
}

const faults = fc.constantFrom<AppendFault[]>('none', 'none', 'none', 'answer-lost', 'cut-before', 'not-ready')
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    by: fc.constantFrom(0 as const, 1 as const),
    streams: fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 3 }),
    count: fc.integer({ min: 1, max: 3 }),
    expected: fc.constantFrom<Step['expected'][]>('right', 'right', 'right', 'behind', 'any', 'exists', 'none'),
    faults: fc.array(faults, { maxLength: 2 }),
    meanwhile: fc.constantFrom<Step['meanwhile'][]>('nothing', 'nothing', 'nothing', 'nothing', 'cut', 'restart'),
    wait: fc.boolean(),
  }),
  { minLength: 3, maxLength: 14 },
)

/** What is known of one append when all is over. */
interface Outcome {
  readonly writes: readonly StreamWrite[]
  readonly appended: Appended | undefined
}

/** What the streams hold, as far as it can be known while nothing is under way. */
class Model {
  readonly lengths = new Map<string, number>()

  revision = (stream: string): bigint => BigInt((this.lengths.get(stream) ?? 0) - 1)

  expectedBy({ expected }: Step, stream: string): ExpectedRevision {
    const revision = this.revision(stream)
    if (expected === 'right') return revision
    return expected === 'behind' ? (revision - 1n < START ? 'exists' : revision - 1n) : expected
  }

  accepts = ({ stream, expected }: StreamWrite): boolean => {
    const revision = this.revision(stream)
    if (expected === 'any') return true
    if (expected === 'exists') return revision > START
    return expected === 'none' ? revision === START : expected === revision
  }

  async learn(store: EventStore, streams: readonly string[]): Promise<void> {
    for (const stream of streams) this.lengths.set(stream, (await collect(store.readStream(stream))).length)
  }
}

test('every append is done once as it was answered, or not at all, and followers see just that', async (t) => {
  const { double, store } = await onDouble(t, { deadline: 3_000, patience: 20_000 })
  const stores = [store, openAt(t, double.url, { deadline: 3_000, patience: 20_000 })] as const
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const prefix = newPrefix()
      const after = await store.head()
      const filter = { streamPrefixes: [prefix] }
      const followers = stores.map((each) => follow(each, after, { filter, pageSize: 5 }))
      const outcomes = await run(plan, prefix, stores)
      const all = await collect(store.readAll({ after, filter }))
      for (const outcome of outcomes) assertJust(outcome, all)
      assert.equal(all.length, outcomes.filter(({ appended }) => appended).flatMap(eventsOf).length)
      for (const follower of followers) {
        await follower.until(() => follower.events.length >= all.length, 'all events')
        assert.deepEqual(follower.events, all)
        await follower.stop()
      }
    }),
    { numRuns: 15 },
  )

  async function run(plan: readonly Step[], prefix: string, [one, other]: typeof stores): Promise<Outcome[]> {
    const model = new Model()
    const names = [0, 1, 2].map((n) => `${prefix}-${n}`)
    const outcomes: Promise<Outcome>[] = []
    let alone = true
    for (const step of plan) {
      double.faults.appends.push(...step.faults)
      const writes = step.streams.map((n) => {
        const stream = `${prefix}-${n}`
        return write(stream, model.expectedBy(step, stream), ...someSold(step.count))
      })
      const appending = (step.by === 0 ? one : other).append(writes, metadata).then(
        (appended) => ({ writes, appended }),
        (error) => {
          assert.equal(error.code, 'conflict', String(error))
          return { writes, appended: undefined }
        },
      )
      outcomes.push(appending)
      if (step.meanwhile === 'cut') double.cut()
      if (step.meanwhile === 'restart') {
        await double.stop()
        await double.start()
      }
      if (!step.wait) {
        alone = false
        continue
      }
      const outcome = await appending
      if (alone) assert.equal(outcome.appended !== undefined, writes.every(model.accepts), 'accepted as it should be')
      await Promise.all(outcomes)
      await model.learn(one, names)
      alone = true
    }
    const all = await Promise.all(outcomes)
    double.faults.appends.length = 0
    return all
  }
})

const eventsOf = ({ writes }: Outcome) => writes.flatMap(({ events }) => events)

/** The log holds the append once, where the answer says, and as it was guarded; or nothing of it, when it was refused. */
function assertJust(outcome: Outcome, all: readonly RecordedEvent[]): void {
  const wanted = new Set(ids(eventsOf(outcome)))
  const stored = all.filter(({ id }) => wanted.has(id))
  if (!outcome.appended) {
    assert.deepEqual(stored, [], 'nothing of what was refused is there')
    return
  }
  assert.deepEqual(ids(stored), ids(eventsOf(outcome)), 'once, and in its order')
  assert.equal(outcome.appended.position, stored.at(-1)?.position)
  for (const [i, { stream, expected, events }] of outcome.writes.entries()) {
    const own = stored.filter((event) => event.stream === stream)
    const first = own[0]?.revision ?? START
    assert.deepEqual(
      own.map(({ revision }) => revision),
      own.map((_, n) => first + BigInt(n)),
      'one after the other',
    )
    assert.deepEqual([own.length, outcome.appended.revisions[i]], [events.length, own.at(-1)?.revision])
    if (typeof expected === 'bigint') assert.equal(first, expected + 1n)
    if (expected === 'none') assert.equal(first, 0n)
    if (expected === 'exists') assert.ok(first > 0n)
  }
}
