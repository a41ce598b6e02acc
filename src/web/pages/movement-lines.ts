// Movements of stock with the names that a reader needs.
import type { StockMovement } from '../../../projections/stock-movements.ts'
import type { MovementLine } from '../../../views/pages/movements.ts'
import type { Reader } from '../../../views/reader.ts'
import type { AppContext } from '../environment.ts'
import { actorNames, allLocations, productsById } from './related.ts'

/** The movements as a list shows them. */
export async function movementLines(
  c: AppContext,
  reader: Reader,
  movements: readonly StockMovement[],
): Promise<MovementLine[]> {
  const [products, places, nameOf] = await Promise.all([
    productsById(
      c,
      movements.map(({ productId }) => productId),
    ),
    allLocations(c),
    actorNames(
      c,
      reader,
      movements.map(({ actor }) => actor),
    ),
  ])
  const placeOf = new Map(places.map(({ locationId, name }) => [locationId, name]))
  return movements.flatMap((movement) => {
    const product = products.get(movement.productId)
    if (!product) return []
    const { locationId, otherLocationId, actor } = movement
    return [
      {
        movement,
        product,
        location: placeOf.get(locationId) ?? '',
        other: (otherLocationId && placeOf.get(otherLocationId)) ?? '',
        who: nameOf(actor),
      },
    ]
  })
}
