import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { v7 as newId } from 'uuid'
import { consequences } from '../../projections/consequences.ts'
import { openSealedLog } from '../../test/audit/sealed-log.ts'
import { openSqliteReadModels } from '../stores/sqlite/read-models.ts'
import { type CauseNode, correlationOf } from './causes.ts'
import { differences } from './differences.ts'
import { scratchFold } from './scratch-fold.ts'

const closing: (() => Promise<void>)[] = []
after(async () => {
  for (const close of closing) await close()
})

test('what a request did, and what that caused later, is one tree', async () => {
  const log = openSealedLog()
  const models = openSqliteReadModels({ path: ':memory:' })
  closing.push(
    () => models.close(),
    () => log.close(),
  )
  const request = newId()
  const append = async (id: string, minutes: number, correlationId: string, causationId?: string) => {
    const events = [{ id, type: 'AlertRaised', schema: 1, data: {} }]
    const metadata = { actor: 'system:test', correlationId, ...(causationId && { causationId }) }
    const recordedAt = new Date(Date.now() + minutes * 60_000).toISOString()
    await log.rawLog.append([{ stream: `alert-${id}`, expected: 'none', events }], metadata, { recordedAt })
  }
  await append('before', -1, 'another')
  await append('sold', 0, request)
  await append('issued', 0, request)
  await append('between', 5, 'another')
  await append('notified', 60, request, 'sold')
  await append('mailed', 120, request, 'notified')
  const fold = await scratchFold(models, [consequences])
  for await (const page of log.rawLog.readAll()) await fold.advance(page)
  await fold.finish()

  const { events, roots } = await correlationOf({ rawLog: log.rawLog, tree: log.tree, models }, request)
  assert.deepEqual(
    events.map(({ id }) => id),
    ['sold', 'issued', 'notified', 'mailed'],
  )
  const shape = (nodes: readonly CauseNode[]): unknown =>
    Object.fromEntries(nodes.map(({ event, effects }) => [event.id, shape(effects)]))
  assert.deepEqual(shape(roots), { sold: { notified: { mailed: {} } }, issued: {} })
})

test('differences name what was added, removed and changed, field by field', () => {
  const before = new Map<string, object>([
    ['a', { n: 1, same: true }],
    ['b', { n: 2 }],
    ['c', { n: 3 }],
  ])
  const now = new Map<string, object>([
    ['a', { n: 5, same: true }],
    ['c', { n: 3 }],
    ['d', { n: 4 }],
  ])
  assert.deepEqual(
    [...differences(before, now)],
    [
      { id: 'a', kind: 'changed', fields: [{ field: 'n', before: 1, after: 5 }] },
      { id: 'b', kind: 'removed', fields: [{ field: 'n', before: 2, after: null }] },
      { id: 'd', kind: 'added', fields: [{ field: 'n', before: null, after: 4 }] },
    ],
  )
})
