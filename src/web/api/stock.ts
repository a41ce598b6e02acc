// Stock: what is on hand where, and what moves it.
import { z } from '@hono/zod-openapi'
import { products } from '../../../projections/products.ts'
import { type StockLevel, stockLevels } from '../../../projections/stock-levels.ts'
import { type StockMovement, stockMovements } from '../../../projections/stock-movements.ts'
import { adjustStock, countStock, receiveStock, transferStock } from '../../commands/stock.ts'
import { adjustmentReasons } from '../../domain/stock/events.ts'
import { readReorder } from '../../reporting/reorder.ts'
import { type AppContext, commandContext } from '../environment.ts'
import { between, filters } from '../filters.ts'
import { todayOf } from '../today.ts'
import { amount, count, id, linesOf, quantity, remark } from './fields.ts'
import { byId, flag, listOf, paged, pageFrom } from './lists.ts'
import { apiRoutes, commandAnswer, done, pageOf, paging, route } from './route.ts'

const tag = 'Stock'
const made = commandAnswer({ id: z.string() })
const filterId = z.string().max(100).optional()

const level = z
  .object({
    productId: z.string(),
    locationId: z.string(),
    onHand: z.int(),
    reorderPoint: z.int(),
    low: z.boolean(),
    value: z.int().describe('At moving-average cost'),
    lastMovedAt: z.string(),
  })
  .openapi('StockLevel')

const movementKinds = [
  'received',
  'sold',
  'returned',
  'adjusted',
  'transferred-out',
  'transferred-in',
  'counted',
  'counted-at-till',
] as const satisfies readonly StockMovement['kind'][]

const movement = z
  .object({
    productId: z.string(),
    locationId: z.string(),
    kind: z.enum(movementKinds),
    at: z.string(),
    actor: z.string(),
    change: z.int(),
    onHand: z.int(),
    value: z.int(),
    referenceId: z.string(),
    saleId: z.string().nullable(),
    otherLocationId: z.string().nullable(),
    supplierId: z.string().nullable(),
    reason: z.string().nullable(),
    note: z.string(),
  })
  .openapi('StockMovement')

const proposal = z
  .object({
    productId: z.string(),
    locationId: z.string(),
    sku: z.string(),
    name: z.string(),
    unit: z.string(),
    decimals: z.int(),
    onHand: z.int(),
    reorderPoint: z.int(),
    onOrder: z.int(),
    soldLast30Days: z.int(),
    leadDays: z.int(),
    quantity: z.int().describe('What to order'),
    unitCost: z.int(),
    supplierId: z.string().nullable().describe('Who delivered it last'),
  })
  .openapi('ReorderProposal')

async function presentLevels(c: AppContext, levels: readonly StockLevel[]) {
  const named = await byId(
    c,
    products,
    levels.map(({ productId }) => productId),
  )
  return levels.map((each) => ({ ...each, reorderPoint: named.get(each.productId)?.reorderPoint ?? 0 }))
}

const newAdjustment = z.strictObject({
  locationId: id,
  reason: z.enum(adjustmentReasons),
  note: remark.default(''),
  lines: linesOf(
    z.strictObject({
      productId: id,
      change: z
        .int()
        .min(-1e9)
        .max(1e9)
        .refine((change) => change !== 0, 'Not zero')
        .describe('Negative: taken out'),
      unitCost: amount.optional(),
    }),
  ),
})

export function stockApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/stock',
      { query: z.object({ ...paging, product: filterId, location: filterId, low: flag.optional() }) },
      {
        summary: 'What is on hand of each product at each location',
        tag,
        permission: 'stock.read',
        answer: pageOf(level),
      },
    ),
    async (c) => {
      const { product, location, low, ...page } = c.req.valid('query')
      const query = { where: filters({ productId: product, locationId: location, low }), ...paged(page) }
      return c.json(await pageFrom(c, stockLevels, query, (levels) => presentLevels(c, levels)))
    },
  )

  api.openapi(
    route(
      'get',
      '/api/stock/movements',
      {
        query: z.object({
          ...paging,
          product: filterId,
          location: filterId,
          kind: z.enum(movementKinds).optional(),
          reference: filterId,
          from: z.iso.datetime().optional(),
          to: z.iso.datetime().optional(),
        }),
      },
      { summary: 'Every movement of stock, the latest first', tag, permission: 'stock.read', answer: pageOf(movement) },
    ),
    async (c) => {
      const { product, location, kind, reference, from, to, ...page } = c.req.valid('query')
      const query = {
        where: filters({
          productId: product,
          locationId: location,
          kind,
          referenceId: reference,
          at: between(from, to),
        }),
        sort: { by: 'at', direction: 'descending' } as const,
        ...paged(page),
      }
      return c.json(await pageFrom(c, stockMovements, query, (movements) => movements))
    },
  )

  api.openapi(
    route(
      'get',
      '/api/stock/reorder',
      { query: z.object({ location: filterId }) },
      {
        summary: 'What should be ordered again, how much and from whom',
        tag,
        permission: 'purchasing.read',
        answer: z.object({ items: listOf(proposal) }),
      },
    ),
    async (c) => {
      const { location } = c.req.valid('query')
      return c.json({ items: await readReorder(c.get('system').models, location, await todayOf(c)) })
    },
  )

  api.openapi(
    route(
      'post',
      '/api/stock/receipts',
      {
        body: z.strictObject({
          locationId: id,
          supplierId: id.nullable().default(null),
          lines: linesOf(
            z.strictObject({
              productId: id,
              quantity,
              unitCost: amount.describe('Without tax that is given back'),
            }),
          ),
        }),
      },
      { summary: 'Receive goods', tag, permission: 'stock.receive', status: 201, answer: made },
    ),
    async (c) => {
      const receipt = c.req.valid('json')
      return c.json(done(c, await receiveStock(c.get('system'), receipt, commandContext(c, receipt))), 201)
    },
  )

  api.openapi(
    route(
      'post',
      '/api/stock/adjustments',
      { body: newAdjustment },
      { summary: 'Adjust the stock, with a reason', tag, permission: 'stock.adjust', status: 201, answer: made },
    ),
    async (c) => {
      const adjustment = c.req.valid('json')
      return c.json(done(c, await adjustStock(c.get('system'), adjustment, commandContext(c, adjustment))), 201)
    },
  )

  api.openapi(
    route(
      'post',
      '/api/stock/transfers',
      { body: z.strictObject({ from: id, to: id, lines: linesOf(z.strictObject({ productId: id, quantity })) }) },
      { summary: 'Move goods to another location', tag, permission: 'stock.transfer', status: 201, answer: made },
    ),
    async (c) => {
      const transfer = c.req.valid('json')
      return c.json(done(c, await transferStock(c.get('system'), transfer, commandContext(c, transfer))), 201)
    },
  )

  api.openapi(
    route(
      'post',
      '/api/stock/counts',
      {
        body: z.strictObject({
          locationId: id,
          note: remark.default(''),
          lines: linesOf(z.strictObject({ productId: id, counted: count })),
        }),
      },
      { summary: 'Record what was counted', tag, permission: 'stock.count', status: 201, answer: made },
    ),
    async (c) => {
      const counted = c.req.valid('json')
      return c.json(done(c, await countStock(c.get('system'), counted, commandContext(c, counted))), 201)
    },
  )

  return api
}
