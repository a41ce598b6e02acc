// Customers: registered, changed, their purchases, their erasure.
import { z } from '@hono/zod-openapi'
import { type Customer, customers } from '../../../projections/customers.ts'
import { sales } from '../../../projections/sales.ts'
import { changeCustomer, eraseCustomer, registerCustomer } from '../../commands/customers.ts'
import { commandContext } from '../environment.ts'
import { filters } from '../filters.ts'
import { changeOf, email, line, nuit, phone } from './fields.ts'
import { flag, found, paged, pageFrom } from './lists.ts'
import { apiRoutes, commandAnswer, done, idParam, pageOf, paging, route } from './route.ts'
import { presentSales, saleItem } from './sale-view.ts'

const tag = 'Customers'
const made = commandAnswer({ id: z.string() })
const contact = {
  nuit: nuit.nullable(),
  phone: phone.nullable(),
  email: email.nullable(),
  address: z.string().trim().max(2000).nullable(),
}

const customerView = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    nuit: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    address: z.string().nullable(),
    erased: z.boolean(),
    registeredAt: z.string(),
    purchases: z.int(),
    bought: z.int().describe('What they bought for, refunds taken off'),
    balance: z.int().describe('What they owe'),
    lastPurchaseAt: z.string().nullable(),
  })
  .openapi('Customer')

const present = ({ customerId, nameKey: _, ...rest }: Customer) => ({ id: customerId, ...rest })

const orders = {
  name: { by: 'nameKey', direction: 'ascending' },
  balance: { by: 'balance', direction: 'descending' },
  bought: { by: 'bought', direction: 'descending' },
  latest: { by: 'lastPurchaseAt', direction: 'descending' },
} as const

export function customersApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/customers',
      {
        query: z.object({
          ...paging,
          search: z.string().max(200).optional().describe('Name, telephone, NUIT or e-mail'),
          erased: flag.optional(),
          sort: z.enum(['name', 'balance', 'bought', 'latest']).default('name'),
        }),
      },
      { summary: 'List customers', tag, permission: 'customers.read', answer: pageOf(customerView) },
    ),
    async (c) => {
      const { search, erased, sort, ...page } = c.req.valid('query')
      const query = { where: filters({ erased }), ...(search && { text: search }), sort: orders[sort], ...paged(page) }
      return c.json(await pageFrom(c, customers, query, (documents) => documents.map(present)))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/customers',
      {
        body: z.strictObject({
          name: line,
          nuit: contact.nuit.default(null),
          phone: contact.phone.default(null),
          email: contact.email.default(null),
          address: contact.address.default(null),
        }),
      },
      { summary: 'Register a customer', tag, permission: 'customers.write', status: 201, answer: made },
    ),
    async (c) => {
      const customer = c.req.valid('json')
      return c.json(done(c, await registerCustomer(c.get('system'), customer, commandContext(c, customer))), 201)
    },
  )

  api.openapi(
    route(
      'get',
      '/api/customers/{id}',
      { params: idParam },
      { summary: 'Show a customer', tag, permission: 'customers.read', answer: customerView },
    ),
    async (c) => c.json(present(await found(c, customers, c.req.valid('param').id, 'unknown-customer'))),
  )

  api.openapi(
    route(
      'patch',
      '/api/customers/{id}',
      { params: idParam, body: changeOf({ name: line, ...contact }) },
      { summary: 'Change a customer', tag, permission: 'customers.write', answer: made },
    ),
    async (c) => {
      const { id } = c.req.valid('param')
      const change = c.req.valid('json')
      return c.json(done(c, await changeCustomer(c.get('system'), id, change, commandContext(c, change))))
    },
  )

  api.openapi(
    route(
      'get',
      '/api/customers/{id}/purchases',
      { params: idParam, query: z.object(paging) },
      {
        summary: 'What a customer bought, the latest first',
        tag,
        permission: 'customers.read',
        answer: pageOf(saleItem),
      },
    ),
    async (c) => {
      const { id: customerId } = c.req.valid('param')
      await found(c, customers, customerId, 'unknown-customer')
      const sort = { by: 'at', direction: 'descending' } as const
      const query = { where: { customerId }, sort, ...paged(c.req.valid('query')) }
      return c.json(await pageFrom(c, sales, query, (documents) => presentSales(c, documents)))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/customers/{id}/erase',
      { params: idParam },
      { summary: "Erase a customer's data for good", tag, permission: 'customers.erase', answer: made },
    ),
    async (c) => c.json(done(c, await eraseCustomer(c.get('system'), c.req.valid('param').id, commandContext(c)))),
  )

  return api
}
