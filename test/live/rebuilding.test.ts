// All read models built anew: into new files when nothing stands in the way, and not at all for a file where a projection stops.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { projections } from '../../projections/index.ts'
import { sales } from '../../projections/sales.ts'
import { stockMovements } from '../../projections/stock-movements.ts'
import { openEmbeddedReadModels } from '../../src/embedded-read-models.ts'
import { pathsIn } from '../../src/opening.ts'
import { foldInThreads, foldingOf, rebuildAnew } from '../../src/rebuilding.ts'
import { openSqliteEventStore } from '../../src/stores/sqlite/event-store.ts'
import { assertReplayEqualsLive } from './audit.ts'
import { foundCompany, type LiveCompany } from './company.ts'

const names = projections.map(({ name }) => name)

let company: LiveCompany
before(async () => {
  company = await foundCompany()
})
after(() => company.destroy())

const filesNow = () => readdirSync(company.folder).filter((file) => /^read-models.*\.(sqlite|building)$/.test(file))

async function generationOf(name: string) {
  const models = openEmbeddedReadModels({ path: pathsIn(company.folder).readModels })
  const checkpoints = await models.checkpoints()
  await models.close()
  return checkpoints
    .filter((checkpoint) => checkpoint.name === name)
    .map(({ generation, live }) => ({ generation, live }))
}

test('what was never folded, and what is built anew, lies in new files; the old ones are gone', async () => {
  await foldInThreads(foldingOf(company.config))
  assert.deepEqual(filesNow(), ['read-models-2.2.sqlite', 'read-models.2.sqlite'])
  assert.deepEqual(await rebuildAnew(foldingOf(company.config), names), [])
  assert.deepEqual(filesNow(), ['read-models-2.3.sqlite', 'read-models.3.sqlite'])
  assert.deepEqual(await generationOf(sales.name), [{ generation: 2, live: true }])
  await assertReplayEqualsLive(company.folder)
})

test('one of them alone is built anew where it is', async () => {
  assert.deepEqual(await rebuildAnew(foldingOf(company.config), [sales.name]), [])
  assert.deepEqual(filesNow(), ['read-models-2.3.sqlite', 'read-models.3.sqlite'])
  assert.deepEqual(await generationOf(sales.name), [{ generation: 3, live: true }])
  await assertReplayEqualsLive(company.folder)
})

test('where a projection stops, what was served is served still', async () => {
  const log = openSqliteEventStore({ path: pathsIn(company.folder).events })
  // No quantity, no cost: nothing that the validation would let pass.
  const spoilt = { id: 'spoilt', type: 'StockReceived', schema: 1, data: null }
  await log.append([{ stream: 'stock-spoilt', expected: 'none', events: [spoilt] }], {
    actor: 'tests',
    correlationId: 'tests',
  })
  await log.close()
  const failures = await rebuildAnew(foldingOf(company.config), names)
  assert.match(failures.join('\n'), new RegExp(`^${stockMovements.name} stopped: StockReceived at \\d+`, 'm'))
  assert.deepEqual(filesNow(), ['read-models-2.3.sqlite', 'read-models.3.sqlite'])
  assert.deepEqual(await generationOf(stockMovements.name), [{ generation: 2, live: true }])
})
