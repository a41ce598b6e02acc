// Durable appends of one event each from 64 callers, against the same rows put into bare SQLite with one commit for all that wait.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { catalogues } from '../src/domain/events.ts'
import { growingIds } from '../src/ids.ts'
import { coded } from '../src/kernel/codec.ts'
import { openVault } from '../src/kernel/vault.ts'
import { pathsIn } from '../src/opening.ts'
import { openSqliteEventStore } from '../src/stores/sqlite/event-store.ts'
import { openSqliteKeyValue } from '../src/stores/sqlite/key-value.ts'
import { createLog, keyOf } from '../src/stores/sqlite/log-layout.ts'
import { type Contender, type Figure, inTurns, perSecond } from './figure.ts'
import type { History } from './history.ts'
import { scaleOf } from './scale.ts'

const callers = 64
const milliseconds = 700
const newId = growingIds()
const metadata = { actor: 'person:bench', correlationId: 'bench' }
const at = '2026-01-05T08:00:00.000Z'
const sold = { productId: newId(), locationId: newId(), at, saleId: newId(), quantity: 1, cost: 700, onHand: 5 }

/** Lets the callers append for a while, each again when its append is durable. */
async function calling(append: (stream: string) => Promise<unknown>): Promise<number> {
  const start = performance.now()
  let appends = 0
  const caller = async () => {
    while (performance.now() - start < milliseconds) {
      await append(`stock-${newId()}`)
      appends += 1
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return perSecond(appends, start)
}

function throughTheStore({ folder }: History): { contender: Contender; close: () => Promise<void> } {
  const keyValue = openSqliteKeyValue({ path: pathsIn(folder).keyValue })
  const log = openSqliteEventStore({ path: pathsIn(folder).events })
  const store = coded(log, catalogues, openVault(keyValue, Buffer.alloc(32)))
  const event = () => ({ id: newId(), type: 'StockSold', schema: 1, data: sold })
  return {
    contender: () => calling((stream) => store.append([{ stream, expected: 'none', events: [event()] }], metadata)),
    async close() {
      await store.close()
      await keyValue.close()
    },
  }
}

function bare(folder: string): { contender: Contender; close: () => void } {
  const db = new DatabaseSync(join(folder, 'bare.sqlite'))
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000')
  createLog(db)
  const insertAppend = db.prepare('INSERT INTO log VALUES (?, ?, ?, ?, ?)')
  const insertStream = db.prepare('INSERT INTO streams VALUES (?, ?, ?)')
  let position = 0
  let waiting: { readonly stream: string; readonly done: (value?: unknown) => void }[] = []
  const flush = () => {
    const group = waiting
    waiting = []
    db.exec('BEGIN IMMEDIATE')
    for (const { stream } of group) {
      const id = newId()
      const events = JSON.stringify([[id, stream, 0, 'StockSold', 1, sold]])
      insertAppend.run(++position, keyOf(id), at, JSON.stringify(metadata), events)
      insertStream.run(stream, 0, position)
    }
    db.exec('COMMIT')
    for (const { done } of group) done()
  }
  const append = (stream: string) =>
    new Promise((done) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ stream, done })
    })
  return { contender: () => calling(append), close: () => db.close() }
}

export async function appends(histories: readonly History[]): Promise<readonly Figure[]> {
  const ours = histories.map(throughTheStore)
  const baseline = bare(histories[0]?.folder ?? '.')
  const [against = 0, ...values] = await inTurns(5, [baseline.contender, ...ours.map(({ contender }) => contender)])
  baseline.close()
  for (const { close } of ours) await close()
  return scaleOf(histories, values, {
    name: `durable appends, ${callers} callers`,
    unit: '/s',
    baseline: against,
    against: 'bare node:sqlite group commit',
    bound: { ratio: 0.5 },
    limitedBy: 'the conflict checks (three look-ups an append), validation, and the fsync that all share',
  })
}
