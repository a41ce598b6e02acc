// What if: the log replayed with a changed rule, beside the same log as it was.

import { projection } from '../../projections/projection.ts'
import { salesByDay } from '../../projections/sales-by-day.ts'
import { figuresOf, onEverySalesFact } from '../../projections/sales-figures.ts'
import { stockLevels } from '../../projections/stock-levels.ts'
import type { DomainEvents } from '../domain/events.ts'
import { sumOf, taxWithin } from '../domain/money.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import type { EventStore } from '../kernel/event-store.ts'
import type { Projection } from '../kernel/projection.ts'
import { foldInto } from '../subscribers/fold.ts'
import { type DocumentChange, differences } from './differences.ts'
import { pagesUpTo } from './past.ts'

/** Another tax rate for what was taxed at `from`; prices stay, since they include tax. Basis points. */
export interface TaxRule {
  readonly kind: 'tax'
  readonly from: number
  readonly to: number
}

/** Other reorder points: each times `percent` / 100, rounded down. */
export interface ReorderRule {
  readonly kind: 'reorder'
  readonly percent: number
}
export type Rule = TaxRule | ReorderRule

/** How often a product was told to run low, over all locations, and in how many of them it runs low now. */
export interface LowStockAlerts {
  readonly productId: string
  readonly alerts: number
  readonly low: number
}

const ofProduct = ({ data }: { readonly data: { readonly productId: string } }) => data.productId

/** Made for a comparison, and never kept: how a reorder policy would have spoken. */
export const lowStockAlerts = projection<LowStockAlerts>('low-stock-alerts', {
  version: 1,
  indexes: [],
  on: {
    StockFellBelowReorderPoint: {
      key: ofProduct,
      initial: ({ data: { productId } }) => ({ productId, alerts: 0, low: 0 }),
      apply: (product) => ({ ...product, alerts: product.alerts + 1, low: product.low + 1 }),
    },
    StockRoseAboveReorderPoint: { key: ofProduct, apply: (product) => ({ ...product, low: product.low - 1 }) },
  },
})

/** The tax of a month at all rates together. */
export interface IvaOfMonth {
  readonly month: string
  readonly net: number
  readonly tax: number
  readonly gross: number
}

/** Made for a comparison, and never kept: what would be declared. */
export const ivaByMonth = projection<IvaOfMonth>('iva-by-month', {
  version: 1,
  indexes: [],
  on: onEverySalesFact<IvaOfMonth>({
    key: ({ data }) => data.day.slice(0, 7),
    initial: (_, month) => ({ month, net: 0, tax: 0, gross: 0 }),
    apply: ({ month, tax, gross }, fact) => {
      const figures = figuresOf(fact)
      const [newTax, newGross] = [tax + figures.tax, gross + figures.revenue]
      return { month, net: newGross - newTax, tax: newTax, gross: newGross }
    },
  }),
})

/** What the log would say under the rule. The pages of one log, in order, are given to one such function. */
type Rewriting = (page: readonly RecordedEvent[]) => readonly RecordedEvent[]

interface TaxedLine {
  readonly taxRate: number
  readonly total: number
  readonly tax: number
}
const salesFacts = new Set(['SaleRegistered', 'SaleVoided', 'SaleRefunded'])

function retaxed({ from, to }: TaxRule): Rewriting {
  const line = <Line extends TaxedLine>(sold: Line): Line =>
    sold.taxRate === from ? { ...sold, taxRate: to, tax: taxWithin(sold.total, to) } : sold
  return (page) =>
    page.map((event) => {
      if (!salesFacts.has(event.type)) return event
      const data = event.data as { readonly lines: readonly TaxedLine[] }
      const lines = data.lines.map(line)
      return { ...event, data: { ...data, lines, tax: sumOf(lines, ({ tax }) => tax) } }
    })
}

interface Shelf {
  onHand: number
  low: boolean
}

/** The crossings of the reorder points are decided anew, as src/domain/stock decides them; those in the log are left out. */
function reordered({ percent }: ReorderRule): Rewriting {
  const points = new Map<string, number>()
  const shelves = new Map<string, Shelf>()
  const crossings = new Set(['StockFellBelowReorderPoint', 'StockRoseAboveReorderPoint'])

  const crossing = (event: RecordedEvent, productId: string, locationId: string, shelf: Shelf): RecordedEvent[] => {
    const reorderPoint = points.get(productId) ?? 0
    if (shelf.onHand <= reorderPoint === shelf.low) return []
    shelf.low = !shelf.low
    const { at } = event.data as { readonly at: string }
    const type = shelf.low ? 'StockFellBelowReorderPoint' : 'StockRoseAboveReorderPoint'
    return [{ ...event, type, data: { productId, locationId, onHand: shelf.onHand, reorderPoint, at } }]
  }

  const moved = (event: RecordedEvent): RecordedEvent[] => {
    const { productId, locationId, onHand } = event.data as DomainEvents['StockSold']
    const id = `${productId}@${locationId}`
    const shelf = shelves.get(id) ?? { onHand: 0, low: false }
    shelf.onHand = onHand
    shelves.set(id, shelf)
    // What was counted at the till is sold in the same append: whether that crosses is for the sale to say.
    return event.type === 'StockCountedAtTill' ? [event] : [event, ...crossing(event, productId, locationId, shelf)]
  }

  const pointSet = (event: RecordedEvent): RecordedEvent[] => {
    const { productId, reorderPoint } = event.data as DomainEvents['ReorderPointChanged']
    points.set(productId, Math.floor((reorderPoint * percent) / 100))
    const shelvesOf = [...shelves].filter(([id]) => id.startsWith(`${productId}@`))
    return [
      event,
      ...shelvesOf.flatMap(([id, shelf]) => crossing(event, productId, id.slice(productId.length + 1), shelf)),
    ]
  }

  return (page) =>
    page.flatMap((event) => {
      if (crossings.has(event.type)) return []
      if (event.type === 'ProductRegistered' || event.type === 'ReorderPointChanged') return pointSet(event)
      return event.type.startsWith('Stock') ? moved(event) : [event]
    })
}

/** The read models that are compared. */
export type ComparedName = 'iva-by-month' | 'sales-by-day' | 'low-stock-alerts' | 'stock-levels'

/** What is compared under each kind of rule, and what is read for it. */
const compared: Readonly<
  Record<
    Rule['kind'],
    { readonly projections: Readonly<Partial<Record<ComparedName, Projection>>>; readonly alsoReads: readonly string[] }
  >
> = {
  tax: { projections: { 'iva-by-month': ivaByMonth, 'sales-by-day': salesByDay }, alsoReads: [] },
  reorder: {
    projections: { 'low-stock-alerts': lowStockAlerts, 'stock-levels': stockLevels },
    alsoReads: ['ProductRegistered', 'ReorderPointChanged'],
  },
}

export interface Comparison {
  readonly projection: ComparedName
  readonly changes: readonly DocumentChange[]
}

/** What the read models that a rule bears on would hold at a position, against what they hold. */
export async function whatIf(
  store: EventStore,
  rule: Rule,
  to: bigint,
  onProgress?: (events: number) => void,
): Promise<readonly Comparison[]> {
  const { projections, alsoReads } = compared[rule.kind]
  const rewrite = rule.kind === 'tax' ? retaxed(rule) : reordered(rule)
  const folds = Object.entries(projections).map(([name, projection]) => ({
    name: name as ComparedName,
    projection,
    before: new Map<string, object>(),
    after: new Map<string, object>(),
  }))
  const types = [...new Set([...folds.flatMap(({ projection }) => Object.keys(projection.on)), ...alsoReads])]
  let events = 0
  for await (const page of pagesUpTo(store, types, to)) {
    events += page.length
    onProgress?.(events)
    const rewritten = rewrite(page)
    for (const { projection, before, after } of folds) {
      foldInto(projection, page, before)
      foldInto(projection, rewritten, after)
    }
  }
  return folds.map(({ name, before, after }) => ({
    projection: name,
    changes: [...differences(before, after)],
  }))
}
