// Three nodes on one KurrentDB and one MongoDB (a double and FerretDB), killed one after the other while they sell: nothing that was acknowledged is
// lost, nothing is done twice, nobody goes without their mail, and another node goes on with whatever the killed one was at. CLUSTER_ROUNDS says how often; 5 unless set.
import assert from 'node:assert/strict'
import { randomInt, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { projections } from '../../projections/index.ts'
import { START } from '../../src/kernel/event-store.ts'
import { openStores, whereaboutsOf } from '../../src/opening.ts'
import { nameOf } from '../../src/subscribers/shared-progress.ts'
import { soon } from '../contract/opened.ts'
import { assertReplayEqualsLive, logAuditor, openLog } from '../live/audit.ts'
import { caughtUp, type RegisteredSale, type SaleOrder, sell, signIn } from '../live/client.ts'
import { foundCompany, type LiveCompany } from '../live/company.ts'
import { type LiveServer, startServer } from '../live/server.ts'
import { useServers, whyNoReadModels } from '../servers/given.ts'
import { until } from '../support/until.ts'
import { type Hiring, startHiring } from './hiring.ts'

const rounds = Number(process.env.CLUSTER_ROUNDS ?? 5)
const clients = 4
/** Milliseconds that anything else may take on a busy machine. */
const within = 120_000
/** People hired in each round. */
const hires = 3
/** Milliseconds within which another node goes on with what a killed one did. */
const takeover = 10_000

const skip = whyNoReadModels() ?? false
const cleanUp: (() => unknown)[] = []
let company: LiveCompany
let hiring: Hiring

before(async () => {
  if (skip) return
  const servers = await useServers()
  hiring = await startHiring()
  company = await foundCompany()
  cleanUp.push(
    () => company.destroy(),
    () => hiring.close(),
    () => servers.stop(),
  )
})
after(async () => {
  for (const work of cleanUp) await work()
})

/** A node with a directory of its own, in which no other can look. */
async function startNode(): Promise<LiveServer> {
  const own = mkdtempSync(join(tmpdir(), 'node-'))
  cleanUp.unshift(() => rmSync(own, { recursive: true, force: true }))
  return startServer(company.folder, { env: { DATA_DIR: own, PUSH_PORT: '0', ...hiring.env } })
}

function orderOf({ tills, ample }: LiveCompany, number: number): SaleOrder {
  const till = tills[number % tills.length]
  assert(till)
  const lines = [0, 1].map((line) => ({ productId: ample[(number + line) % ample.length] ?? '', quantity: 1 + line }))
  return { ...till, lines, payment: { method: number % 3 === 0 ? 'card' : 'cash' } }
}

interface Tokens {
  employee: string
  admin: string
}

const signInBoth = async (url: string): Promise<Tokens> => ({
  employee: await signIn(url),
  admin: await signIn(url, 'admin@caminho.test'),
})

/** Tills that sell on any node, ask the next one, with the same key, when one does not answer, and go on when the sale is shown. */
function openTills(nodes: readonly LiveServer[], tokens: Tokens) {
  const acknowledged: RegisteredSale[] = []
  let open = true
  let number = 0
  const till = async (): Promise<void> => {
    while (open) {
      const order = orderOf(company, number++)
      const key = randomUUID()
      for (let at = number; ; at += 1) {
        const node = nodes[at % nodes.length]
        assert(node)
        const answer = await sell(node.url, tokens.employee, order, key).catch(() => undefined)
        if (answer?.sale) {
          acknowledged.push(answer.sale)
          await isShown(nodes, tokens.employee, BigInt(answer.sale.position), () => open)
        }
        if (answer?.sale || !open) break
        assert(!answer || answer.status === 503, answer?.text)
      }
    }
  }
  const tills = Promise.all(Array.from({ length: clients }, till))
  let failure: unknown
  tills.catch((error: unknown) => {
    failure = error
  })
  return {
    acknowledged,
    /** How many sales are acknowledged. @throws what a till has failed of */
    sold() {
      if (failure) throw failure
      return acknowledged.length
    },
    close() {
      open = false
      return tills
    },
  }
}

/** Waits until some node shows the log up to a position. */
async function isShown(
  nodes: readonly LiveServer[],
  token: string,
  position: bigint,
  isOpen: () => boolean,
): Promise<void> {
  for (let at = randomInt(nodes.length); isOpen(); at += 1) {
    const node = nodes[at % nodes.length]
    assert(node)
    if (
      await caughtUp(node.url, token, position).then(
        () => true,
        () => false,
      )
    )
      return
  }
}

/** Milliseconds from a kill until the lease of the projections has been written twice: the first may still have been the killed node's. */
async function standstill(since: number): Promise<number> {
  const { keyValue, close } = await openStores(whereaboutsOf(company.config))
  const version = async () => (await keyValue.get('lease', nameOf(projections)))?.version ?? 0
  const first = await version()
  let last = since
  let longest = 0
  for (let seen = first; seen < first + 2; ) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    const now = await version()
    if (now === seen) continue
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
    seen = now
  }
  await close()
  return longest
}

test(`of three nodes one is killed, ${rounds} times, while they sell: no sale is lost, projections stand still for less than ${takeover / 1_000} s`, {
  skip,
}, async (t) => {
  const nodes = await Promise.all([startNode(), startNode(), startNode()])
  cleanUp.unshift(() => Promise.all(nodes.map((node) => node.kill())))
  const tokens = await signInBoth(nodes[0].url)
  const tills = openTills(nodes, tokens)
  cleanUp.unshift(() => tills.close())
  /** Milliseconds for which nobody held the lease of the projections, and until all could read what was sold after the kill. */
  const standstills: number[] = []
  const pauses: number[] = []

  for (let round = 1; round <= rounds; round += 1) {
    const sold = tills.sold()
    const enough = sold + randomInt(5, 20)
    await until(() => tills.sold() >= enough, { what: `enough to be sold in round ${round}`, within })
    // Some welcomes are being written and sent while a node is killed.
    const hire = hiring.hire(hires, nodes, tokens.admin)
    const delivered = hiring.delivered.length
    if (round % 2 === 0)
      await until(() => hiring.delivered.length > delivered, { what: `a welcome in round ${round}`, within })
    const victim = randomInt(nodes.length)
    await nodes[victim]?.kill()
    const killedAt = performance.now()
    standstills.push(await standstill(killedAt))
    const known = tills.sold()
    await until(() => tills.sold() > known + clients, {
      what: `the others to sell in round ${round}`,
      within,
    })
    const position = BigInt(tills.acknowledged.at(-1)?.position ?? START)
    for (const [index, node] of nodes.entries())
      if (index !== victim) await caughtUp(node.url, tokens.employee, position)
    pauses.push(performance.now() - killedAt)
    nodes[victim] = await startNode()
    await hire
    // They expire in a quarter of an hour; a node that has only just come may be too busy to answer, and the next round asks again.
    Object.assign(tokens, await signInBoth(nodes[victim]?.url ?? '').catch(() => tokens))
  }
  await tills.close()
  t.diagnostic(
    `${tills.acknowledged.length} sales acknowledged; no holder for ${standstills.map(Math.round).join(', ')} ms`,
  )
  t.diagnostic(`sold, and read on all nodes, after ${pauses.map(Math.round).join(', ')} ms`)

  const log = await openLog(company.folder)
  await hiring.settled(log.store)
  const auditor = logAuditor()
  const head = await auditor.readOn(log.store)
  for (const { id, total, position } of tills.acknowledged)
    assert.deepEqual(auditor.sales.get(id), { total, lastPosition: BigInt(position) }, `sale ${id} was acknowledged`)
  const documents = [...auditor.chains().values()].reduce((sum, numbers) => sum + numbers, 0)
  assert.equal(documents, auditor.sales.size)

  t.diagnostic(await hiring.assertNoneLostOrTwice(log.store, rounds))
  await log.close()

  for (const node of nodes) await soon(caughtUp(node.url, tokens.employee, head), 'every node shows all')
  await Promise.all(nodes.map((node) => node.stop()))
  const { documents: shown } = await assertReplayEqualsLive(company.folder)
  t.diagnostic(`${shown} documents of the read models equal a fresh replay`)
  assert(
    Math.max(...standstills) < takeover,
    `nobody ran the projections for ${Math.round(Math.max(...standstills))} ms`,
  )
})
