// What is on hand of the products that a filter finds, at one location or over all.
import { productStock } from '../../../projections/product-stock.ts'
import { type Product, products } from '../../../projections/products.ts'
import { stockLevelId, stockLevels } from '../../../projections/stock-levels.ts'
import type { StockLine, StockState } from '../../../views/pages/stock.ts'
import type { AppContext } from '../environment.ts'
import { type PageAsked, pageQuery } from './listing.ts'

export interface StockAsked {
  readonly search: string
  readonly show: StockState
  /** Undefined: all locations. */
  readonly locationId: string | undefined
}

/** As many low or missing products as one filter looks through. */
const most = 1_000

async function lowAt(c: AppContext, locationId: string | undefined): Promise<string[]> {
  const { models } = c.get('system')
  if (locationId === undefined) {
    const found = await models.find(productStock, { where: { low: true }, limit: most })
    return found.items.map(({ id }) => id)
  }
  const found = await models.find(stockLevels, { where: { locationId, low: true }, limit: most })
  return found.items.map(({ document }) => document.productId)
}

/** Of the products, how much there is. */
export async function stockOf(
  c: AppContext,
  found: readonly Product[],
  locationId: string | undefined,
): Promise<StockLine[]> {
  const { models } = c.get('system')
  const ids = found.map(({ productId }) => productId)
  if (locationId === undefined) {
    const stocks = await models.getMany(productStock, ids)
    const known = new Map(stocks.map(({ id, document }) => [id, document]))
    return found.map((product) => {
      const { onHand, value, low } = known.get(product.productId) ?? { onHand: 0, value: 0, low: false }
      return { product, onHand, value, low, lastMovedAt: undefined }
    })
  }
  const levels = await models.getMany(
    stockLevels,
    ids.map((id) => stockLevelId(id, locationId)),
  )
  const known = new Map(levels.map(({ document }) => [document.productId, document]))
  return found.map((product) => {
    const level = known.get(product.productId)
    return {
      product,
      onHand: level?.onHand ?? 0,
      value: level?.value ?? 0,
      low: level?.low ?? false,
      lastMovedAt: level?.lastMovedAt,
    }
  })
}

/** One page of the stock, by the products' names. What is sold out is low too, or has never been there. */
export async function findStock(c: AppContext, { search, show, locationId }: StockAsked, asked: PageAsked) {
  const { models } = c.get('system')
  const query = {
    where: {
      discontinued: false,
      ...(show === 'low' && { productId: { in: await lowAt(c, locationId) } }),
    },
    ...(search !== '' && { text: search }),
    sort: { by: 'nameKey' },
  } as const
  if (show === 'out') {
    const all = await models.find(products, { ...query, limit: most })
    const lines = await stockOf(
      c,
      all.items.map(({ document }) => document),
      locationId,
    )
    const out = lines.filter(({ onHand }) => onHand === 0)
    return { lines: out, count: out.length, next: undefined }
  }
  const [page, count] = await Promise.all([
    models.find(products, { ...query, ...pageQuery(asked) }),
    models.count(products, query),
  ])
  const lines = await stockOf(
    c,
    page.items.map(({ document }) => document),
    locationId,
  )
  return { lines, count, next: page.next }
}
