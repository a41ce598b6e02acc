// A small shop for specifications of commands: one location with three tills, on a real log in a directory of its own.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { type Context, commandHandling, type Outcome } from '../src/commands/handling.ts'
import type { SalePermissions } from '../src/commands/sale-lines.ts'
import { catalogues, type DomainEvents, type Recorded } from '../src/domain/events.ts'
import { location } from '../src/domain/locations/location.ts'
import { product } from '../src/domain/products/product.ts'
import { settings, settingsId } from '../src/domain/settings/settings.ts'
import { stock, stockId } from '../src/domain/stock/stock.ts'
import { coded } from '../src/kernel/codec.ts'
import { collect } from '../src/kernel/event-store.ts'
import { openVault } from '../src/kernel/vault.ts'
import { openSqliteEventStore } from '../src/stores/sqlite/event-store.ts'
import { openSqliteKeyValue } from '../src/stores/sqlite/key-value.ts'

export const locationId = 'baixa'
const openedAt = '2026-03-01T06:00:00.000Z'

const goods = {
  rice: { sku: 'ARZ-25', name: 'Arroz 25 kg', decimals: 0, price: 11_600, cost: 8_000, taxRate: 1600 },
  oil: { sku: 'OLEO-1', name: 'Óleo 1 l', decimals: 0, price: 1_533, cost: 1_000, taxRate: 1600 },
  bread: { sku: 'PAO', name: 'Pão', decimals: 0, price: 1_000, cost: 600, taxRate: 0 },
} as const
export type Goods = keyof typeof goods

/** Sells with no permission beyond selling. */
export const cashier: SalePermissions = { mayChangePrice: false, mayDiscount: false, mayOverride: false }
/** May do all that can be done at a till. */
export const supervisor: SalePermissions = { mayChangePrice: true, mayDiscount: true, mayOverride: true }

/** What a command that was accepted answers. */
export function accepted<Answer>(outcome: Outcome<Answer>): Answer {
  assert(!outcome.rejected, outcome.rejected ? `${outcome.code} ${JSON.stringify(outcome.details)}` : '')
  return outcome.value
}

/** The code and details of a command that was refused. */
export function refused(outcome: Outcome<unknown>): [string, unknown] {
  assert(outcome.rejected, 'the command was accepted')
  return [outcome.code, outcome.details]
}

/** Opens the shop with so much of its goods. Time stands still until `travel` moves it. */
export async function openShop(onHand: Partial<Record<Goods, number>> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'shop-'))
  const log = openSqliteEventStore({ path: join(directory, 'events.sqlite') })
  const keyValue = openSqliteKeyValue({ path: join(directory, 'keys.sqlite') })
  const vault = openVault(keyValue, Buffer.alloc(32, 7))
  const store = coded(log, catalogues, vault)
  const commands = commandHandling({ store, newId: uuidv7 })
  let time = new Date('2026-03-02T08:15:00.000Z')

  const by = (person: string): Context => ({ actor: `person:${person}`, correlationId: 'shop' })

  accepted(
    await commands.execute(by('owner'), (unit) => {
      const contact = { address: '', phone: null, email: null }
      const company = { name: 'Loja da Esquina', nuit: '400005834', ...contact, currency: 'MZN' }
      const taxRates = [{ name: 'IVA', rate: 1600 }]
      const beginning = { ...company, timeZone: 'Africa/Maputo', taxRates, at: openedAt }
      unit.create(settings, settingsId, 'SetUpCompany', beginning)
      const place = { code: 'BXA', name: 'Baixa', kind: 'shop', tills: 3, address: '' } as const
      unit.create(location, locationId, 'OpenLocation', { locationId, ...place, at: openedAt })
      for (const [productId, { decimals, ...each }] of Object.entries(goods)) {
        const shelf = { category: 'Mercearia', unit: 'un', decimals, barcode: null, reorderPoint: 0 }
        unit.create(product, productId, 'RegisterProduct', { productId, ...each, ...shelf, at: openedAt })
      }
      for (const [productId, quantity] of Object.entries(onHand)) {
        const unitCost = goods[productId as Goods].cost
        const origin = { supplierId: null, purchaseOrderId: null, reorderPoint: 0, at: openedAt }
        const receipt = { receiptId: 'opening', quantity, unitCost, value: unitCost * quantity }
        const received = { productId, locationId, ...receipt, ...origin }
        unit.create(stock, stockId(productId, locationId), 'ReceiveStock', received)
      }
      return {}
    }),
  )

  return {
    desk: { commands, now: () => time, newId: uuidv7, vault },
    keyValue,
    commands,
    store,
    by,
    travel(to: string) {
      time = new Date(to)
    },
    /** The recorded facts of one type, in order. */
    async facts<Type extends keyof DomainEvents & string>(type: Type): Promise<Recorded<Type>[]> {
      // The filter leaves only events of this type.
      return (await collect(store.readAll({ filter: { types: [type] } }))) as Recorded<Type>[]
    },
    /** What is on hand of a product, and what it is worth. */
    async stockOf(productId: Goods) {
      const state = await commands.execute(by('owner'), (unit) => {
        const { onHand, value } = unit.state(stock, stockId(productId, locationId))
        return { onHand, value }
      })
      return accepted(state)
    },
    async close() {
      await log.close()
      await keyValue.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
export type Shop = Awaited<ReturnType<typeof openShop>>
