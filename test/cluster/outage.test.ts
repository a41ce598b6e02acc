// The servers of the stores go away and come back, before the start and in the middle of the day; the same process goes on.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { soon } from '../contract/opened.ts'
import { type KurrentDouble, startKurrentDouble } from '../doubles/kurrentdb/server.ts'
import { caughtUp, sell, signIn } from '../live/client.ts'
import { foundCompany, type LiveCompany } from '../live/company.ts'
import { type LiveServer, startServer } from '../live/server.ts'
import { type Ferretdb, startFerretdb, whyNoFerretdb } from '../servers/ferretdb.ts'
import { until } from '../support/until.ts'

const skip = whyNoFerretdb() ?? false
const patience = 60_000

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  assert(typeof address === 'object' && address)
  return address.port
}

describe('a node whose servers go away', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferretdb-'))
  let kurrent: KurrentDouble
  let ferretdb: Ferretdb
  let company: LiveCompany
  let node: LiveServer
  let url: string
  let employee: string
  let admin: string

  before(async () => {
    kurrent = await startKurrentDouble()
    ferretdb = await startFerretdb({ folder })
    // Whatever opens the company from here on finds it there.
    Object.assign(process.env, { EVENT_STORE_URL: kurrent.url, READ_MODELS_URL: ferretdb.url })
    company = await foundCompany()
  })
  after(async () => {
    await node?.stop()
    await company.destroy()
    await ferretdb.stop()
    await kurrent.stop()
    rmSync(folder, { recursive: true })
  })

  const ask = (path: string, token?: string) =>
    fetch(url + path, { headers: { ...(token && { authorization: `Bearer ${token}` }) } })
  const saleOf = (quantity: number) => {
    const [till] = company.tills
    assert(till)
    const lines = [{ productId: company.ample[0] ?? '', quantity }]
    return { ...till, lines, payment: { method: 'card' } } as const
  }

  test('started before them it listens, says why it waits, and goes on when they come', async () => {
    await kurrent.stop()
    await ferretdb.kill()
    const port = await freePort()
    url = `http://127.0.0.1:${port}`
    const starting = startServer(company.folder, { env: { PORT: String(port), PUSH_PORT: '0' } })
    await until(
      async () => {
        const health = await ask('/api/system/health').catch(() => undefined)
        return health?.status === 503 && (await health.text()).includes('is not available; try again shortly')
      },
      { what: 'it to wait for the stores', within: patience },
    )
    assert.equal((await ask('/health/live')).status, 200)
    assert.equal((await ask('/health/ready')).status, 503)
    const refused = await sell(url, 'none', saleOf(1))
    assert.deepEqual([refused.status, /"code":"unavailable"/.test(refused.text)], [503, true])
    const page = await ask('/')
    assert.deepEqual([page.status, page.headers.get('content-type')], [503, 'text/html; charset=UTF-8'])

    await kurrent.start()
    ferretdb = await startFerretdb({ folder, port: ferretdb.port })
    node = await soon(starting, 'the node to be ready', 60_000)
    employee = await signIn(url)
    admin = await signIn(url, 'admin@caminho.test')
    assert.equal((await ask('/health/ready')).status, 200)
  })

  test('without the log, what is known is still shown, and commands are told when to come again', async () => {
    await kurrent.stop()
    assert.equal((await ask('/api/products', employee)).status, 200)
    const headers = { authorization: `Bearer ${employee}`, 'content-type': 'application/json' }
    const refused = await fetch(`${url}/api/sales`, { method: 'POST', headers, body: JSON.stringify(saleOf(1)) })
    assert.equal(refused.status, 503)
    assert(Number(refused.headers.get('retry-after')) > 0)
    await until(
      async () => {
        const health = await (await ask('/api/system/health', admin)).json()
        return health.status === 'fail' && health.checks['event-store'][0].status === 'fail'
      },
      { what: 'health to tell of it', within: patience },
    )
    assert.equal((await ask('/health/ready')).status, 200, 'a proxy must go on sending requests')

    await kurrent.start()
    const { sale } = await sell(url, employee, saleOf(2))
    assert(sale, 'it sells again')
    await caughtUp(url, employee, BigInt(sale.position))
  })

  test('without the read models it is not ready, and catches up when they are back', async () => {
    await ferretdb.kill()
    await until(async () => (await ask('/health/ready')).status === 503, {
      what: 'it not to be ready',
      within: patience,
    })
    const page = await ask('/api/products', employee)
    assert.deepEqual([page.status, page.headers.has('retry-after')], [503, true])

    ferretdb = await startFerretdb({ folder, port: ferretdb.port })
    await until(async () => (await ask('/health/ready')).status === 200, { what: 'it to be ready', within: patience })
    const { sale } = await sell(url, employee, saleOf(3))
    assert(sale, 'it sells')
    await caughtUp(url, employee, BigInt(sale.position))
  })
})
