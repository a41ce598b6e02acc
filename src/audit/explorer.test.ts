import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openSealedLog, type SealedLog } from '../../test/audit/sealed-log.ts'
import { collect } from '../kernel/event-store.ts'
import { explore, type Found, type Sought } from './explorer.ts'
import { eventById } from './finding-events.ts'

let log: SealedLog

before(async () => {
  log = openSealedLog()
  const append = (at: number) => {
    const type = at % 101 === 0 ? 'Rare' : 'Common'
    const metadata = { actor: at % 50 === 0 ? 'person:rui' : 'person:ana', correlationId: `c${at}` }
    const events = [{ id: `e${at}`, type, schema: 1, data: { at } }]
    return log.rawLog.append([{ stream: `note-${at % 3}`, expected: 'any', events }], metadata)
  }
  for (const until of [700, 1_300]) {
    for (let at = until - 650; at < until; at += 1) void append(at)
    await append(until)
    if (until === 700) await log.sealNow()
  }
})
after(() => log.close())

/** All pages of a search, each event once. */
async function all(sought: Sought, limit: number): Promise<string[]> {
  const found: string[] = []
  for (let before: bigint | undefined; ; ) {
    const page: Found = await explore(log, sought, { limit, ...(before !== undefined && { before }) })
    assert.ok(page.events.length <= limit)
    found.push(...page.events.map(({ id }) => id))
    if (page.next === undefined) return found
    before = page.next
  }
}

test('what is found is what a reading of the whole log finds, in pages of any size, sealed or not', async () => {
  const events = (await collect(log.rawLog.readAll())).toReversed()
  const cases: readonly Sought[] = [
    {},
    { types: ['Rare'] },
    { types: ['Rare', 'LogSealed'] },
    { actor: 'person:rui' },
    { types: ['Rare'], actor: 'person:rui' },
    { types: ['Never'] },
    { stream: 'note-1' },
    { stream: 'note-1', types: ['Rare'] },
    { from: 300n, to: 900n },
    { types: ['Rare'], from: 205n, to: 1_111n },
    { actor: 'person:rui', to: 256n },
    { types: ['Common'], from: 0n, to: 0n },
  ]
  for (const sought of cases) {
    const expected = events.filter(
      ({ type, stream, position, metadata }) =>
        (sought.types?.includes(type) ?? true) &&
        (sought.actor ?? metadata.actor) === metadata.actor &&
        (sought.stream ?? stream) === stream &&
        position >= (sought.from ?? 0n) &&
        position <= (sought.to ?? 99_999n),
    )
    for (const limit of [1, 7, 50, 5_000])
      if (limit > 1 || expected.length < 30)
        assert.deepEqual(
          await all(sought, limit),
          expected.map(({ id }) => id),
          JSON.stringify(sought, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
        )
  }
})

test('an event is found by its id, whether that tells a time or not', async () => {
  const events = await collect(log.rawLog.readAll())
  for (const wanted of [events[0], events[700], events.find(({ type }) => type === 'LogSealed'), events.at(-1)])
    assert.equal((await eventById(log.rawLog, log.tree, wanted?.id ?? ''))?.position, wanted?.position)
  assert.equal(await eventById(log.rawLog, log.tree, 'nothing'), undefined)
  assert.equal(await eventById(log.rawLog, log.tree, '01950000-0000-7000-8000-000000000000'), undefined)
})
