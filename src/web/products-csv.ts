// Products as a CSV file: written for a spreadsheet, and read back with every mistake told by its line.
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { z } from 'zod'
import type { Product } from '../../projections/products.ts'
import { fieldAmount, parseAmount } from '../../views/amount.ts'
import { amount, count, taxRate } from '../domain/values.ts'

/** The columns in their order, with what people also write above them. */
const columns = {
  sku: ['código', 'codigo'],
  name: ['nome', 'produto'],
  category: ['categoria'],
  unit: ['unidade'],
  decimals: ['decimais', 'casas decimais'],
  barcode: ['código de barras', 'codigo de barras', 'ean'],
  price: ['preço', 'preco'],
  cost: ['custo'],
  tax_rate: ['iva', 'taxa de iva', 'tax rate'],
  reorder_point: ['ponto de encomenda', 'stock mínimo', 'stock minimo', 'reorder point'],
  stock: ['quantidade', 'opening stock', 'existência', 'existencia'],
} as const
type Column = keyof typeof columns
const names = Object.keys(columns) as Column[]

/** The most lines that one file may have. */
export const mostLines = 5_000

export interface LineProblem {
  /** In the file, the heading being line 1. */
  readonly line: number
  readonly field: string
  readonly message: string
}

const row = z.object({
  sku: z.string().trim().min(1).max(64),
  name: z.string().trim().min(1).max(200),
  category: z.string().trim().min(1).max(200),
  unit: z.string().trim().min(1).max(20),
  decimals: z.int().min(0).max(3),
  barcode: z.string().trim().min(1).max(64).nullable(),
  price: amount,
  cost: amount,
  taxRate: taxRate.optional(),
  reorderPoint: count,
  /** What there is of it at the location that the file is for; undefined when the file does not say. */
  stock: count.optional(),
})

export interface ProductRow extends z.infer<typeof row> {
  readonly line: number
}

export interface ReadProducts {
  readonly rows: readonly ProductRow[]
  readonly problems: readonly LineProblem[]
}

const columnOf = (heading: string): Column | undefined => {
  const plain = heading.trim().toLowerCase()
  return names.find((name) => name === plain || (columns[name] as readonly string[]).includes(plain))
}

/** Spreadsheets in Portuguese part with semicolons, since the comma is in the numbers. */
const delimiterOf = (text: string): string => {
  const [heading = ''] = text.split('\n', 1)
  return heading.split(';').length > heading.split(',').length ? ';' : ','
}

/** Undefined for an empty cell, NaN for what is no number, which the schema then refuses. */
const numberIn = (cell: string, decimals: number): number | undefined =>
  cell === '' ? undefined : (parseAmount(cell, decimals) ?? Number.NaN)

function productIn(cells: ReadonlyMap<Column, string>, line: number): ProductRow | readonly LineProblem[] {
  // The apostrophe was put before what a spreadsheet would take for a formula.
  const cell = (name: Column) => (cells.get(name) ?? '').trim().replace(/^'(?=[=+\-@])/, '')
  const decimals = numberIn(cell('decimals'), 0) ?? 0
  const quantityDigits = Number.isNaN(decimals) ? 0 : decimals
  const parsed = row.safeParse({
    sku: cell('sku'),
    name: cell('name'),
    category: cell('category') || 'Geral',
    unit: cell('unit') || 'un',
    decimals,
    barcode: cell('barcode') || null,
    price: numberIn(cell('price'), 2),
    cost: numberIn(cell('cost'), 2) ?? 0,
    taxRate: numberIn(cell('tax_rate').replace(/\s*%$/, ''), 2),
    reorderPoint: numberIn(cell('reorder_point'), quantityDigits) ?? 0,
    ...(cell('stock') !== '' && { stock: numberIn(cell('stock'), quantityDigits) }),
  })
  if (parsed.success) return { line, ...parsed.data }
  return parsed.error.issues.map(({ path, message }) => ({ line, field: path.join('.'), message }))
}

const repeated = (rows: readonly ProductRow[]): LineProblem[] => {
  const seen = new Set<string>()
  return rows.flatMap(({ sku, line }) => {
    const key = sku.toLowerCase()
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    return { line, field: 'sku', message: 'This SKU is on an earlier line' }
  })
}

const wholeFile = (field: string, message: string): ReadProducts => ({
  rows: [],
  problems: [{ line: 1, field, message }],
})

const numbered = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }))

/** Reads a file with a heading. Amounts are written as people write them: `1.234,50` or `1234.5`. */
export function readProducts(text: string): ReadProducts {
  let records: z.infer<typeof numbered>
  try {
    const parsed: unknown = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    })
    records = numbered.parse(parsed)
  } catch (error) {
    return wholeFile('file', error instanceof Error ? error.message : 'This is no CSV file')
  }
  const [heading, ...lines] = records
  const known = (heading?.record ?? []).map(columnOf)
  const missing = (['sku', 'name', 'price'] as const).filter((name) => !known.includes(name))
  if (missing.length > 0) return wholeFile(missing.join(', '), 'The first line must name these columns')
  if (lines.length > mostLines) return wholeFile('file', `At most ${mostLines} lines`)

  const rows: ProductRow[] = []
  const problems: LineProblem[] = []
  for (const { record, info } of lines) {
    const cells = new Map(known.flatMap((name, at) => (name ? [[name, record[at] ?? ''] as const] : [])))
    const read = productIn(cells, info.lines)
    if ('sku' in read) rows.push(read)
    else problems.push(...read)
  }
  problems.push(...repeated(rows))
  return { rows, problems: problems.sort((a, b) => a.line - b.line) }
}

/** The products as a file that `readProducts` takes back. */
export const writeProducts = (products: readonly Product[]): string =>
  stringify(
    products.map(({ sku, name, category, unit, decimals, barcode, price, cost, taxRate, reorderPoint }) => [
      sku,
      name,
      category,
      unit,
      String(decimals),
      barcode ?? '',
      fieldAmount(price, 2, false),
      fieldAmount(cost, 2, false),
      fieldAmount(taxRate, 2, false),
      fieldAmount(reorderPoint, decimals, false),
    ]),
    { header: true, columns: names.filter((name) => name !== 'stock'), bom: true, escape_formulas: true },
  )
