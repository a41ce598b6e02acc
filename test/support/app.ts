// The real thing for tests: a system on a directory of its own, its projections' thread, the web server on a free port, and a small company.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import type { Telemetry } from '../../otel/start.ts'
import { addAccount } from '../../src/auth/accounts.ts'
import type { Outcome } from '../../src/commands/handling.ts'
import { openLocation } from '../../src/commands/locations.ts'
import { registerProduct } from '../../src/commands/products.ts'
import { setUpCompany } from '../../src/commands/settings.ts'
import { receiveStock } from '../../src/commands/stock.ts'
import { readConfig } from '../../src/config.ts'
import { type Role, roles } from '../../src/domain/values.ts'
import { startProjecting } from '../../src/projecting.ts'
import { openSystem, type System } from '../../src/system.ts'
import { webApp } from '../../src/web/app.ts'
import { forgetServers, settingsIn } from './stores.ts'

/** What one call answered. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Of JSON; undefined otherwise. Tests look into it as they expect it to be. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer from outside, judged by the assertions of the test
  readonly body: any
}

export interface Call {
  readonly body?: unknown
  /** Sent as it is, with the content type of `headers`. */
  readonly raw?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
  /** Without a role: nobody is signed in. */
  readonly as?: Role | undefined
}

export const password = 'a long enough password'
export const emailOf = (role: Role) => `${role}@shop.test`

const accepted = <Value>(outcome: Outcome<Value>): Value => {
  assert(!outcome.rejected, outcome.rejected ? `${outcome.code} ${JSON.stringify(outcome.details)}` : '')
  return outcome.value
}

export interface ShopOptions {
  readonly now?: () => Date
  /** Settings beside those of every test. */
  readonly env?: Readonly<Record<string, string>>
  /** Where spans go, those of the projections' thread included. */
  readonly telemetry?: Pick<Telemetry, 'tracing' | 'record'>
}

/** A shop reacts to nothing by itself: a test that wants that runs the reactors (telling.ts). */
const reactors: ReturnType<System['reactors']> = {
  positions: () => [{ name: 'notifications', position: undefined }],
  parked: async () => [],
  replay: async () => 'unknown',
  discard: async () => false,
}

/**
 * Opens a company with a shop and a warehouse, two products with stock in the shop, and one person of each role, all signed in.
 * `call('POST', '/api/sales', { as: 'employee', body })` asks over the network.
 */
export async function startShop({ now, env = {}, telemetry }: ShopOptions = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'caminho-'))
  const config = readConfig({ ...settingsIn(dataDir), DEMO: 'false', PORT: '0', LOG_LEVEL: 'fatal', ...env })
  const system = await openSystem({
    config,
    onCommit: () => projecting.appended(),
    rebuild: (projection) => projecting.rebuild(projection),
    reactors: () => reactors,
    ...(now && { now }),
    ...(telemetry && { tracing: telemetry.tracing }),
  })
  const projecting = startProjecting({
    config,
    onSpan: telemetry?.record,
    onProgress: (position) => system.progress.advance(position),
    onFailure: (projection, reason) => {
      throw new Error(`${projection} stopped: ${reason}`)
    },
    onDeath: (error) => {
      throw error
    },
  })
  const server = createAdaptorServer({ fetch: webApp(system).fetch }) as Server
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const gateway = await system.push.listen(server)

  const context = system.self('tests')
  const contact = { address: 'Av. 25 de Setembro', phone: null, email: null }
  const money = { currency: 'MZN', timeZone: 'Africa/Maputo' }
  const taxRates = [
    { name: 'IVA', rate: 1600 },
    { name: 'Isento', rate: 0 },
  ]
  accepted(await setUpCompany(system, { name: 'Loja da Esquina', nuit: null, ...contact, ...money, taxRates }, context))
  const place = { tills: 3, address: '' }
  const shop = accepted(await openLocation(system, { code: 'BXA', name: 'Baixa', kind: 'shop', ...place }, context))
  const warehouse = accepted(
    await openLocation(system, { code: 'ARM', name: 'Armazém', kind: 'warehouse', ...place }, context),
  )
  const shelf = { category: 'Mercearia', unit: 'un', decimals: 0, taxRate: 1600, barcode: null }
  const rice = accepted(
    await registerProduct(
      system,
      { sku: 'ARZ-25', name: 'Arroz 25 kg', price: 11_600, cost: 8_000, reorderPoint: 5, ...shelf },
      context,
    ),
  )
  const oil = accepted(
    await registerProduct(
      system,
      { sku: 'OLEO-1', name: 'Óleo 1 l', price: 1_533, cost: 1_000, reorderPoint: 0, ...shelf },
      context,
    ),
  )
  const lines = [
    { productId: rice.id, quantity: 100, unitCost: 8_000 },
    { productId: oil.id, quantity: 100, unitCost: 1_000 },
  ]
  accepted(await receiveStock(system, { locationId: shop.id, supplierId: null, lines }, context))
  for (const role of roles) {
    const person = { name: role, email: emailOf(role), phone: null, role, departments: [], locationId: shop.id }
    accepted(await addAccount(system, { ...person, password }, context))
  }
  assert(await system.progress.waitFor(await system.store.head(), 10_000), 'the projections did not catch up')
  system.startUp.done = true

  const tokens = new Map<Role, string>()

  async function call(method: string, path: string, { body, raw, headers = {}, as }: Call = {}): Promise<Answer> {
    const token = as && tokens.get(as)
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(content !== undefined && { body: content }),
    })
    const text = await response.text()
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
  }

  for (const role of roles) {
    const { status, body } = await call('POST', '/api/auth/login', { body: { email: emailOf(role), password } })
    assert.equal(status, 200)
    tokens.set(role, body.accessToken)
  }

  return {
    url,
    /** Where the push gateway is reached itself. */
    pushUrl: `ws://127.0.0.1:${gateway.port}/ws`,
    system,
    ids: { shop: shop.id, warehouse: warehouse.id, rice: rice.id, oil: oil.id },
    call,
    tokenOf: (role: Role): string => tokens.get(role) ?? assert.fail(`${role} is not signed in`),
    /** Asks for what must show everything that has been recorded so far. */
    async fresh(path: string, as: Role = 'super-admin'): Promise<Answer> {
      const headers = { minPosition: String(await system.store.head()) }
      for (let attempt = 1; ; attempt += 1) {
        const answer = await call('GET', path, { as, headers })
        // Each attempt waits up to two seconds itself; a server of read models on a busy machine may need more.
        if (answer.body?.code !== 'not-caught-up' || attempt >= 15) return answer
      }
    },
    async close() {
      await system.push.close()
      server.close()
      server.closeAllConnections()
      await projecting.close()
      await system.close()
      await forgetServers(dataDir)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
export type RunningShop = Awaited<ReturnType<typeof startShop>>
