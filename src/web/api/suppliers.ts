// Suppliers: the companies that goods are bought from.
import { z } from '@hono/zod-openapi'
import { type Supplier, suppliers } from '../../../projections/suppliers.ts'
import { changeSupplier, discontinueSupplier, registerSupplier, reinstateSupplier } from '../../commands/suppliers.ts'
import { commandContext } from '../environment.ts'
import { filters } from '../filters.ts'
import { changeOf, email, line, nuit, phone, remark } from './fields.ts'
import { flag, found, paged, pageFrom } from './lists.ts'
import { apiRoutes, commandAnswer, done, idParam, pageOf, paging, route } from './route.ts'

const tag = 'Purchasing'
const made = commandAnswer({ id: z.string() })
const details = {
  name: line,
  nuit: nuit.nullable(),
  email: email.nullable(),
  phone: phone.nullable(),
  address: remark,
  leadDays: z.int().min(0).max(365).describe('Days from order to delivery, as a rule'),
}

const supplierView = z
  .object({
    id: z.string(),
    name: z.string(),
    nuit: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    address: z.string(),
    leadDays: z.int(),
    active: z.boolean(),
    registeredAt: z.string(),
  })
  .openapi('Supplier')

const present = ({ supplierId, nameKey: _, ...rest }: Supplier) => ({ id: supplierId, ...rest })

export function suppliersApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/suppliers',
      { query: z.object({ ...paging, search: z.string().max(200).optional(), active: flag.optional() }) },
      { summary: 'List suppliers by name', tag, permission: 'purchasing.read', answer: pageOf(supplierView) },
    ),
    async (c) => {
      const { search, active, ...page } = c.req.valid('query')
      const query = {
        where: filters({ active }),
        ...(search && { text: search }),
        sort: { by: 'nameKey' } as const,
        ...paged(page),
      }
      return c.json(await pageFrom(c, suppliers, query, (documents) => documents.map(present)))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/suppliers',
      {
        body: z.strictObject({
          name: line,
          nuit: details.nuit.default(null),
          email: details.email.default(null),
          phone: details.phone.default(null),
          address: remark.default(''),
          leadDays: details.leadDays.default(7),
        }),
      },
      { summary: 'Register a supplier', tag, permission: 'suppliers.write', status: 201, answer: made },
    ),
    async (c) => {
      const supplier = c.req.valid('json')
      return c.json(done(c, await registerSupplier(c.get('system'), supplier, commandContext(c, supplier))), 201)
    },
  )

  api.openapi(
    route(
      'get',
      '/api/suppliers/{id}',
      { params: idParam },
      { summary: 'Show a supplier', tag, permission: 'purchasing.read', answer: supplierView },
    ),
    async (c) => c.json(present(await found(c, suppliers, c.req.valid('param').id, 'unknown-supplier'))),
  )

  api.openapi(
    route(
      'patch',
      '/api/suppliers/{id}',
      { params: idParam, body: changeOf(details) },
      { summary: 'Change a supplier', tag, permission: 'suppliers.write', answer: made },
    ),
    async (c) => {
      const asked = { supplierId: c.req.valid('param').id, change: c.req.valid('json') }
      return c.json(done(c, await changeSupplier(c.get('system'), asked, commandContext(c, asked.change))))
    },
  )

  for (const [verb, summary, command] of [
    ['discontinue', 'Order nothing more from a supplier', discontinueSupplier],
    ['reinstate', 'Order from a supplier again', reinstateSupplier],
  ] as const)
    api.openapi(
      route(
        'post',
        `/api/suppliers/{id}/${verb}`,
        { params: idParam },
        { summary, tag, permission: 'suppliers.write', answer: made },
      ),
      async (c) => c.json(done(c, await command(c.get('system'), c.req.valid('param').id, commandContext(c)))),
    )

  return api
}
