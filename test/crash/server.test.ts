// The real server, killed again and again while it is selling: what was acknowledged is there, nothing is there by half.
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { assertReplayEqualsLive, logAuditor, openLog } from '../live/audit.ts'
import { caughtUp, type RegisteredSale, type SaleOrder, sell, signIn } from '../live/client.ts'
import { foundCompany, type LiveCompany } from '../live/company.ts'
import { startServer } from '../live/server.ts'

const rounds = 50
const clients = 16

function orderOf({ tills, ample }: LiveCompany, number: number): SaleOrder {
  const till = tills[number % tills.length]
  assert(till)
  const lines = [0, 1, 2].map((line) => ({
    productId: ample[(number + line) % ample.length] ?? '',
    quantity: 1 + line,
  }))
  return { ...till, lines, payment: { method: number % 3 === 0 ? 'card' : 'cash' } }
}

/** Sells by many clients until so many sales are acknowledged; then kills the server in the midst of the others. */
async function sellUntilKilled(company: LiveCompany, token: string | undefined, enough: number) {
  const server = await startServer(company.folder)
  const acknowledged: RegisteredSale[] = []
  const keptToken = token ?? (await signIn(server.url))
  let killed: Promise<void> | undefined
  let number = 0
  const client = async () => {
    while (!killed) {
      // A server that is gone does not answer; that is no acknowledgement.
      const answer = await sell(server.url, keptToken, orderOf(company, number++)).catch(() => undefined)
      if (!answer) continue
      assert(answer.sale, answer.text)
      acknowledged.push(answer.sale)
      if (acknowledged.length >= enough) killed ??= server.kill()
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  await killed
  return { acknowledged, token: keptToken }
}

test(`killed ${rounds} times under load, the server has every sale that it acknowledged, none by half, and needs no repair`, async (t) => {
  const company = await foundCompany()
  t.after(() => company.destroy())
  const auditor = logAuditor()
  const acknowledged: RegisteredSale[] = []
  let token: string | undefined

  for (let round = 1; round <= rounds; round += 1) {
    const enough = randomInt(1, 150)
    const told = await sellUntilKilled(company, token, enough)
    token = told.token
    acknowledged.push(...told.acknowledged)
    const log = await openLog(company.folder)
    await auditor.readOn(log.store)
    await log.close()
    for (const { id, total, position } of told.acknowledged)
      assert.deepEqual(
        auditor.sales.get(id),
        { total, lastPosition: BigInt(position) },
        `round ${round}, killed after ${enough} sales: sale ${id} was acknowledged`,
      )
  }

  const documents = [...auditor.chains().values()].reduce((sum, numbers) => sum + numbers, 0)
  assert.equal(documents, auditor.sales.size)
  t.diagnostic(`${acknowledged.length} sales acknowledged, ${auditor.sales.size} in the log`)

  const server = await startServer(company.folder)
  const log = await openLog(company.folder)
  const head = await auditor.readOn(log.store)
  await log.close()
  await caughtUp(server.url, token ?? '', head)
  await assertReplayEqualsLive(company.folder)
  await server.stop()
})
