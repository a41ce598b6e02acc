// Random tampering with a log, by somebody who can change everything but cannot sign: each is found, and called what it is.
import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { openSealedLog, type SealedLog } from '../../test/audit/sealed-log.ts'
import { openSqliteEventStore } from '../stores/sqlite/event-store.ts'
import { canonicalJson } from './canonical.ts'
import { entriesIn } from './entries.ts'
import { exportLog } from './export.ts'
import { GrowingTree, leafHash } from './merkle.ts'
import { fingerprintBytes } from './sealing.ts'
import { keyIdOf, publicKeyFrom, signatureOf } from './statement.ts'
import type { Tampering } from './tampering.ts'
import { Verifier } from './verification.ts'
import { verifyExport } from './verify-export.ts'

let log: SealedLog
let lines: readonly string[] = []
let key: KeyObject
/** So many events are under a seal. */
let sealed = 0

before(async () => {
  log = openSealedLog()
  for (const count of [7, 20, 33, 1, 14, 25]) {
    await log.write(count)
    await log.sealNow()
    if (count === 33) await log.rotateKey()
  }
  await log.write(3)
  key = publicKeyFrom((await log.facts('SealingKeyIntroduced'))[0]?.data.publicKey ?? '')
  sealed = (await log.facts('LogSealed')).at(-1)?.data.size ?? 0
  lines = await exported()
})
after(() => log.close())

async function exported(): Promise<string[]> {
  let text = ''
  for await (const part of await exportLog({ ...log, now: () => new Date() }, {})) text += part
  return text.trimEnd().split('\n')
}

async function* given(text: readonly string[]) {
  yield* text
}
const verdictOn = (text: readonly string[]) => verifyExport(given(text), { key })

test('an export that nobody has touched verifies', async () => {
  const { finding, proved, events, seals } = await verdictOn(lines)
  assert.deepEqual(
    { finding, proved, events, seals },
    { finding: undefined, proved: sealed, events: lines.length - 2, seals: 6 },
  )
})

/** What a tamperer does, and what it must be called. `at` is the index of the event that no longer fits. */
interface Tampered {
  readonly events: readonly string[]
  readonly at: number
  readonly kinds: readonly Tampering[]
}

type Trick = (events: readonly string[], where: number, other: number) => Tampered

interface Line {
  readonly hash: string
  readonly position: string
  readonly event: { readonly type: string; readonly recordedAt: string; readonly data: Record<string, unknown> }
}

/** The line of an event, with its hash made anew, as a tamperer would. */
const lineOf = (event: Line['event'], position: string): string =>
  JSON.stringify({ position, hash: leafHash(Buffer.from(canonicalJson(event))).toString('base64'), event })
const parsed = (line: string | undefined): Line => JSON.parse(line ?? '{}')
/** What is signed is told from what is not by its signature first. */
const isSigned = (line: string | undefined) => /"type":"(LogSealed|SealingKeyIntroduced)"/.test(line ?? '')

const change: Trick = (events, where) => {
  const { event, position } = parsed(events[where])
  const moved = {
    ...event,
    recordedAt: event.recordedAt.replace(/\d{3}Z$/, (ms) => `${(Number(ms[0]) + 1) % 10}${ms.slice(1)}`),
  }
  const at = where
  return { events: events.with(where, lineOf(moved, position)), at, kinds: ['changed'] }
}

const changeData: Trick = (events, where) => {
  const { event, position } = parsed(events[where])
  const data = { ...event.data, at: '2020-01-01T00:00:00.000Z' }
  const kinds: Tampering[] = isSigned(events[where]) ? ['changed', 're-signed'] : ['changed']
  return { events: events.with(where, lineOf({ ...event, data }, position)), at: where, kinds }
}

const remove: Trick = (events, where) => {
  // Without what introduced a key, its seals are not believed: that is said first where the auditor's key does not know it.
  const kinds: Tampering[] = isSigned(events[where]) ? ['removed', 're-signed'] : ['removed']
  return { events: events.toSpliced(where, 1), at: where, kinds }
}

const insert: Trick = (events, where) => {
  const { event, position } = parsed(events[where])
  const forged = { ...event, type: 'Noted', id: 'forged', data: { forged: true } }
  return { events: events.toSpliced(where, 0, lineOf(forged, position)), at: where, kinds: ['inserted'] }
}

const copy: Trick = (events, where, other) => {
  const place = Math.max(where, other)
  const [copied = ''] = events.slice(Math.min(where, other))
  return { events: events.toSpliced(place, 0, copied), at: place, kinds: ['inserted'] }
}

const swap: Trick = (events, where, other) => {
  const [first, second] = where < other ? [where, other] : [other, where]
  const [a = '', b = ''] = [events[first], events[second]]
  const kinds: Tampering[] = [a, b].some(isSigned) ? ['reordered', 're-signed'] : ['reordered']
  return { events: events.with(first, b).with(second, a), at: first, kinds }
}

/** Changes an event and makes every later seal anew, with a key of the tamperer's own: all sums are right. */
const resign: Trick = (events, where) => {
  const own = generateKeyPairSync('ed25519')
  const tree = new GrowingTree()
  let span: Buffer[] = []
  let previous: unknown = null
  let at = -1
  const forged = events.map((line, index) => {
    const { event, position } = parsed(line)
    let text = line
    if (index === where && !isSigned(line))
      text = lineOf({ ...event, data: { ...event.data, detail: 'forged' } }, position)
    if (event.type === 'LogSealed' && index > where) {
      const fingerprints = Buffer.concat(span.map((leaf) => leaf.subarray(0, fingerprintBytes))).toString('base64')
      const root = tree.root().toString('base64')
      const { keyId, at: time } = event.data as { keyId: string; at: string }
      const seal = { size: tree.size, root, previous: previous as never, fingerprints, keyId, at: time }
      const data = { ...seal, signature: signatureOf(own.privateKey, 'LogSealed', seal) }
      text = lineOf({ ...event, data }, position)
      if (at < 0) at = index
    }
    const leaf = Buffer.from(parsed(text).hash, 'base64')
    if (event.type === 'LogSealed') {
      previous = { size: tree.size, root: tree.root().toString('base64') }
      span = []
    }
    span.push(leafOfText(text))
    tree.append(leaf)
    return text
  })
  return { events: forged, at, kinds: ['re-signed'] }
}
const leafOfText = (line: string) => leafHash(Buffer.from(canonicalJson(parsed(line).event)))

const tricks = { change, changeData, remove, insert, copy, swap, resign }

test('of 1,000 tamperings with an export, 1,000 are found, each where it was done and called what it is', async () => {
  const [head = '', ...rest] = lines
  const [end = ''] = rest.splice(-1)
  const place = fc.nat(sealed - 1)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.values(tricks)), place, place, async (trick, where, other) => {
      if (where === other) return
      const { events, at, kinds } = trick(rest, where, other)
      const { finding } = await verdictOn([head, ...events, end])
      assert.ok(finding, `${trick.name} at ${where} was not found`)
      assert.ok(
        kinds.includes(finding.kind),
        `${trick.name} at ${where}, ${other} was called ${finding.kind}: ${finding.detail}`,
      )
      if (finding.kind !== 're-signed') assert.equal(finding.index, at, trick.name)
    }),
    { numRuns: 1_000 },
  )
})

test('any bit of the file that is turned is found', async () => {
  const text = Buffer.from(`${lines.join('\n')}\n`)
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length - 1), fc.nat(7), async (at, bit) => {
      const flipped = Buffer.from(text)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
      const verdict = await verdictOn(flipped.toString().split('\n').filter(Boolean)).catch((error) => error)
      assert.ok(verdict instanceof Error ? 'code' in verdict : verdict.finding, `byte ${at}, bit ${bit}`)
    }),
    { numRuns: 300 },
  )
})

test('a file that stops early, or has more at its end, is found', async () => {
  assert.equal((await verdictOn(lines.slice(0, -1))).finding?.kind, 'removed')
  assert.equal((await verdictOn(lines.toSpliced(-2, 1))).finding?.kind, 'removed')
  assert.equal((await verdictOn(lines.toSpliced(-1, 0, lines.at(-2) ?? ''))).finding?.kind, 'inserted')
})

test('with a key that did not seal this log, nothing is proved', async () => {
  const { publicKey } = generateKeyPairSync('ed25519')
  const { finding, proved } = await verifyExport(given(lines), { key: publicKey })
  assert.deepEqual([finding?.kind, proved], ['re-signed', 0])
  assert.notEqual(keyIdOf(publicKey), keyIdOf(key))
})

test('what was cut off with all its seals is found by what a witness has kept', async () => {
  const seals = (await log.facts('LogSealed')).map(({ data }) => ({
    size: data.size,
    root: Buffer.from(data.root, 'base64'),
  }))
  const whole = await verifyExport(given(lines), { key, witnessed: seals })
  assert.equal(whole.finding, undefined)
  const { size = 0 } = seals[1] ?? {}
  const [head = ''] = lines
  const cut = [head, ...lines.slice(1, size + 2), JSON.stringify({ end: { events: size + 1, digest: '' } })]
  const { finding } = await verifyExport(given(cut), { key, witnessed: seals })
  assert.equal(finding?.kind, 'removed')
  const other = seals.map((seal, at) => (at === 1 ? { ...seal, root: Buffer.alloc(32) } : seal))
  assert.equal((await verifyExport(given(lines), { key, witnessed: other })).finding?.kind, 're-signed')
})

/** Tricks with the rows of the store's file: `n` is the row, counted from the first. */
const inStore: Readonly<Record<string, { readonly sql: string; readonly kinds: readonly Tampering[] }>> = {
  event: {
    sql: `UPDATE log SET events = replace(events, '"detail":"', '"detail":"!') WHERE position = ?`,
    kinds: ['changed'],
  },
  time: { sql: `UPDATE log SET recorded_at = '2020' || substr(recorded_at, 5) WHERE position = ?`, kinds: ['changed'] },
  actor: {
    sql: `UPDATE log SET metadata = replace(metadata, 'system:', 'person:') WHERE position = ?`,
    kinds: ['changed'],
  },
  broken: { sql: `UPDATE log SET events = substr(events, 2) WHERE position = ?`, kinds: ['changed', 'removed'] },
  removed: { sql: `DELETE FROM log WHERE position = ?`, kinds: ['removed'] },
  inserted: {
    sql: `INSERT INTO log SELECT 1000000 - l.position, x'00', recorded_at, metadata, replace(events, '"detail":"', '"detail":"!') FROM log l WHERE position = ?`,
    kinds: ['inserted'],
  },
}

test('tampering with the rows of the store is found where it was done, and called what it is', async () => {
  const plain = lines.slice(1, sealed).flatMap((line, index) => (isSigned(line) ? [] : [index]))
  await log.rawLog.close()
  const copyPath = join(log.folder, 'copy.sqlite')
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(inStore)), fc.constantFrom(...plain), async (name, at) => {
      const { sql = '', kinds = [] } = inStore[name] ?? {}
      copyFileSync(log.path, copyPath)
      const db = new DatabaseSync(copyPath)
      db.prepare(sql).run(at)
      if (name === 'inserted')
        db.exec(`UPDATE log SET position = -position - 2 WHERE position > ${at} AND position < 900000`)
      if (name === 'inserted')
        db.exec(
          `UPDATE log SET position = -position - 1 WHERE position < 0; UPDATE log SET position = ${at + 1} WHERE position > 900000`,
        )
      db.close()
      const copied = openSqliteEventStore({ path: copyPath, readOnly: true })
      const verifier = new Verifier({ key })
      for await (const entry of entriesIn(copied)) verifier.take(entry)
      await copied.close()
      const { finding } = verifier.finish()
      assert.ok(finding && kinds.includes(finding.kind), `${name} at ${at}: ${finding?.kind} ${finding?.detail}`)
      assert.equal(finding.index, name === 'inserted' ? at + 1 : at, name)
    }),
    { numRuns: 150 },
  )
})
