// Commands on locations.
import { claim, claimId } from '../domain/claims/claim.ts'
import { type LocationCommands, location } from '../domain/locations/location.ts'
import { stock, stockId } from '../domain/stock/stock.ts'
import { reject } from '../kernel/decider.ts'
import { type Change, type Made, withChange } from './change.ts'
import { openLocationOf } from './goods.ts'
import type { Context, Desk, Outcome } from './handling.ts'

export type NewLocation = Omit<LocationCommands['OpenLocation'], 'locationId' | 'at'>

/** What can change of a location. Its code cannot: it is in the numbers of its documents. */
export type LocationChange = Change<Omit<NewLocation, 'code'>>

/** Rejections: `name-taken` { kind: location-code, name, holder }. */
export function openLocation(
  { commands, newId, now }: Desk,
  details: NewLocation,
  context: Context,
): Promise<Outcome<Made>> {
  const id = newId()
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    const code = { kind: 'location-code', name: details.code, holder: id }
    unit.decide(claim, claimId(code.kind, code.name), 'ClaimName', code)
    unit.create(location, id, 'OpenLocation', { locationId: id, ...details, at })
    return { id }
  })
}

/** Records what differs. Rejections: `unknown-location`, `location-closed`. */
export function changeLocation(
  { commands, now }: Desk,
  { locationId, change }: { readonly locationId: string; readonly change: LocationChange },
  context: Context,
): Promise<Outcome<Made>> {
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    const { name, kind, tills, address } = withChange(openLocationOf(unit, locationId), change)
    unit.decide(location, locationId, 'ChangeLocation', { locationId, name, kind, tills, address, at })
    return { id: locationId }
  })
}

/**
 * `products`: those of which there may be stock here. It has to be moved or written off first, since nothing moves at a closed location.
 * Rejections: `unknown-location`, `location-has-stock` { locationId, productIds }.
 */
export function closeLocation(
  { commands, now }: Desk,
  { locationId, products }: { readonly locationId: string; readonly products: readonly string[] },
  context: Context,
): Promise<Outcome<Made>> {
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    const productIds = products.filter((productId) => unit.state(stock, stockId(productId, locationId)).onHand > 0)
    if (productIds.length > 0) return reject('location-has-stock', { locationId, productIds })
    unit.decide(location, locationId, 'CloseLocation', { locationId, at })
    return { id: locationId }
  })
}
