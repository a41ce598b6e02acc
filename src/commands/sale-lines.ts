// The lines of a sale: the products that they name, at which price, and the stock that they take.
import { shareOf } from '../domain/money.ts'
import { product } from '../domain/products/product.ts'
import type { UnpricedLine } from '../domain/sales/sale.ts'
import { stock, stockId } from '../domain/stock/stock.ts'
import { task } from '../domain/tasks/task.ts'
import type { Counter } from './counter.ts'
import { factIn, refuse, type Unit } from './unit.ts'

export interface SaleLineAsked {
  readonly productId: string
  readonly quantity: number
  /** The product's own unless named. */
  readonly unitPrice?: number | undefined
  /** An amount of the whole line. */
  readonly discount?: number | undefined
}

/** What the person who sells may do beyond selling. */
export interface SalePermissions {
  readonly mayChangePrice: boolean
  readonly mayDiscount: boolean
  readonly mayOverride: boolean
}

interface NamedLine extends Omit<UnpricedLine, 'cost'> {
  readonly reorderPoint: number
  /** What a unit is held to cost. */
  readonly unitCost: number
}

/** Refused: `unknown-product` { productId, line }, `not-permitted` { permission: change-price or discount, line }. */
export const namedLines = (
  unit: Unit,
  asked: readonly SaleLineAsked[],
  { mayChangePrice, mayDiscount }: SalePermissions,
): readonly NamedLine[] =>
  asked.map(({ productId, quantity, unitPrice, discount = 0 }, line) => {
    const known = unit.state(product, productId) ?? refuse('unknown-product', { productId, line })
    const { sku, name, category, unit: unitName, decimals, price, taxRate, reorderPoint, cost } = known
    if (unitPrice !== undefined && unitPrice !== price && !mayChangePrice)
      refuse('not-permitted', { permission: 'change-price', line })
    if (discount > 0 && !mayDiscount) refuse('not-permitted', { permission: 'discount', line })
    const named = { productId, sku, name, category, unit: unitName, decimals, taxRate, quantity, discount }
    return { ...named, unitPrice: unitPrice ?? price, reorderPoint, unitCost: cost }
  })

/** What is taken of a product over all lines that name it. */
interface Taken {
  readonly quantity: number
  readonly cost: number
}

const quantities = (lines: readonly NamedLine[]): ReadonlyMap<NamedLine, number> => {
  const firsts = new Map<string, NamedLine>()
  const sums = new Map<NamedLine, number>()
  for (const line of lines) {
    const first = firsts.get(line.productId) ?? line
    firsts.set(line.productId, first)
    sums.set(first, (sums.get(first) ?? 0) + line.quantity)
  }
  return sums
}

/**
 * Takes the goods out of the stock, once for each product however many lines name it. What is short is counted at the till first, where
 * somebody who may overrides with a reason. Refused: `insufficient-stock` { lines } with all that is short, `not-permitted` { permission:
 * override }.
 */
export function takeStock(
  unit: Unit,
  lines: readonly NamedLine[],
  sold: { readonly saleId: string; readonly locationId: string; readonly at: string },
  { override, mayOverride }: { override?: { readonly reason: string } | null | undefined; mayOverride: boolean },
): { readonly taken: ReadonlyMap<string, Taken>; readonly countedAtTill: readonly NamedLine[] } {
  const asked = quantities(lines)
  const short: { productId: string; onHand: number; asked: number }[] = []
  for (const [{ productId }, quantity] of asked) {
    const { onHand } = unit.state(stock, stockId(productId, sold.locationId))
    if (quantity > onHand) short.push({ productId, onHand, asked: quantity })
  }
  if (short.length > 0 && !override) refuse('insufficient-stock', { lines: short })
  if (short.length > 0 && !mayOverride) refuse('not-permitted', { permission: 'override' })

  const taken = new Map<string, Taken>()
  const countedAtTill: NamedLine[] = []
  for (const [line, quantity] of asked) {
    const { productId, reorderPoint, unitCost, decimals } = line
    const id = stockId(productId, sold.locationId)
    const goods = { ...sold, productId, quantity, reorderPoint }
    if (override && short.some((each) => each.productId === productId)) {
      const standard = { unitCost, decimals }
      unit.decide(stock, id, 'CountStockAtTill', { ...goods, reason: override.reason, standard })
      countedAtTill.push(line)
    }
    const { cost } = factIn(unit.decide(stock, id, 'SellStock', goods), 'StockSold')
    taken.set(productId, { quantity, cost })
  }
  return { taken, countedAtTill }
}

/**
 * What was counted at the till is to be counted on the shelf the same day: a task for who overrode, since they are there and know of it.
 * `taskIds`: one for each product at least.
 */
export function raiseCounts(
  unit: Unit,
  lines: readonly NamedLine[],
  taskIds: readonly string[],
  { locationId, cashierId, at, day }: Counter['handled'],
): void {
  for (const [index, { productId, sku, name }] of lines.entries()) {
    const taskId = taskIds[index]
    if (taskId === undefined) throw new RangeError('each product that was counted at the till needs an id for its task')
    unit.create(task, taskId, 'CreateTask', {
      taskId,
      kind: 'count-stock',
      title: `${sku} ${name}`.slice(0, 200),
      note: '',
      assignee: { kind: 'person', id: cashierId },
      dueOn: day,
      subject: { kind: 'product', id: productId },
      locationId,
      createdBy: null,
      at,
    })
  }
}

/** The lines with their part of what the goods have cost: the parts of a product's lines add up to it exactly. */
export function withCost(lines: readonly NamedLine[], costs: ReadonlyMap<string, Taken>): readonly UnpricedLine[] {
  const already = new Map<string, number>()
  return lines.map(({ reorderPoint: _reorderPoint, unitCost: _unitCost, ...line }) => {
    const { productId, quantity } = line
    const taken = costs.get(productId) ?? { quantity, cost: 0 }
    const before = already.get(productId) ?? 0
    already.set(productId, before + quantity)
    return { ...line, cost: shareOf(taken.cost, { already: before, quantity, of: taken.quantity }) }
  })
}
