// Bytes turned in the file of the store itself: each is found and called what it is, or carried nothing.
import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { v7 as newId } from 'uuid'
import { openSealedLog, type SealedLog } from '../../test/audit/sealed-log.ts'
import type { Whereabouts } from '../opening.ts'
import { faultsOfLog } from '../stores/sqlite/log-check.ts'
import { publicKeyFrom } from './statement.ts'
import { type VerifyingOptions, verifyLog } from './verify-log.ts'

let log: SealedLog
let options: VerifyingOptions
/** The file as it was written. */
let whole: Buffer
let where: Whereabouts
let path = ''
let written: Contents
let proved = 0

before(async () => {
  log = openSealedLog()
  await log.addPerson('p1', 'Ana Nhantumbo')
  for (const count of [7, 20, 1, 14, 25]) {
    await log.write(count)
    await appendTogether(count)
    await log.sealNow()
  }
  await log.write(2)
  options = { key: publicKeyFrom((await log.facts('SealingKeyIntroduced'))[0]?.data.publicKey ?? '') }
  await log.rawLog.close()
  leaveFreePages(log.path)

  const dataDir = join(log.folder, 'copy')
  mkdirSync(dataDir)
  where = { dataDir, eventStorePrefix: '' }
  path = join(dataDir, 'events.sqlite')
  copyFileSync(log.path, path)
  whole = readFileSync(path)
  const contents = contentsOf(path)
  assert.ok(contents)
  written = contents
  const verdict = await verifyLog(where, options)
  assert.equal(verdict.finding, undefined)
  proved = verdict.proved
})
after(() => log.close())

/** An append of several events to several streams. */
async function appendTogether(count: number): Promise<void> {
  const noted = (n: number) => ({
    id: newId(),
    type: 'Noted',
    schema: 1,
    data: { detail: `${n} of ${count}`, tags: [n] },
  })
  const writes = ['one', 'two', 'three'].map((stream, n) => ({
    stream: `together-${stream}`,
    expected: 'any' as const,
    events: [noted(n), noted(n + 10)],
  }))
  await log.rawLog.append(writes, { actor: 'person:p1', correlationId: `together-${count}` })
}

/** Pages that hold nothing any more. */
function leaveFreePages(file: string): void {
  const db = new DatabaseSync(file)
  db.exec(`CREATE TABLE gone (text TEXT); INSERT INTO gone VALUES ('${'x'.repeat(20_000)}'); DROP TABLE gone`)
  db.close()
}

interface Contents {
  /** Of each row of the log, by its position, all that it says. */
  readonly rows: ReadonlyMap<number, string>
  /** What leads to them. */
  readonly rest: string
}

/** All that can be read of a store; undefined where SQLite reads it no more. */
function contentsOf(file: string): Contents | undefined {
  try {
    const db = new DatabaseSync(file, { readOnly: true })
    try {
      const rows = db.prepare('SELECT * FROM log ORDER BY position').all()
      const rest = [db.prepare('SELECT * FROM streams').all(), db.prepare('SELECT * FROM sqlite_master').all()]
      return { rows: new Map(rows.map((row) => [Number(row.position), text(row)])), rest: text(rest) }
    } finally {
      db.close()
    }
  } catch {
    return undefined
  }
}
const text = (value: unknown): string =>
  JSON.stringify(value, (_, part) => (part instanceof Uint8Array ? [...part] : part))

/** The position of the first row that is not what was written; undefined when all are. */
const firstChanged = (now: Contents): number | undefined =>
  [...written.rows].find(([position, row]) => now.rows.get(position) !== row)?.[0]

async function judge(at: number, flip: number): Promise<void> {
  const bytes = Buffer.from(whole)
  bytes[at] = (bytes[at] ?? 0) ^ flip
  writeFileSync(path, bytes)
  const { finding } = await verifyLog(where, options)
  const now = contentsOf(path)
  const isSound = [...faultsOfLog(path)].length === 0
  const said = `byte ${at} ^ ${flip}: ${finding?.kind} at ${finding?.index}, ${finding?.detail}`
  if (!now) return assert.ok(finding?.detail.includes('the file of the log is damaged'), said)
  const changed = firstChanged(now)
  if (!finding) {
    assert.equal(now.rest, written.rest, said)
    // What came after the last seal is not proved by anything yet.
    return assert.ok(changed === undefined || changed >= proved, said)
  }
  if (!isSound) return assert.ok(finding.detail.includes('the file of the log is damaged'), said)
  assert.ok(['changed', 're-signed'].includes(finding.kind), said)
  assert.ok(changed !== undefined && finding.index <= changed && changed - finding.index < 6, said)
}

const runs = Number(process.env.TAMPERINGS ?? 1_000)

test(`of ${runs} bytes turned in the file of the store, each is found and called what it is, or carried nothing`, async () => {
  await fc.assert(fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), judge), {
    numRuns: runs,
  })
})

const said = async (spoil: (db: DatabaseSync) => void) => {
  writeFileSync(path, whole)
  const db = new DatabaseSync(path)
  spoil(db)
  db.close()
  const { finding } = await verifyLog(where, options)
  return [finding?.kind, finding?.detail.replace('the file of the log is damaged: ', '')]
}

test('a stream that does not lead to one of its events any more is found, though no event was touched', async () => {
  const hidden = await said((db) => db.exec("DELETE FROM streams WHERE stream = 'note-3' AND revision = 4"))
  assert.equal(hidden[0], 'damaged')
  assert.match(hidden[1] ?? '', /^the stream note-3 does not lead to its event at position \d+$/)
  const added = await said((db) => db.exec("INSERT INTO streams VALUES ('note-3', 4000, 5)"))
  assert.deepEqual(added, ['damaged', 'streams lead to events that are not in the log'])
})

test('what is added to the file beside the log is found', async () => {
  const trigger = "CREATE TRIGGER hide AFTER INSERT ON log BEGIN DELETE FROM streams WHERE stream = 'note-3'; END"
  assert.deepEqual(await said((db) => db.exec(trigger)), ['damaged', 'its tables are not those of a log'])
})

test('a file that is no database, or none at all, is told as damage', async () => {
  writeFileSync(path, 'no database')
  const { finding } = await verifyLog(where, options)
  assert.deepEqual([finding?.kind, finding?.index], ['damaged', 0])
})
