// Sales: registered, listed, taken back, paid.
import { z } from '@hono/zod-openapi'
import { sales } from '../../../projections/sales.ts'
import { receivePayment } from '../../commands/payments.ts'
import { refundSale, voidSale } from '../../commands/returns.ts'
import { registerSale } from '../../commands/sales.ts'
import { callerMay, commandContext } from '../environment.ts'
import { filters, onDays } from '../filters.ts'
import { amount, id, line, linesOf, nuit, paymentMethod, quantity, till } from './fields.ts'
import { dayFilter, found, paged, pageFrom } from './lists.ts'
import { apiRoutes, commandAnswer, done, idParam, pageOf, paging, route } from './route.ts'
import { presentSale, presentSales, saleDetail, saleItem, saleStatus } from './sale-view.ts'

const tag = 'Sales'

const newSale = z
  .strictObject({
    locationId: id,
    till: till.optional().describe('1 unless named'),
    lines: linesOf(
      z.strictObject({
        productId: id,
        quantity,
        unitPrice: amount.optional().describe("The product's own unless named; needs a permission"),
        discount: amount.optional().describe('An amount of the whole line; needs a permission'),
      }),
    ),
    payment: z.strictObject({
      method: paymentMethod,
      tendered: amount.nullish().describe('Cash handed over'),
      reference: z.string().trim().min(1).max(100).nullish(),
    }),
    customerId: id.nullish(),
    customerNuit: nuit.nullish(),
    override: z
      .strictObject({ reason: line })
      .nullish()
      .describe('The customer holds it in hand although the log says that it is not there; needs a permission'),
  })
  .openapi('NewSale')

const takingBack = { till: till.optional(), restock: z.boolean().optional(), reason: line }

export function salesApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'post',
      '/api/sales',
      { body: newSale },
      {
        summary: 'Register a sale',
        tag,
        permission: 'sales.register',
        status: 201,
        answer: commandAnswer({
          id: z.string(),
          total: z.int(),
          tax: z.int(),
          document: z.string(),
          change: z.int(),
        }),
      },
    ),
    async (c) => {
      const asked = c.req.valid('json')
      const sale = {
        ...asked,
        mayChangePrice: callerMay(c, 'sales.price'),
        mayDiscount: callerMay(c, 'sales.discount'),
        mayOverride: callerMay(c, 'sales.override'),
      }
      return c.json(done(c, await registerSale(c.get('system'), sale, commandContext(c, asked))), 201)
    },
  )

  api.openapi(
    route(
      'get',
      '/api/sales',
      {
        query: z.object({
          ...paging,
          from: dayFilter.optional(),
          to: dayFilter.optional(),
          location: z.string().max(100).optional(),
          cashier: z.string().max(100).optional(),
          customer: z.string().max(100).optional(),
          status: saleStatus.optional(),
          search: z
            .string()
            .max(100)
            .optional()
            .describe('A document’s number, or the beginning of its name: `VD BXA1-2026/12`'),
        }),
      },
      { summary: 'List sales, the latest first', tag, permission: 'sales.read', answer: pageOf(saleItem) },
    ),
    async (c) => {
      const { from, to, location, cashier, customer, status, search = '', ...page } = c.req.valid('query')
      const wanted = search.trim()
      const isNumber = /^\d{1,15}$/.test(wanted)
      const query = {
        where: filters({
          ...onDays(from, to),
          locationId: location,
          cashierId: cashier,
          customerId: customer,
          status,
          number: isNumber ? Number(wanted) : undefined,
          document: wanted !== '' && !isNumber ? { prefix: wanted } : undefined,
        }),
        sort: { by: 'at', direction: 'descending' } as const,
        ...paged(page),
      }
      return c.json(await pageFrom(c, sales, query, (documents) => presentSales(c, documents)))
    },
  )

  api.openapi(
    route(
      'get',
      '/api/sales/{id}',
      { params: idParam },
      { summary: 'Show a sale with all that followed', tag, permission: 'sales.read', answer: saleDetail },
    ),
    async (c) => c.json(await presentSale(c, await found(c, sales, c.req.valid('param').id, 'unknown-sale'))),
  )

  api.openapi(
    route(
      'post',
      '/api/sales/{id}/refund',
      {
        params: idParam,
        body: z.strictObject({
          ...takingBack,
          locationId: id.optional().describe('Where it comes back; where it was sold unless named'),
          lines: linesOf(
            z.strictObject({
              line: z.int().min(0).max(499).describe('The index of the line in the sale'),
              quantity,
              restock: z.boolean().optional(),
            }),
          )
            .optional()
            .describe('All that is left unless named'),
          method: paymentMethod.optional().describe('As it was paid unless named'),
        }),
      },
      {
        summary: 'Refund a sale, whole or by line, with a credit note',
        tag,
        permission: 'sales.refund',
        answer: commandAnswer({
          id: z.string(),
          total: z.int(),
          tax: z.int(),
          document: z.string(),
          givenBack: z.int(),
          complete: z.boolean(),
        }),
      },
    ),
    async (c) => {
      const refund = { saleId: c.req.valid('param').id, ...c.req.valid('json') }
      return c.json(done(c, await refundSale(c.get('system'), refund, commandContext(c, refund))))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/sales/{id}/void',
      { params: idParam, body: z.strictObject(takingBack) },
      {
        summary: 'Void a sale on the day it was made',
        tag,
        permission: 'sales.void',
        answer: commandAnswer({ id: z.string(), total: z.int(), tax: z.int() }),
      },
    ),
    async (c) => {
      const voided = { saleId: c.req.valid('param').id, ...c.req.valid('json') }
      return c.json(done(c, await voidSale(c.get('system'), voided, commandContext(c, voided))))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/sales/{id}/payments',
      {
        params: idParam,
        body: z.strictObject({
          amount: amount.min(1),
          method: paymentMethod.exclude(['account']),
          locationId: id.optional(),
          till: till.optional(),
        }),
      },
      {
        summary: 'Receive a payment of a sale on account',
        tag,
        permission: 'sales.register',
        status: 201,
        answer: commandAnswer({ id: z.string(), document: z.string(), outstanding: z.int() }),
      },
    ),
    async (c) => {
      const payment = { saleId: c.req.valid('param').id, ...c.req.valid('json') }
      return c.json(done(c, await receivePayment(c.get('system'), payment, commandContext(c, payment))), 201)
    },
  )

  return api
}
