// MongoDB that is away, and MongoDB that is killed in the middle of the work: nothing that was acknowledged is lost, and nobody need start anew.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { UnavailableError } from '../../src/kernel/errors.ts'
import { type Mongo, openMongo } from '../../src/stores/mongodb/index.ts'
import { type Ferretdb, startFerretdb, whyNoFerretdb } from '../servers/ferretdb.ts'
import { soon } from './opened.ts'
import { generation, good, newShelf, save, saving } from './shelf.ts'

const skip = whyNoFerretdb() ?? false

/** Does it again until the store answers; tells how often it did not. */
async function untilAnswered<Answer>(ask: () => Promise<Answer>, onFailure: () => void = () => undefined) {
  for (;;)
    try {
      return await ask()
    } catch (error) {
      assert.ok(error instanceof UnavailableError, String(error))
      onFailure()
      await wait(10)
    }
}

interface Stage {
  /** Starts the server on the same data as before; at the same address, if it was there before. */
  start(): Promise<Ferretdb>
  open(url: string): Mongo
}

/** Everything that the play opens is closed with it, also when it fails. */
async function onStage(play: (stage: Stage) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'caminho-outage-'))
  const servers: Ferretdb[] = []
  const opened: Mongo[] = []
  try {
    await play({
      async start() {
        const port = servers.at(-1)?.port
        const server = await startFerretdb({ folder, ...(port !== undefined && { port }) })
        servers.push(server)
        return server
      },
      open(url) {
        const mongo = openMongo({ url })
        opened.push(mongo)
        return mongo
      },
    })
  } finally {
    await Promise.all(opened.map((mongo) => mongo.close()))
    await servers.at(-1)?.stop()
    await rm(folder, { recursive: true })
  }
}

test('without a server every call is unavailable in seconds, and works once there is one', { skip }, () =>
  onStage(async ({ start, open }) => {
    const server = await start()
    await server.stop()
    const { models, keyValue, stats } = open(server.url)
    const shelf = newShelf()
    const calls = [
      () => models.get(shelf, 'a'),
      () => models.find(shelf),
      () => models.checkpoints(),
      () => models.prepare(generation(shelf)),
      () => keyValue.get('space', 'a'),
      () => keyValue.put('space', 'a', 1),
    ]
    await soon(Promise.all(calls.map((call) => assert.rejects(call(), UnavailableError))), 'an answer', 15_000)
    assert.deepEqual(stats(), { open: 0, inUse: 0, waiting: 0 })

    await start()
    await untilAnswered(() => models.prepare(generation(shelf)))
    assert.deepEqual(await models.find(shelf), { items: [] })
  }),
)

const documents = 12

/** Saves what a projection would: documents at growing positions, then the checkpoint; a batch that failed is saved again. */
async function run({ models }: Mongo, shelf: ReturnType<typeof newShelf>, batches: number): Promise<void> {
  for (let batch = 1; batch <= batches; batch += 1) {
    const saves = Array.from({ length: documents }, (_, i) =>
      saving(`g${i}`, batch * documents + i, good(`batch ${batch}`, { price: batch })),
    )
    const position = BigInt(batch * documents + documents - 1)
    const to = generation(shelf)
    await untilAnswered(() =>
      models.save({ saves: [{ generation: to, documents: saves }], checkpoints: [{ generation: to, position }] }),
    )
  }
}

/** Counts up by compare-and-set; how many times that surely worked, and how many times nobody knows. */
async function count({ keyValue }: Mongo, times: number): Promise<{ sure: number; unknown: number }> {
  let [sure, unknown] = [0, 0]
  while (sure < times) {
    const entry = await untilAnswered(() => keyValue.get('counts', 'all'))
    const put = () => keyValue.put('counts', 'all', Number(entry?.value) + 1, { expected: entry?.version ?? 0 })
    try {
      if (await put()) sure += 1
    } catch (error) {
      assert.ok(error instanceof UnavailableError, String(error))
      unknown += 1
    }
  }
  return { sure, unknown }
}

test('a server that is killed again and again loses nothing of what it acknowledged', { skip }, () =>
  onStage(async ({ start, open }) => {
    let server = await start()
    const [one, other] = [open(server.url), open(server.url)]
    const shelf = newShelf()
    await one.models.prepare(generation(shelf))
    await one.keyValue.put('counts', 'all', 0)

    const batches = 150
    const work = Promise.all([run(one, shelf, batches), run(other, shelf, batches), count(one, 60), count(other, 60)])
    let working = true
    void work.finally(() => {
      working = false
    })
    let kills = 0
    for (let seen = -1n; working && kills < 5; kills += 1) {
      const progress = async () => (await untilAnswered(() => one.models.checkpoints()))[0]?.position ?? -1n
      let now = await progress()
      for (; working && now <= seen; now = await progress()) await wait(5)
      seen = now
      await server.kill()
      server = await start()
    }
    const [, , mine, theirs] = await work
    assert.ok(kills >= 3, `${kills} kills`)

    const last = BigInt(batches * documents)
    for (let i = 0; i < documents; i += 1)
      assert.deepEqual(await other.models.get(shelf, `g${i}`), {
        id: `g${i}`,
        position: last + BigInt(i),
        document: good(`batch ${batches}`, { price: batches }),
      })
    assert.equal((await one.models.checkpoints())[0]?.position, last + BigInt(documents - 1))
    const total = Number((await other.keyValue.get('counts', 'all'))?.value)
    const sure = mine.sure + theirs.sure
    assert.ok(total >= sure && total <= sure + mine.unknown + theirs.unknown, `${total} of ${sure} sure`)
  }),
)

test('connections are counted while they are used', { skip }, () =>
  onStage(async ({ start, open }) => {
    const { models, keyValue, stats, close } = open((await start()).url)
    const shelf = newShelf()
    await models.prepare(generation(shelf))
    await save(models, generation(shelf), saving('a', 1, good('Arroz')))
    const reading = Promise.all(Array.from({ length: 200 }, () => keyValue.get('space', 'a')))
    let [most, longest] = [0, 0]
    const watching = setInterval(() => {
      most = Math.max(most, stats().inUse)
      longest = Math.max(longest, stats().waiting)
    }, 1)
    await reading
    clearInterval(watching)
    assert.ok(most > 1 && most <= 50, `${most} in use`)
    assert.ok(longest > 0, `${longest} waiting`)
    const after = stats()
    assert.ok(after.open > 1 && after.open <= 50, `${after.open} open`)
    assert.deepEqual([after.inUse, after.waiting], [0, 0])
    await close()
    assert.equal(stats().open, 0)
  }),
)
