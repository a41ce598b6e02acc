// What should be ordered again, and from whom: the proposal, read from what is low, what is awaited and what has been selling.
import { productStock } from '../../projections/product-stock.ts'
import { purchaseOrders } from '../../projections/purchase-orders.ts'
import { suppliers } from '../../projections/suppliers.ts'
import { addDays } from '../domain/calendar.ts'
import { observedDays, proposeReorder, type ReorderProposal } from '../domain/purchasing/reorder.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import { everyOf, readLevels, readProducts, readSoldByLocation } from './reading.ts'

/** Days from order to delivery of a supplier who is not known. */
const usualLeadDays = 7

export interface ProposedOrderLine extends ReorderProposal {
  readonly sku: string
  readonly name: string
  readonly unit: string
  readonly decimals: number
  /** What a unit cost last. */
  readonly unitCost: number
  /** Who delivered it last and still takes orders; null when nobody did. */
  readonly supplierId: string | null
}

/** What is still awaited, by product and location. */
async function awaited(models: ReadModels, place: string | undefined) {
  const sums = new Map<string, number>()
  for (const { locationId, lines } of await everyOf(models, purchaseOrders, { where: { awaited: true } }))
    if (place === undefined || place === locationId)
      for (const { productId, open } of lines) {
        const key = `${productId}@${locationId}`
        sums.set(key, (sums.get(key) ?? 0) + open)
      }
  return sums
}

/** The proposal for one location, or for all. `today`: the company's day. */
export async function readReorder(
  models: ReadModels,
  place: string | undefined,
  today: string,
): Promise<readonly ProposedOrderLine[]> {
  const levels = await readLevels(models, place, true)
  const ids = levels.map(({ productId }) => productId)
  const [products, stocks, onOrder, sold, sellers] = await Promise.all([
    readProducts(models, ids),
    models.getMany(productStock, [...new Set(ids)]),
    awaited(models, place),
    readSoldByLocation(models, { from: addDays(today, 1 - observedDays), to: today }, place),
    everyOf(models, suppliers, { where: { active: true } }),
  ])
  const lastOf = new Map(stocks.map(({ id, document }) => [id, document.lastReceived?.supplierId]))
  const known = new Map(sellers.map((supplier) => [supplier.supplierId, supplier]))
  const supplierOf = (productId: string) => known.get(lastOf.get(productId) ?? '')

  const candidates = levels.flatMap(({ productId, locationId, onHand }) => {
    const product = products.get(productId)
    if (!product || product.discontinued) return []
    return {
      productId,
      locationId,
      onHand,
      reorderPoint: product.reorderPoint,
      onOrder: onOrder.get(`${productId}@${locationId}`) ?? 0,
      soldLast30Days: sold.get(locationId)?.get(productId)?.quantity ?? 0,
      leadDays: supplierOf(productId)?.leadDays ?? usualLeadDays,
    }
  })
  return proposeReorder(candidates).flatMap((proposal) => {
    const product = products.get(proposal.productId)
    if (!product) return []
    const { sku, name, unit, decimals, cost: unitCost } = product
    const supplierId = supplierOf(proposal.productId)?.supplierId ?? null
    return { ...proposal, sku, name, unit, decimals, unitCost, supplierId }
  })
}
