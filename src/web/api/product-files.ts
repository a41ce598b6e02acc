// Products as CSV files: exported, and imported with every mistake told by its line.
import { z } from '@hono/zod-openapi'
import { products } from '../../../projections/products.ts'
import { everyOf } from '../../reporting/reading.ts'
import { caughtUp, tellPosition } from '../consistency.ts'
import { commandContext } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { planImport, runImport } from '../product-import.ts'
import { readProducts, writeProducts } from '../products-csv.ts'
import { flag, listOf } from './lists.ts'
import { defaultRate, placesOf } from './products.ts'
import { apiRoutes, commandAnswer, route } from './route.ts'

const tag = 'Products'
const problem = z.object({ line: z.int(), field: z.string(), message: z.string() })

export function productFilesApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/products/export',
      {},
      { summary: 'All products as a CSV file', tag, permission: 'products.read', media: 'text/csv' },
    ),
    async (c) => {
      const all = await everyOf(c.get('system').models, products, { sort: { by: 'nameKey' } })
      return c.body(writeProducts(all), 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="products.csv"',
      })
    },
  )

  api.openapi(
    route(
      'post',
      '/api/products/import',
      {
        query: z.object({
          dryRun: flag.optional().describe('Only tells what it would do'),
          location: z.string().max(100).optional().describe('Where the stock is that a column `stock` tells'),
        }),
      },
      {
        summary: 'Register and change products from a CSV file',
        tag,
        permission: 'products.write',
        accepts: ['text/csv'],
        answer: commandAnswer({
          dryRun: z.boolean(),
          created: z.int(),
          changed: z.int(),
          unchanged: z.int(),
          counted: z.int(),
          errors: listOf(problem),
        }).partial({ position: true }),
      },
    ),
    async (c) => {
      if (!/^text\/csv\b/i.test(c.req.header('content-type') ?? '')) throw new ProblemError('unsupported-media-type')
      const { dryRun = false, location: locationId } = c.req.valid('query')
      const system = c.get('system')
      await caughtUp(c)
      const locations = await placesOf(c)
      if (locationId !== undefined && !locations.includes(locationId))
        throw new ProblemError('unknown-location', { locationId })
      const read = readProducts(await c.req.text())
      const plan = await planImport(system, read.rows, { locationId })
      const errors = [...read.problems, ...plan.problems].sort((a, b) => a.line - b.line)
      if (dryRun) {
        const counted = read.rows.filter(({ stock }) => stock !== undefined).length
        const sums = { created: plan.create.length, changed: plan.change.length, unchanged: plan.unchanged.length }
        return c.json({ dryRun, ...sums, counted, errors })
      }
      if (errors.length > 0) throw new ProblemError('invalid-csv', { errors })
      const taxRate = await defaultRate(c)
      const { problems, position, ...done } = await runImport(
        system,
        plan,
        { taxRate, locationId, locations },
        commandContext(c),
      )
      const reached = position > 0n ? position : await system.store.head()
      tellPosition(c, reached)
      return c.json({ dryRun, ...done, errors: problems, position: String(reached) })
    },
  )

  return api
}
