// Importing products: what a file would change, and doing it. What is there already is changed, so that a file may be sent again.
import { type Product, products } from '../../projections/products.ts'
import type { Context, Outcome } from '../commands/handling.ts'
import { changeProduct, registerProduct } from '../commands/products.ts'
import { countStock } from '../commands/stock.ts'
import { everyOf } from '../reporting/reading.ts'
import type { System } from '../system.ts'
import type { LineProblem, ProductRow } from './products-csv.ts'

export interface ImportOptions {
  /** For rows that name none. */
  readonly taxRate: number
  /** Where the stock that the file tells is; needed if it tells any. */
  readonly locationId: string | undefined
  /** All that may keep stock. */
  readonly locations: readonly string[]
}

export interface ImportPlan {
  readonly create: readonly ProductRow[]
  readonly change: readonly { readonly row: ProductRow; readonly productId: string }[]
  readonly unchanged: readonly { readonly row: ProductRow; readonly productId: string }[]
  readonly problems: readonly LineProblem[]
}

const compared = ['name', 'category', 'unit', 'barcode', 'price', 'cost', 'reorderPoint'] as const

const differs = (row: ProductRow, product: Product): boolean =>
  compared.some((field) => row[field] !== product[field]) ||
  (row.taxRate !== undefined && row.taxRate !== product.taxRate)

/** Holds the rows against the products that there are. */
export async function planImport(
  { models }: Pick<System, 'models'>,
  rows: readonly ProductRow[],
  { locationId }: Pick<ImportOptions, 'locationId'>,
): Promise<ImportPlan> {
  const known = new Map<string, Product>()
  for (let at = 0; at < rows.length; at += 500) {
    const skus = rows.slice(at, at + 500).map(({ sku }) => sku)
    for (const product of await everyOf(models, products, { where: { sku: { in: skus } } }))
      known.set(product.sku, product)
  }
  const create: ProductRow[] = []
  const change: { row: ProductRow; productId: string }[] = []
  const unchanged: { row: ProductRow; productId: string }[] = []
  const problems: LineProblem[] = []
  for (const row of rows) {
    const product = known.get(row.sku)
    if (row.stock !== undefined && locationId === undefined)
      problems.push({ line: row.line, field: 'stock', message: 'Choose the location that the stock is at' })
    if (!product) create.push(row)
    else if (product.decimals !== row.decimals)
      problems.push({ line: row.line, field: 'decimals', message: 'The decimals of a product cannot change' })
    else (differs(row, product) ? change : unchanged).push({ row, productId: product.productId })
  }
  return { create, change, unchanged, problems }
}

export interface Imported {
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  /** Products whose stock was recorded as counted. */
  readonly counted: number
  /** Lines that the rules did not allow, such as a barcode that another product has. */
  readonly problems: readonly LineProblem[]
  readonly position: bigint
}

/** How many commands are under way at once: they share the log's fsync. */
const together = 32

/** Does what was planned, line by line: a line that is refused does not keep the others back. */
export async function runImport(
  system: System,
  plan: ImportPlan,
  { taxRate, locationId, locations }: ImportOptions,
  context: Context,
  told: (done: number, of: number) => void = () => undefined,
): Promise<Imported> {
  // Each line is a command of its own: the file as a whole is safe to repeat because of what it does.
  const { request: _whole, ...each } = context
  const problems: LineProblem[] = []
  const present = plan.unchanged.map(({ row, productId }) => ({ row, productId }))
  let position = 0n

  const settle = (row: ProductRow, outcome: Outcome<{ id: string }>): boolean => {
    if (outcome.rejected) {
      const field = String(outcome.details.kind ?? 'line')
      problems.push({ line: row.line, field, message: outcome.code })
      return false
    }
    if (outcome.position > position) position = outcome.position
    present.push({ row, productId: outcome.value.id })
    return true
  }
  const register = ({ line: _line, stock: _stock, ...row }: ProductRow) =>
    registerProduct(system, { ...row, taxRate: row.taxRate ?? taxRate }, each)
  const alter = (
    { sku: _sku, decimals: _decimals, line: _line, stock: _stock, ...change }: ProductRow,
    productId: string,
  ) => changeProduct(system, { productId, change, locations }, each)

  const work = [
    ...plan.create.map((row) => ({ row, kind: 'created' as const, run: () => register(row) })),
    ...plan.change.map(({ row, productId }) => ({ row, kind: 'changed' as const, run: () => alter(row, productId) })),
  ]
  const sums = { created: 0, changed: 0 }
  for (let at = 0; at < work.length; at += together) {
    const outcomes = await Promise.all(
      work.slice(at, at + together).map(async (job) => ({ job, outcome: await job.run() })),
    )
    for (const { job, outcome } of outcomes) if (settle(job.row, outcome)) sums[job.kind] += 1
    told(Math.min(at + together, work.length), work.length)
  }

  const lines = present.flatMap(({ row: { stock }, productId }) =>
    stock === undefined ? [] : { productId, counted: stock },
  )
  let counted = 0
  for (let at = 0; locationId !== undefined && at < lines.length; at += 500) {
    const some = lines.slice(at, at + 500)
    const outcome = await countStock(system, { locationId, note: '', lines: some }, each)
    if (outcome.rejected) problems.push({ line: 1, field: 'stock', message: outcome.code })
    else {
      counted += some.length
      if (outcome.position > position) position = outcome.position
    }
  }
  return {
    ...sums,
    unchanged: plan.unchanged.length,
    counted,
    problems: problems.sort((a, b) => a.line - b.line),
    position,
  }
}
