// A company in a data directory of its own, founded through the real commands, for a server to open.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCashSession } from '../../src/commands/cash.ts'
import { registerProduct } from '../../src/commands/products.ts'
import { receiveStock } from '../../src/commands/stock.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { demoAccounts } from '../../src/demo/accounts.ts'
import { by, demoDesk, done } from '../../src/demo/desk.ts'
import { type DemoCompany, found } from '../../src/demo/founding.ts'
import { randomFrom } from '../../src/demo/random.ts'
import { openSystem, type System } from '../../src/system.ts'
import { forgetServers, settingsIn } from '../support/stores.ts'

export const password = 'caminho-demo'

export interface Till {
  readonly locationId: string
  readonly till: number
}

export interface LiveCompany {
  readonly folder: string
  readonly config: Config
  readonly people: DemoCompany['people']
  readonly customerIds: readonly string[]
  /** The tills of the shops, each with an open drawer and a series of its own. */
  readonly tills: readonly Till[]
  /** Products of which every shop has far more than anybody will buy. */
  readonly ample: readonly string[]
  /** A product of which every shop has `scarceStock`. */
  readonly scarce: string
  destroy(): Promise<void>
}

export const scarceStock = 300

export const configIn = (folder: string): Config =>
  readConfig({ ...settingsIn(folder), DEMO: 'false', LOG_LEVEL: 'silent', PORT: '0' })

/** Founds the company. `keep`: what else to do with the open system before a server takes over. */
export async function foundCompany(
  keep: (system: System, company: LiveCompany) => Promise<void> = async () => undefined,
): Promise<LiveCompany> {
  const folder = await mkdtemp(join(tmpdir(), 'caminho-'))
  const config = configIn(folder)
  const system = await openSystem({ config })
  const desk = demoDesk(system, new Date(), randomFrom(1))
  const { people, shops, customerIds } = await found(desk)
  await Promise.all(demoAccounts.map(({ role }) => system.passwords.set(people[role], password)))

  const goods: string[] = []
  for (let number = 0; number <= 40; number += 1) {
    const price = 1_000 + 137 * number
    const shelf = { name: `Artigo ${number}`, category: `Categoria ${number % 7}`, unit: 'un', decimals: 0 }
    const money = { price, cost: Math.round(price * 0.7), taxRate: number % 5 === 0 ? 0 : 1600 }
    const product = { ...shelf, ...money, sku: `ART-${number}`, barcode: null, reorderPoint: 0 }
    goods.push((await done(registerProduct(desk, product, by(people.manager)))).id)
  }
  const [scarce = '', ...ample] = goods
  for (const { locationId } of shops) {
    const lines = [
      { productId: scarce, quantity: scarceStock, unitCost: 700 },
      ...ample.map((productId) => ({ productId, quantity: 10_000_000, unitCost: 800 })),
    ]
    await done(receiveStock(desk, { locationId, supplierId: null, lines }, by(people.manager)))
  }

  const tills = shops.flatMap(({ locationId, tills }) =>
    Array.from({ length: tills }, (_, index) => ({ locationId, till: index + 1 })),
  )
  for (const till of tills) await done(openCashSession(desk, { ...till, openingFloat: 100_000 }, by(people.employee)))

  const destroy = async () => {
    await forgetServers(folder)
    await rm(folder, { recursive: true, force: true })
  }
  const company = { folder, config, people, customerIds, tills, ample, scarce, destroy }
  await keep(system, company)
  await system.close()
  return company
}
