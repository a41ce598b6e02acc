// Commands on products. A SKU and a barcode belong to one product at a time: claimed in the same append as what they are for.
import { claim, claimId } from '../domain/claims/claim.ts'
import { type ProductCommands, product } from '../domain/products/product.ts'
import { stock, stockId } from '../domain/stock/stock.ts'
import { type Change, type Made, withChange } from './change.ts'
import { productOf } from './goods.ts'
import type { Context, Desk, Outcome } from './handling.ts'
import type { Unit } from './unit.ts'

export type NewProduct = Omit<ProductCommands['RegisterProduct'], 'productId' | 'at'>

/** What can change of a product. Its SKU and its decimals cannot: the past is written in them. */
export type ProductChange = Change<Omit<NewProduct, 'sku' | 'decimals'> & { readonly photoId: string | null }>

/** Case does not tell two names apart. */
const named = (kind: 'sku' | 'barcode', written: string, holder: string) => ({
  kind,
  name: written.trim().toLowerCase(),
  holder,
})

const take = (unit: Unit, name: ReturnType<typeof named>) =>
  unit.decide(claim, claimId(name.kind, name.name), 'ClaimName', name)

const release = (unit: Unit, name: ReturnType<typeof named>) =>
  unit.decide(claim, claimId(name.kind, name.name), 'ReleaseName', name)

/** Rejections: `name-taken` { kind: sku or barcode, name, holder }. */
export function registerProduct(
  { commands, newId, now }: Desk,
  details: NewProduct,
  context: Context,
): Promise<Outcome<Made>> {
  const id = newId()
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    take(unit, named('sku', details.sku, id))
    if (details.barcode !== null) take(unit, named('barcode', details.barcode, id))
    unit.create(product, id, 'RegisterProduct', { productId: id, ...details, at })
    return { id }
  })
}

/**
 * Records what differs. `locations`: where its stock is reviewed when the reorder point changes: all that may keep it.
 * Rejections: `unknown-product`, `name-taken`.
 */
export function changeProduct(
  { commands, now }: Desk,
  {
    productId,
    change,
    locations,
  }: { readonly productId: string; readonly change: ProductChange; readonly locations: readonly string[] },
  context: Context,
): Promise<Outcome<Made>> {
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    const before = productOf(unit, productId)
    const {
      name,
      category,
      unit: measure,
      barcode,
      price,
      cost,
      taxRate,
      reorderPoint,
      photoId,
    } = withChange(before, change)
    if (barcode !== before.barcode) {
      if (before.barcode !== null) release(unit, named('barcode', before.barcode, productId))
      if (barcode !== null) take(unit, named('barcode', barcode, productId))
    }
    const details = { productId, name, category, unit: measure, barcode, at }
    unit.decide(product, productId, 'ChangeProductDetails', details)
    unit.decide(product, productId, 'ChangePrice', { productId, price, at })
    unit.decide(product, productId, 'ChangeCost', { productId, cost, at })
    unit.decide(product, productId, 'ChangeTaxRate', { productId, taxRate, at })
    unit.decide(product, productId, 'ChangeProductPhoto', { productId, photoId, at })
    if (unit.decide(product, productId, 'ChangeReorderPoint', { productId, reorderPoint, at }).length > 0)
      for (const locationId of locations) {
        const review = { productId, locationId, reorderPoint, at }
        unit.decide(stock, stockId(productId, locationId), 'ReviewReorderPoint', review)
      }
    return { id: productId }
  })
}

/** It stays in the log and on old documents, and what is left of it can be counted and moved. Rejections: `unknown-product`. */
export function discontinueProduct(
  { commands, now }: Desk,
  productId: string,
  context: Context,
): Promise<Outcome<Made>> {
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    unit.decide(product, productId, 'DiscontinueProduct', { productId, at })
    return { id: productId }
  })
}

/** Rejections: `unknown-product`. */
export function reinstateProduct({ commands, now }: Desk, productId: string, context: Context): Promise<Outcome<Made>> {
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    unit.decide(product, productId, 'ReinstateProduct', { productId, at })
    return { id: productId }
  })
}
