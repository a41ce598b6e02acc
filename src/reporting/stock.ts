// What the stock is worth, and what runs low: as it is now.
import type { Location } from '../../projections/locations.ts'
import type { Product } from '../../projections/products.ts'
import type { ProductFigures } from '../../projections/sales-by-product.ts'
import type { StockLevel } from '../../projections/stock-levels.ts'
import { type Days, dayCount } from './period.ts'
import { column, columns, longest, type Report, type Row, shareOf, sumOf } from './report.ts'

type Products = ReadonlyMap<string, Product>
type Locations = ReadonlyMap<string, Location>

/** What so much of a product would sell for, tax included. */
const saleValue = (level: StockLevel, product: Product | undefined): number =>
  product ? Math.round((level.onHand * product.price) / 10 ** product.decimals) : 0

/** What is in stock of each category at each location, at moving-average cost and at today's prices. */
export function reportOfStockValue(
  locationId: string | undefined,
  levels: readonly StockLevel[],
  products: Products,
  locations: Locations,
): Report {
  const held = levels.filter(({ onHand, value }) => onHand !== 0 || value !== 0)
  const groups = new Map<string, { category: string; locationId: string; levels: StockLevel[] }>()
  const byCategory = new Map<string, number>()
  for (const level of held) {
    const category = products.get(level.productId)?.category ?? ''
    const id = `${category}@${level.locationId}`
    const group = groups.get(id) ?? { category, locationId: level.locationId, levels: [] }
    group.levels.push(level)
    groups.set(id, group)
    byCategory.set(category, (byCategory.get(category) ?? 0) + level.value)
  }
  const value = sumOf(held, (level) => level.value)
  const atPrice = (some: readonly StockLevel[]) =>
    sumOf(some, (level) => saleValue(level, products.get(level.productId)))
  const rows: Row[] = [...groups].map(([id, group]) => {
    const worth = sumOf(group.levels, (level) => level.value)
    return {
      id,
      cells: {
        category: group.category,
        location: locations.get(group.locationId)?.name ?? null,
        products: group.levels.length,
        value: worth,
        'sale-value': atPrice(group.levels),
        share: shareOf(worth, value),
      },
    }
  })
  const productCount = new Set(held.map(({ productId }) => productId)).size
  return {
    id: 'stock-value',
    period: undefined,
    locationId,
    figures: [
      { ...column('value'), value },
      { ...column('sale-value'), value: atPrice(held) },
      { ...column('products'), value: productCount },
    ],
    chart: {
      form: 'ranking',
      over: column('category'),
      measure: column('value'),
      points: [...byCategory]
        .sort((a, b) => b[1] - a[1])
        .slice(0, longest)
        .map(([label, worth]) => ({ label, value: worth })),
    },
    columns: columns('category', 'location', 'products', 'value', 'sale-value', 'share'),
    rows: rows.sort((a, b) => Number(b.cells.value) - Number(a.cells.value)),
    totals: { products: productCount, value, 'sale-value': atPrice(held), share: shareOf(value, value) },
  }
}

/** What the levels of low stock are read with: what sold over the days just past, by product, at the same locations. */
export interface SoldLately {
  readonly days: Days
  /** By location, then by product. */
  readonly sold: ReadonlyMap<string, ReadonlyMap<string, ProductFigures>>
}

/** What is at its reorder point or below, the most urgent first: what lasts the fewest days. */
export function reportOfLowStock(
  locationId: string | undefined,
  low: readonly StockLevel[],
  products: Products,
  locations: Locations,
  lately: SoldLately,
): Report {
  const span = dayCount(lately.days)
  const byCategory = new Map<string, number>()
  const rows = low.flatMap((level): Row[] => {
    const product = products.get(level.productId)
    if (!product || product.discontinued) return []
    byCategory.set(product.category, (byCategory.get(product.category) ?? 0) + 1)
    const sold = Math.max(0, lately.sold.get(level.locationId)?.get(level.productId)?.quantity ?? 0)
    const missing = Math.max(0, product.reorderPoint - level.onHand)
    return [
      {
        id: `${level.productId}@${level.locationId}`,
        decimals: product.decimals,
        about: { kind: 'product', id: level.productId },
        cells: {
          product: product.name,
          sku: product.sku,
          location: locations.get(level.locationId)?.name ?? null,
          'on-hand': level.onHand,
          'reorder-point': product.reorderPoint,
          missing,
          'fill-cost': Math.round((missing * product.cost) / 10 ** product.decimals),
          'sold-lately': sold,
          'days-left': sold === 0 ? null : Math.max(0, Math.floor((level.onHand * span) / sold)),
        },
      },
    ]
  })
  const urgency = ({ cells }: Row) => Number(cells['days-left'] ?? Number.MAX_SAFE_INTEGER)
  const fillCost = sumOf(rows, ({ cells }) => Number(cells['fill-cost']))
  return {
    id: 'low-stock',
    period: undefined,
    locationId,
    figures: [
      { ...column('products'), value: rows.length },
      { ...column('fill-cost'), value: fillCost },
    ],
    chart: {
      form: 'ranking',
      over: column('category'),
      measure: column('products'),
      points: [...byCategory].sort((a, b) => b[1] - a[1]).map(([label, value]) => ({ label, value })),
    },
    columns: columns(
      'product',
      'location',
      'on-hand',
      'reorder-point',
      'missing',
      'fill-cost',
      'sold-lately',
      'days-left',
    ),
    rows: rows.sort((a, b) => urgency(a) - urgency(b) || (a.id < b.id ? -1 : 1)),
    totals: { 'fill-cost': fillCost },
  }
}
