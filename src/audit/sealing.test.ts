import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openSealedLog } from '../../test/audit/sealed-log.ts'
import { collect } from '../kernel/event-store.ts'
import { entriesIn } from './entries.ts'
import { leafOf } from './log-tree.ts'
import { consistencyProof, GrowingTree, inclusionProof, isConsistent, isIncluded } from './merkle.ts'
import { LogChangedError } from './sealing.ts'
import { publicKeyFrom } from './statement.ts'
import { chunkSize, openTiles } from './tiles.ts'
import { Verifier } from './verification.ts'

const opened: { close(): Promise<void> }[] = []
const open = () => {
  const log = openSealedLog()
  opened.push(log)
  return log
}
after(() => Promise.all(opened.map((log) => log.close())))

const ownKey = async (log: ReturnType<typeof open>) => {
  const [first] = await log.facts('SealingKeyIntroduced')
  return publicKeyFrom(first?.data.publicKey ?? '')
}

const verdictOn = async (log: ReturnType<typeof open>) => {
  const verifier = new Verifier({ key: await ownKey(log) })
  for await (const entry of entriesIn(log.rawLog)) verifier.take(entry)
  return verifier.finish()
}

test('a log is sealed as far as it goes, and sealed again only when something new has come', async () => {
  const log = open()
  await log.write(5)
  const seal = await log.sealNow()
  // The key was introduced before the first seal.
  assert.equal(seal?.size, 6)
  assert.deepEqual(await log.sealNow(), seal)
  await log.write(1)
  assert.equal((await log.sealNow())?.size, 8)
  const { finding, proved, seals, events } = await verdictOn(log)
  assert.deepEqual({ finding, proved, seals, events }, { finding: undefined, proved: 8, seals: 2, events: 9 })
})

test('the root is that of the leaves, through chunks, tiles and restarts', async () => {
  const log = open()
  for (const count of [100, 155, 1, 1, 300, 700]) {
    await log.write(count)
    const seal = await log.sealNow()
    const events = await collect(log.rawLog.readAll())
    const tree = new GrowingTree()
    for (const event of events.slice(0, seal?.size)) tree.append(leafOf(event))
    assert.equal(seal?.root, tree.root().toString('base64'))
  }
  assert.ok((await log.tiles.tip()).chunks >= 4)
})

test('every event is proved to be under a seal, and every seal to be the beginning of the next', async () => {
  const log = open()
  const heads: { size: number; root: Buffer }[] = []
  for (const count of [3, 250, 300, 513]) {
    await log.write(count)
    const seal = await log.sealNow()
    if (seal) heads.push({ size: seal.size, root: Buffer.from(seal.root, 'base64') })
  }
  const events = await collect(log.rawLog.readAll())
  for (const { size, root } of heads)
    for (const index of [0, 1, 255, 256, size - 2, size - 1].filter((index) => index < size)) {
      const path = await inclusionProof(log.tree.subtrees(), index, size)
      const event = await log.tree.eventAt(index)
      assert.equal(event?.id, events[index]?.id)
      assert.equal(await log.tree.indexOf(event?.position ?? 0n), index)
      assert.ok(event && isIncluded({ leaf: leafOf(event), index, size, root }, path))
    }
  for (const [at, first] of heads.entries())
    for (const second of heads.slice(at))
      assert.ok(isConsistent(first, second, await consistencyProof(log.tree.subtrees(), first.size, second.size)))
  assert.equal(await log.tree.eventAt(events.length), undefined)
  assert.equal(await log.tree.indexOf(BigInt(events.length)), undefined)
})

test('the tiles can be lost and are made again, from the log', async () => {
  const log = open()
  await log.write(600)
  const seal = await log.sealNow()
  for (const { key } of await log.keyValue.list('log-tree')) await log.keyValue.delete('log-tree', key)
  await log.write(1)
  const next = await log.sealNow()
  assert.ok(next && seal && next.size > seal.size)
  assert.equal((await log.tiles.tip()).chunks, Math.floor(next.size / chunkSize))
  assert.equal((await verdictOn(log)).finding, undefined)
})

test('tiles are kept once, in whatever pieces they come, and up to the top of the tree', async () => {
  const log = open()
  const tiles = openTiles(log.keyValue)
  const chunks = Array.from({ length: 600 }, (_, at) => ({
    hash: Buffer.alloc(32, at),
    after: BigInt(at * chunkSize) - 1n,
    at: '2026-03-02T08:00:00.000Z',
    marks: at % 100 === 7 ? ['rare', 'all'] : ['all'],
  }))
  const end = (count: number) => BigInt(count * chunkSize) - 1n
  await tiles.keep(0, chunks.slice(0, 300), end(300))
  await tiles.keep(100, chunks.slice(100, 280), end(280))
  await Promise.all([tiles.keep(290, chunks.slice(290), end(600)), tiles.keep(200, chunks.slice(200, 512), end(512))])
  assert.deepEqual(await tiles.tip(), {
    chunks: 600,
    position: end(600),
    version: (await log.keyValue.get('log-tree', 'tip'))?.version,
  })
  const whole = new GrowingTree()
  for (const { hash } of chunks.slice(0, 512)) whole.append(hash)
  assert.deepEqual(await tiles.subtree(17, 0), whole.root())
  assert.deepEqual(await tiles.subtree(8, 599), chunks[599]?.hash)
  await assert.rejects(tiles.subtree(8, 600), RangeError)
  assert.equal((await tiles.startOf(599))?.after, end(599))
  assert.equal(await tiles.startOf(601), undefined)
  const marked = async (before: number, ...wanted: string[][]) => {
    const found: number[] = []
    for await (const chunk of tiles.marked(before, wanted)) found.push(chunk)
    return found
  }
  assert.deepEqual(await marked(600, ['rare']), [507, 407, 307, 207, 107, 7])
  assert.deepEqual(await marked(207, ['all'], ['rare', 'none']), [107, 7])
  assert.deepEqual(await marked(600, ['none']), [])
})

test('times are found: the last event that was recorded by then', async () => {
  const log = open()
  const metadata = { actor: 'system:test', correlationId: 'c' }
  const minute = (at: number) => new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString()
  for (let at = 0; at < 700; at += 1) {
    const events = [{ id: `e${at}`, type: 'Old', schema: 1, data: {} }]
    await log.rawLog.append([{ stream: `s-${at}`, expected: 'none', events }], metadata, { recordedAt: minute(at) })
  }
  for (const sealed of [false, true]) {
    if (sealed) await log.sealNow()
    for (const at of [0, 1, 255, 256, 257, 511, 512, 699])
      for (const seconds of [0, 30])
        assert.equal(await log.tree.positionAt(new Date(Date.parse(minute(at)) + seconds * 1000)), BigInt(at))
    assert.equal(await log.tree.positionAt(new Date('2025-12-31T23:59:59Z')), -1n)
  }
})

test('a new key is signed for by the one before it; with either key, the whole log is proved', async () => {
  const log = open()
  await log.write(3)
  await log.sealNow()
  await log.rotateKey()
  await log.write(3)
  await log.sealNow()
  const keys = await log.facts('SealingKeyIntroduced')
  assert.equal(keys.length, 2)
  for (const { data } of keys) {
    const verifier = new Verifier({ key: publicKeyFrom(data.publicKey) })
    for await (const entry of entriesIn(log.rawLog)) verifier.take(entry)
    const { finding, proved } = verifier.finish()
    assert.deepEqual({ finding, proved }, { finding: undefined, proved: 9 })
  }
})

test('two nodes that seal at once make one chain of seals', async () => {
  const log = open()
  await log.write(40)
  await Promise.all([log.sealNow(), log.sealNow(), log.sealNow()])
  await log.write(40)
  await Promise.all([log.sealNow(), log.sealNow()])
  const { finding, seals } = await verdictOn(log)
  assert.equal(finding, undefined)
  assert.equal(seals, 2)
})

test('an erased person cannot be read any more, and the seals still hold', async () => {
  const log = open()
  await log.addPerson('ana', 'Ana Macuácua')
  await log.write(3)
  const seal = await log.sealNow()
  const nameInLog = async () => (await log.facts('PersonAdded'))[0]?.data.name
  assert.equal(await nameInLog(), 'Ana Macuácua')
  await log.vault.erase('ana')
  assert.equal(await nameInLog(), null)
  await log.write(1)
  assert.ok(((await log.sealNow())?.size ?? 0) > (seal?.size ?? 0))
  assert.equal((await verdictOn(log)).finding, undefined)
})

test('a log that is not what was sealed is not sealed further', async () => {
  const log = open()
  await log.write(5)
  await log.sealNow()
  const other = open()
  await other.write(6)
  // The seals of the one log beside the events of the other.
  const seals = await collect(log.rawLog.readStream('seal-log'))
  for (const { id, type, schema, data } of seals) {
    const events = [{ id, type, schema, data }]
    await other.rawLog.append([{ stream: 'seal-log', expected: 'any', events }], { actor: 'x', correlationId: 'x' })
  }
  await assert.rejects(other.sealNow(), LogChangedError)
})
