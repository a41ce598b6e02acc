// Locations: the shops and warehouses.
import { z } from '@hono/zod-openapi'
import { type Location, locations } from '../../../projections/locations.ts'
import { stockLevels } from '../../../projections/stock-levels.ts'
import { changeLocation, closeLocation, openLocation } from '../../commands/locations.ts'
import { locationKinds } from '../../domain/locations/events.ts'
import { everyOf } from '../../reporting/reading.ts'
import { caughtUp } from '../consistency.ts'
import { commandContext } from '../environment.ts'
import { filters } from '../filters.ts'
import { changeOf, line, remark, till } from './fields.ts'
import { flag, found, paged, pageFrom } from './lists.ts'
import { apiRoutes, commandAnswer, done, idParam, pageOf, paging, route } from './route.ts'

const tag = 'Locations'
const made = commandAnswer({ id: z.string() })
const kind = z.enum(locationKinds)
const details = { name: line, kind, tills: till.describe('How many tills it has'), address: remark }

const locationView = z
  .object({
    id: z.string(),
    code: z.string(),
    name: z.string(),
    kind,
    tills: z.int(),
    address: z.string(),
    open: z.boolean(),
    openedAt: z.string(),
  })
  .openapi('Location')

const present = ({ locationId, nameKey: _, ...rest }: Location) => ({ id: locationId, ...rest })

export function locationsApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/locations',
      { query: z.object({ ...paging, open: flag.optional(), kind: kind.optional() }) },
      { summary: 'List locations by name', tag, permission: 'locations.read', answer: pageOf(locationView) },
    ),
    async (c) => {
      const { open, kind, ...page } = c.req.valid('query')
      const query = { where: filters({ open, kind }), sort: { by: 'nameKey' } as const, ...paged(page) }
      return c.json(await pageFrom(c, locations, query, (documents) => documents.map(present)))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/locations',
      {
        body: z.strictObject({
          code: z
            .string()
            .regex(/^[A-Z0-9]{1,5}[A-Z]$/, 'Two to six capital letters and digits, the last one a letter')
            .describe('Part of the numbers of its documents; never changes'),
          ...details,
          kind: kind.default('shop'),
          tills: till.default(1),
          address: remark.default(''),
        }),
      },
      { summary: 'Open a location', tag, permission: 'locations.write', status: 201, answer: made },
    ),
    async (c) => {
      const opened = c.req.valid('json')
      return c.json(done(c, await openLocation(c.get('system'), opened, commandContext(c, opened))), 201)
    },
  )

  api.openapi(
    route(
      'get',
      '/api/locations/{id}',
      { params: idParam },
      { summary: 'Show a location', tag, permission: 'locations.read', answer: locationView },
    ),
    async (c) => c.json(present(await found(c, locations, c.req.valid('param').id, 'unknown-location'))),
  )

  api.openapi(
    route(
      'patch',
      '/api/locations/{id}',
      { params: idParam, body: changeOf(details) },
      { summary: 'Change a location', tag, permission: 'locations.write', answer: made },
    ),
    async (c) => {
      const asked = { locationId: c.req.valid('param').id, change: c.req.valid('json') }
      return c.json(done(c, await changeLocation(c.get('system'), asked, commandContext(c, asked.change))))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/locations/{id}/close',
      { params: idParam },
      { summary: 'Close a location that has no stock left', tag, permission: 'locations.write', answer: made },
    ),
    async (c) => {
      const locationId = c.req.valid('param').id
      await caughtUp(c)
      const levels = await everyOf(c.get('system').models, stockLevels, { where: { locationId } })
      const closing = { locationId, products: levels.map(({ productId }) => productId) }
      return c.json(done(c, await closeLocation(c.get('system'), closing, commandContext(c))))
    },
  )

  return api
}
