// What every report is: figures first, a chart, a table with totals. Pages, CSV, PDF and the API are written from the same value.
import type { Days, Period } from './period.ts'

export const reportIds = [
  'sales-by-day',
  'sales-by-hour',
  'sales-by-product',
  'sales-by-category',
  'sales-by-employee',
  'sales-by-location',
  'margins',
  'stock-value',
  'low-stock',
  'iva',
  'documents',
] as const
export type ReportId = (typeof reportIds)[number]

/** How a cell is to be read: `money` in the minor unit, `quantity` in the row's smallest unit, `share` and `tax-rate` in basis points. */
export type Kind =
  | 'text'
  | 'day'
  | 'month'
  | 'hour'
  | 'person'
  | 'money'
  | 'count'
  | 'quantity'
  | 'share'
  | 'tax-rate'
  | 'document-status'

/** Null: not known, or not defined, such as a share of nothing. */
export type Cell = string | number | null

/** Each column that a report may have, and how its cells are to be read. */
export const kindOf = {
  day: 'day',
  month: 'month',
  hour: 'hour',
  product: 'text',
  sku: 'text',
  category: 'text',
  employee: 'person',
  location: 'text',
  sales: 'count',
  refunds: 'count',
  voids: 'count',
  quantity: 'quantity',
  revenue: 'money',
  net: 'money',
  tax: 'money',
  cost: 'money',
  margin: 'money',
  'margin-share': 'share',
  share: 'share',
  average: 'money',
  products: 'count',
  value: 'money',
  'sale-value': 'money',
  'on-hand': 'quantity',
  'reorder-point': 'quantity',
  missing: 'quantity',
  'fill-cost': 'money',
  'sold-lately': 'quantity',
  'days-left': 'count',
  'tax-rate': 'tax-rate',
  gross: 'money',
  documents: 'count',
  'credit-notes': 'count',
  cancelled: 'count',
  series: 'text',
  document: 'text',
  'refers-to': 'text',
  nuit: 'text',
  total: 'money',
  status: 'document-status',
} as const satisfies Record<string, Kind>
export type ColumnName = keyof typeof kindOf

/** A column with how its cells are to be read. */
export interface Column {
  readonly name: ColumnName
  readonly kind: Kind
}

export const column = (name: ColumnName): Column => ({ name, kind: kindOf[name] })
export const columns = (...names: readonly ColumnName[]): readonly Column[] => names.map(column)

export type Cells = Readonly<Partial<Record<ColumnName, Cell>>>

export interface Row {
  readonly id: string
  readonly cells: Cells
  /** Decimals of the row's quantities; 0 when absent. */
  readonly decimals?: number
  /** What the row is about, to be looked at closer. */
  readonly about?: { readonly kind: 'product' | 'sale'; readonly id: string }
}

export interface Figure extends Column {
  readonly value: Cell
  /** The same figure of the period before; absent where there is none. */
  readonly before?: Cell
  /** Whether more of it is better, worse, or neither. */
  readonly better?: 'more' | 'less'
}

export interface ReportChart {
  readonly form: 'trend' | 'bars' | 'ranking'
  /** What the points are, and what is measured. */
  readonly over: Column
  readonly measure: Column
  readonly points: readonly { readonly label: Cell; readonly value: number; readonly before?: number }[]
}

export interface Report {
  readonly id: ReportId
  /** Undefined for what is so now. */
  readonly period: Period | undefined
  /** Undefined: all locations. */
  readonly locationId: string | undefined
  readonly figures: readonly Figure[]
  readonly chart: ReportChart
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  readonly totals: Cells
}

/** What a report is made for. */
export interface Scope {
  readonly period: Period
  readonly locationId: string | undefined
}

/** A part of the whole in basis points; null of nothing. */
export const shareOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part * 10_000) / whole)

/** The largest points of a ranking, as many as can be told apart. */
export const longest = 10

export const sumOf = <Item>(items: Iterable<Item>, figure: (item: Item) => number): number => {
  let sum = 0
  for (const item of items) sum += figure(item)
  return sum
}

export type { Days, Period }
