// Sales by product, category, employee and location, and the margins of products: the largest first.
import type { Product } from '../../projections/products.ts'
import type { CategoryDay } from '../../projections/sales-by-category.ts'
import type { DayOfSales } from '../../projections/sales-by-day.ts'
import type { EmployeeDay } from '../../projections/sales-by-employee.ts'
import type { ProductFigures } from '../../projections/sales-by-product.ts'
import { add, type Figures, noFigures } from '../../projections/sales-figures.ts'
import { daysIn } from './period.ts'
import {
  type Cells,
  type ColumnName,
  column,
  columns,
  longest,
  type Report,
  type Row,
  type Scope,
  shareOf,
} from './report.ts'
import { averageOf, marginOf, marginTiles, moneyCells, type Sums, salesTiles, sums } from './sales-sums.ts'

type Sold = ReadonlyMap<string, ProductFigures>

/** The two spans of a report: the period and the one before. */
export interface Spans<Part> {
  readonly now: Part
  readonly before: Part
}

const byRevenue = (a: readonly [string, Figures], b: readonly [string, Figures]) =>
  b[1].revenue - a[1].revenue || (a[0] < b[0] ? -1 : 1)

const productRow = (
  product: Product | undefined,
  productId: string,
  figures: ProductFigures,
  revenue: number,
): Row => ({
  id: productId,
  decimals: product?.decimals ?? 0,
  about: { kind: 'product', id: productId },
  cells: {
    product: product?.name ?? null,
    sku: product?.sku ?? null,
    quantity: figures.quantity,
    ...moneyCells(figures),
    share: shareOf(figures.revenue, revenue),
  },
})

/** What each product brought. Quantities are not summed: units differ. */
export function reportByProduct(
  scope: Scope,
  { now, before }: Spans<Sold>,
  products: ReadonlyMap<string, Product>,
): Report {
  const total = sums([...now.values()])
  const ranked = [...now].sort(byRevenue)
  return {
    id: 'sales-by-product',
    ...scope,
    figures: marginTiles(total, sums([...before.values()])),
    chart: ranking(
      'product',
      'revenue',
      ranked.map(([id, { revenue }]) => [products.get(id)?.name ?? null, revenue]),
    ),
    columns: columns('product', 'sku', 'quantity', 'revenue', 'net', 'margin', 'margin-share', 'share'),
    rows: ranked.map(([id, figures]) => productRow(products.get(id), id, figures, total.revenue)),
    totals: { ...moneyCells(total), share: shareOf(total.revenue, total.revenue) },
  }
}

/** What remained of each product's sales, and how the margin went from day to day. */
export function reportOfMargins(
  scope: Scope,
  { now, before }: Spans<Sold>,
  products: ReadonlyMap<string, Product>,
  days: Spans<readonly DayOfSales[]>,
): Report {
  const total = sums([...now.values()])
  const ranked = [...now].sort((a, b) => marginOf(b[1]) - marginOf(a[1]) || (a[0] < b[0] ? -1 : 1))
  const marginOn = (known: readonly DayOfSales[]) => new Map(known.map((day) => [day.day, marginOf(day)]))
  const own = marginOn(days.now)
  const earlier = marginOn(days.before)
  const daysBefore = daysIn(scope.period.before)
  const shown = daysIn(scope.period)
  return {
    id: 'margins',
    ...scope,
    figures: marginTiles(total, sums([...before.values()])),
    chart: {
      form: shown.length > 14 ? 'trend' : 'bars',
      over: column('day'),
      measure: column('margin'),
      points: shown.map((day, at) => {
        const compared = daysBefore[at]
        return {
          label: day,
          value: own.get(day) ?? 0,
          ...(compared !== undefined && { before: earlier.get(compared) ?? 0 }),
        }
      }),
    },
    columns: columns('product', 'sku', 'net', 'cost', 'margin', 'margin-share'),
    rows: ranked.map(([id, figures]) => productRow(products.get(id), id, figures, total.revenue)),
    totals: moneyCells(total),
  }
}

/** What each category brought. */
export function reportByCategory(scope: Scope, { now, before }: Spans<readonly CategoryDay[]>): Report {
  const byCategory = new Map<string, Figures>()
  for (const day of now)
    for (const [category, figures] of Object.entries(day.byCategory))
      byCategory.set(category, add(byCategory.get(category) ?? noFigures, figures))
  const ranked = [...byCategory].sort(byRevenue)
  const total = sums([...byCategory.values()])
  return {
    id: 'sales-by-category',
    ...scope,
    figures: marginTiles(total, sums(before.flatMap((day) => Object.values(day.byCategory)))),
    chart: ranking(
      'category',
      'revenue',
      ranked.map(([category, { revenue }]) => [category, revenue]),
    ),
    columns: columns('category', 'revenue', 'net', 'cost', 'margin', 'margin-share', 'share'),
    rows: ranked.map(([category, figures]) => ({
      id: category,
      cells: { category, ...moneyCells(figures), share: shareOf(figures.revenue, total.revenue) },
    })),
    totals: { ...moneyCells(total), share: shareOf(total.revenue, total.revenue) },
  }
}

interface Counted extends Sums {
  readonly sales: number
  readonly refunds: number
  readonly voids: number
}

const nothing: Counted = { ...noFigures, sales: 0, refunds: 0, voids: 0 }
const plus = (a: Counted, b: Counted): Counted => ({
  ...add(a, b),
  sales: a.sales + b.sales,
  refunds: a.refunds + b.refunds,
  voids: a.voids + b.voids,
})

const countedCells = (figures: Omit<Counted, 'voids'>, revenue: number): Cells => ({
  sales: figures.sales,
  refunds: figures.refunds,
  average: averageOf(figures.revenue, figures.sales),
  ...moneyCells(figures),
  share: shareOf(figures.revenue, revenue),
})

/** What each person sold. `names`: by person, null for who was erased. */
export function reportByEmployee(
  scope: Scope,
  { now, before }: Spans<readonly EmployeeDay[]>,
  names: ReadonlyMap<string, string | null>,
): Report {
  const byEmployee = new Map<string, Counted>()
  for (const day of now)
    for (const [person, figures] of Object.entries(day.byEmployee))
      byEmployee.set(person, plus(byEmployee.get(person) ?? nothing, figures))
  const total = [...byEmployee.values()].reduce(plus, nothing)
  const ranked = [...byEmployee].sort(byRevenue)
  const earlier = sums(before.flatMap((day) => Object.values(day.byEmployee)))
  return {
    id: 'sales-by-employee',
    ...scope,
    figures: salesTiles(sums([total]), earlier),
    chart: ranking(
      'employee',
      'revenue',
      ranked.map(([person, { revenue }]) => [names.get(person) ?? null, revenue]),
    ),
    columns: columns('employee', 'sales', 'refunds', 'voids', 'revenue', 'average', 'margin', 'share'),
    rows: ranked.map(([person, figures]) => ({
      id: person,
      cells: {
        employee: names.get(person) ?? null,
        voids: figures.voids,
        ...countedCells(figures, total.revenue),
      },
    })),
    totals: { voids: total.voids, ...countedCells(total, total.revenue) },
  }
}

/** What each location sold. `days`: of single locations only, not of all together. */
export function reportByLocation(
  scope: Scope,
  { now, before }: Spans<readonly DayOfSales[]>,
  names: ReadonlyMap<string, string>,
): Report {
  const byLocation = new Map<string, Counted>()
  for (const day of now) byLocation.set(day.locationId, plus(byLocation.get(day.locationId) ?? nothing, day))
  const total = [...byLocation.values()].reduce(plus, nothing)
  const ranked = [...byLocation].sort(byRevenue)
  return {
    id: 'sales-by-location',
    ...scope,
    figures: salesTiles(sums([total]), sums(before)),
    chart: ranking(
      'location',
      'revenue',
      ranked.map(([id, { revenue }]) => [names.get(id) ?? null, revenue]),
    ),
    columns: columns('location', 'sales', 'refunds', 'revenue', 'average', 'margin', 'margin-share', 'share'),
    rows: ranked.map(([id, figures]) => ({
      id,
      cells: { location: names.get(id) ?? null, ...countedCells(figures, total.revenue) },
    })),
    totals: countedCells(total, total.revenue),
  }
}

const ranking = (
  over: ColumnName,
  measure: ColumnName,
  points: readonly (readonly [label: string | null, value: number])[],
): Report['chart'] => ({
  form: 'ranking',
  over: column(over),
  measure: column(measure),
  points: points.slice(0, longest).map(([label, value]) => ({ label, value })),
})
