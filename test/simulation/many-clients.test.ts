// Many tills at once over HTTP, against the real server: numbers without gaps, never oversold, repeated requests done once.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { stockLevelId, stockLevels } from '../../projections/stock-levels.ts'
import { assertReplayEqualsLive, logAuditor, openLog } from '../live/audit.ts'
import { byClients, caughtUp, type SaleOrder, sell, signIn } from '../live/client.ts'
import { foundCompany, type LiveCompany, scarceStock } from '../live/company.ts'
import { type LiveServer, startServer } from '../live/server.ts'

let company: LiveCompany
let server: LiveServer
let token: string

before(async () => {
  company = await foundCompany()
  server = await startServer(company.folder)
  token = await signIn(server.url)
})

after(async () => {
  await server?.stop()
  await company?.destroy()
})

const one = (productId: string, number = 0): SaleOrder => {
  const till = company.tills[number % company.tills.length]
  assert(till)
  const method = number % 2 === 0 ? 'cash' : 'mpesa'
  return { ...till, lines: [{ productId, quantity: 1 }], payment: { method } }
}

const some = (number: number): SaleOrder => {
  const { ample } = company
  const product = (step: number) => ample[(number * step) % ample.length] ?? ''
  const lines = [...new Set([product(1), product(3), product(7)])].map((productId, at) => ({
    productId,
    quantity: 1 + ((number + at) % 4),
  }))
  return { ...one('', number), lines }
}

async function audited() {
  const log = await openLog(company.folder)
  const auditor = logAuditor()
  const head = await auditor.readOn(log.store)
  await log.close()
  await caughtUp(server.url, token, head)
  return auditor
}

test('a thousand sales by 32 clients in three series: numbers without gap or repetition, each document chained to the one before', async () => {
  const answers = await byClients(32, 1_000, (number) => sell(server.url, token, some(number)))
  for (const { status, text } of answers) assert.equal(status, 201, text)
  const auditor = await audited()
  const chains = auditor.chains()
  assert.equal(chains.size, 3)
  assert.deepEqual([...chains.values()].sort(), [333, 333, 334])
  const documents = new Set(answers.map(({ sale }) => sale?.document))
  assert.equal(documents.size, 1_000)
  for (const { sale } of answers) {
    assert(sale)
    assert.deepEqual(auditor.sales.get(sale.id), { total: sale.total, lastPosition: BigInt(sale.position) })
  }
  await assertReplayEqualsLive(company.folder)
})

test('500 sales by 32 clients of a product of which there are 300: exactly 300 are sold, the others are told why not', async () => {
  const answers = await byClients(32, 500, () => sell(server.url, token, one(company.scarce)))
  const sold = answers.filter(({ status }) => status === 201)
  const refused = answers.filter(({ status }) => status === 409)
  assert.equal(sold.length, scarceStock)
  assert.equal(refused.length, 500 - scarceStock)
  for (const { text } of refused) assert.match(text, /\/insufficient-stock"/)
  await audited()

  const { models, close } = await openLog(company.folder)
  const { locationId } = one(company.scarce)
  const level = await models.get(stockLevels, stockLevelId(company.scarce, locationId))
  await close()
  assert.equal(level?.document.onHand, 0)
  await assertReplayEqualsLive(company.folder)
})

test('the same request ten times at once under one key is one sale with ten equal answers; another request is refused the key', async () => {
  const before = (await audited()).sales.size
  const answers = await Promise.all(Array.from({ length: 10 }, () => sell(server.url, token, some(5), 'till-1-0001')))
  for (const { status, text } of answers) assert.deepEqual([status, text], [201, answers[0]?.text])
  const other = await sell(server.url, token, some(6), 'till-1-0001')
  assert.equal(other.sale, undefined)
  assert.match(other.text, /idempotency-key-reused/)
  assert.equal((await audited()).sales.size, before + 1)
})
