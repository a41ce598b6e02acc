// Purchase orders: placed, received, cancelled or closed.
import { z } from '@hono/zod-openapi'
import { type PurchaseOrder, purchaseOrders } from '../../../projections/purchase-orders.ts'
import {
  cancelPurchaseOrder,
  closePurchaseOrder,
  placePurchaseOrder,
  receivePurchaseOrder,
} from '../../commands/purchasing.ts'
import { commandContext } from '../environment.ts'
import { filters } from '../filters.ts'
import { amount, day, id, line, linesOf, quantity } from './fields.ts'
import { flag, found, listOf, paged, pageFrom } from './lists.ts'
import { apiRoutes, commandAnswer, done, idParam, pageOf, paging, route } from './route.ts'

const tag = 'Purchasing'
const made = commandAnswer({ id: z.string() })
const status = z.enum(['open', 'partial', 'received', 'cancelled', 'closed'])
const filterId = z.string().max(100).optional()

const orderView = z
  .object({
    id: z.string(),
    number: z.string(),
    supplierId: z.string(),
    locationId: z.string(),
    status,
    awaited: z.boolean(),
    total: z.int(),
    expectedOn: z.string().nullable(),
    placedBy: z.string(),
    placedAt: z.string(),
    day: z.string(),
    lines: listOf(
      z.object({
        productId: z.string(),
        sku: z.string(),
        name: z.string(),
        decimals: z.int(),
        quantity: z.int(),
        unitCost: z.int(),
        received: z.int(),
        open: z.int().describe('Still awaited'),
      }),
    ),
    receipts: listOf(
      z.object({
        receiptId: z.string(),
        at: z.string(),
        receivedBy: z.string(),
        lines: listOf(z.object({ productId: z.string(), quantity: z.int(), unitCost: z.int() })),
      }),
    ),
    reason: z.string().nullable(),
    endedAt: z.string().nullable(),
  })
  .openapi('PurchaseOrder')

const present = ({ orderId, ...rest }: PurchaseOrder) => ({ id: orderId, ...rest })
const goods = (description: string) =>
  linesOf(z.strictObject({ productId: id, quantity, unitCost: amount.optional().describe(description) }))

export function purchasingApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/purchase-orders',
      {
        query: z.object({
          ...paging,
          status: status.optional(),
          awaited: flag.optional(),
          supplier: filterId,
          location: filterId,
          search: z.string().max(100).optional().describe('The beginning of its number'),
        }),
      },
      {
        summary: 'List purchase orders, the latest first',
        tag,
        permission: 'purchasing.read',
        answer: pageOf(orderView),
      },
    ),
    async (c) => {
      const { status, awaited, supplier, location, search, ...page } = c.req.valid('query')
      const query = {
        where: filters({ status, awaited, supplierId: supplier, locationId: location }),
        ...(search && { text: search }),
        sort: { by: 'placedAt', direction: 'descending' } as const,
        ...paged(page),
      }
      return c.json(await pageFrom(c, purchaseOrders, query, (documents) => documents.map(present)))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/purchase-orders',
      {
        body: z.strictObject({
          supplierId: id,
          locationId: id.describe('Where it is delivered'),
          expectedOn: day.nullable().default(null),
          lines: goods("As agreed; the product's own cost unless named"),
        }),
      },
      {
        summary: 'Place a purchase order',
        tag,
        permission: 'purchasing.write',
        status: 201,
        answer: commandAnswer({ id: z.string(), number: z.string() }),
      },
    ),
    async (c) => {
      const order = c.req.valid('json')
      return c.json(done(c, await placePurchaseOrder(c.get('system'), order, commandContext(c, order))), 201)
    },
  )

  api.openapi(
    route(
      'get',
      '/api/purchase-orders/{id}',
      { params: idParam },
      { summary: 'Show a purchase order', tag, permission: 'purchasing.read', answer: orderView },
    ),
    async (c) => c.json(present(await found(c, purchaseOrders, c.req.valid('param').id, 'unknown-purchase-order'))),
  )

  api.openapi(
    route(
      'post',
      '/api/purchase-orders/{id}/receive',
      { params: idParam, body: z.strictObject({ lines: goods('As invoiced; as ordered unless named') }) },
      {
        summary: 'Receive goods of an order, all or a part',
        tag,
        permission: 'purchasing.receive',
        status: 201,
        answer: made,
      },
    ),
    async (c) => {
      const delivery = { orderId: c.req.valid('param').id, ...c.req.valid('json') }
      return c.json(done(c, await receivePurchaseOrder(c.get('system'), delivery, commandContext(c, delivery))), 201)
    },
  )

  for (const [verb, summary, command] of [
    ['cancel', 'Cancel an order of which nothing has come', cancelPurchaseOrder],
    ['close', 'Await the rest of an order no more', closePurchaseOrder],
  ] as const)
    api.openapi(
      route(
        'post',
        `/api/purchase-orders/{id}/${verb}`,
        { params: idParam, body: z.strictObject({ reason: line }) },
        { summary, tag, permission: 'purchasing.write', answer: made },
      ),
      async (c) => {
        const { id: orderId } = c.req.valid('param')
        const { reason } = c.req.valid('json')
        return c.json(done(c, await command(c.get('system'), { orderId, reason }, commandContext(c, { reason }))))
      },
    )

  return api
}
