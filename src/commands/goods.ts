// What every movement of goods rests on: products that exist, locations that are open, and what stock asks to be told.
import { duplicateIn } from '../domain/lines.ts'
import { type Location, location } from '../domain/locations/location.ts'
import { priceOf } from '../domain/money.ts'
import { type Product, product } from '../domain/products/product.ts'
import { stock, stockId } from '../domain/stock/stock.ts'
import { Left, refuse, type Unit } from './unit.ts'

/** A registered product; leaves the unit with `unknown-product` { productId }. */
export const productOf = (unit: Unit, productId: string): Product =>
  unit.state(product, productId) ?? refuse('unknown-product', { productId })

/** A location that is open; leaves the unit with `unknown-location` or `location-closed` { locationId }. */
export function openLocationOf(unit: Unit, locationId: string): Location {
  const known = unit.state(location, locationId) ?? refuse('unknown-location', { locationId })
  return known.closed ? refuse('location-closed', { locationId }) : known
}

/** Leaves the unit with `duplicate-line` { productId } when a product is on more than one line. */
export function oneLineEach(lines: readonly { readonly productId: string }[]): void {
  const duplicate = duplicateIn(lines)
  if (duplicate) throw new Left(duplicate)
}

/** What a unit of the product is held to cost where there is none on hand to average. */
export const standardOf = ({ cost, decimals }: Product, unitCost = cost) => ({ unitCost, decimals })

/** How goods came in: what a receipt's lines share. */
export interface Arrival {
  readonly receiptId: string
  readonly locationId: string
  readonly supplierId: string | null
  readonly purchaseOrderId: string | null
  readonly at: string
}

export interface ReceivedLine {
  readonly productId: string
  readonly quantity: number
  /** What one unit cost without tax that is given back. */
  readonly unitCost: number
}

/** Takes one line into stock. The product's cost becomes what was paid for it last, if anything was. */
export function receiveLine(unit: Unit, arrival: Arrival, { productId, quantity, unitCost }: ReceivedLine): void {
  const { reorderPoint, decimals } = productOf(unit, productId)
  const value = priceOf(unitCost, quantity, decimals)
  const receipt = { ...arrival, productId, reorderPoint, quantity, unitCost, value }
  unit.decide(stock, stockId(productId, arrival.locationId), 'ReceiveStock', receipt)
  if (unitCost > 0) unit.decide(product, productId, 'ChangeCost', { productId, cost: unitCost, at: arrival.at })
}
