// Sales in a running shop, as many as a test needs, straight by the command.
import assert from 'node:assert/strict'
import { registerSale } from '../../src/commands/sales.ts'
import { receiveStock } from '../../src/commands/stock.ts'
import { collect } from '../../src/kernel/event-store.ts'
import type { RunningShop } from '../support/app.ts'

/** Brings in more oil than any test sells. */
export async function stockUp({ system, ids }: RunningShop): Promise<void> {
  const lines = [{ productId: ids.oil, quantity: 1_000_000, unitCost: 1_000 }]
  const received = { locationId: ids.shop, supplierId: null, lines }
  assert(!(await receiveStock(system, received, system.self('tests'))).rejected)
}

/** Registers a sale of one piece of oil; its id. */
export async function sell({ system, ids }: RunningShop): Promise<string> {
  const sold = await registerSale(
    system,
    {
      locationId: ids.shop,
      lines: [{ productId: ids.oil, quantity: 1 }],
      payment: { method: 'card', tendered: null },
      customerId: null,
      mayChangePrice: false,
      mayDiscount: false,
      mayOverride: false,
    },
    system.self('tests'),
  )
  assert(!sold.rejected, 'the sale was refused')
  return sold.value.id
}

/** The positions in the log of the events of a type after a position, in order. */
export async function positionsOf({ system }: RunningShop, type: string, after: bigint): Promise<string[]> {
  const events = await collect(system.store.readAll({ after, filter: { types: [type] } }))
  return events.map(({ position }) => String(position))
}
