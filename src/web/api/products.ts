// Products: what is sold, listed, registered and changed.
import { z } from '@hono/zod-openapi'
import { categories } from '../../../projections/categories.ts'
import { locations } from '../../../projections/locations.ts'
import { productHistory } from '../../../projections/product-history.ts'
import { productStock } from '../../../projections/product-stock.ts'
import { type Product, products } from '../../../projections/products.ts'
import { changeProduct, discontinueProduct, registerProduct, reinstateProduct } from '../../commands/products.ts'
import { settings, settingsId } from '../../domain/settings/settings.ts'
import { everyOf } from '../../reporting/reading.ts'
import { type AppContext, commandContext } from '../environment.ts'
import { filters } from '../filters.ts'
import { ProblemError } from '../problems.ts'
import { versioned } from './conditional.ts'
import { amount, changeOf, count, line, taxRate } from './fields.ts'
import { flag, found, paged, pageFrom } from './lists.ts'
import { presentProducts, productView } from './product-view.ts'
import { apiRoutes, commandAnswer, done, idParam, pageOf, paging, route } from './route.ts'

const tag = 'Products'
const made = commandAnswer({ id: z.string() })

const details = {
  name: line,
  category: line,
  unit: z.string().trim().min(1).max(20),
  barcode: z.string().trim().min(1).max(64).nullable(),
  price: amount,
  cost: amount,
  taxRate,
  reorderPoint: count,
}

const newProduct = z
  .strictObject({
    sku: z.string().trim().min(1).max(64),
    ...details,
    category: line.default('Geral'),
    unit: details.unit.default('un'),
    barcode: details.barcode.default(null),
    cost: amount.default(0),
    taxRate: taxRate.optional().describe("The company's first rate unless named"),
    reorderPoint: count.default(0),
    decimals: z.int().min(0).max(3).default(0),
  })
  .openapi('NewProduct')

/** `name`, or `-name` for the other direction. */
const orders = { name: 'nameKey', sku: 'sku', price: 'price' } as const
const sort = z.enum(['name', '-name', 'sku', '-sku', 'price', '-price']).default('name')

export function sortOf(asked: z.infer<typeof sort>): {
  by: keyof Product & string
  direction: 'ascending' | 'descending'
} {
  const descending = asked.startsWith('-')
  const by = orders[asked.replace('-', '') as keyof typeof orders]
  return { by, direction: descending ? 'descending' : 'ascending' }
}

/** The rate of a product for which none was named. */
export async function defaultRate(c: AppContext): Promise<number> {
  const company = await c
    .get('system')
    .commands.execute(commandContext(c), (unit) => ({ of: unit.state(settings, settingsId) }))
  const rate = company.rejected ? undefined : company.value.of?.taxRates[0]?.rate
  if (rate === undefined) throw new ProblemError('not-set-up')
  return rate
}

/** The locations that may keep stock of a product, for what has to be reviewed at each. */
export const placesOf = async (c: AppContext) =>
  (await everyOf(c.get('system').models, locations)).map(({ locationId }) => locationId)

export function productsApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/products',
      {
        query: z.object({
          ...paging,
          search: z.string().max(200).optional().describe('Beginnings of words of the name, SKU or barcode'),
          category: z.string().max(200).optional(),
          barcode: z.string().max(64).optional(),
          sku: z.string().max(64).optional(),
          discontinued: flag.optional(),
          sort,
        }),
      },
      { summary: 'List products', tag, permission: 'products.read', answer: pageOf(productView) },
    ),
    async (c) => {
      const { search, category, barcode, sku, discontinued, sort, ...page } = c.req.valid('query')
      const query = {
        where: filters({ category, barcode, sku, discontinued }),
        ...(search && { text: search }),
        sort: sortOf(sort),
        ...paged(page),
      }
      return c.json(await pageFrom(c, products, query, (documents) => presentProducts(c, documents)))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/products',
      { body: newProduct },
      { summary: 'Register a product', tag, permission: 'products.write', status: 201, answer: made },
    ),
    async (c) => {
      const asked = c.req.valid('json')
      const product = { ...asked, taxRate: asked.taxRate ?? (await defaultRate(c)) }
      return c.json(done(c, await registerProduct(c.get('system'), product, commandContext(c, asked))), 201)
    },
  )

  api.openapi(
    route(
      'get',
      '/api/products/categories',
      { query: z.object(paging) },
      {
        summary: 'List the categories that products were put in',
        tag,
        permission: 'products.read',
        answer: pageOf(z.object({ name: z.string() })),
      },
    ),
    async (c) => {
      const query = { sort: { by: 'nameKey' } as const, ...paged(c.req.valid('query')) }
      return c.json(await pageFrom(c, categories, query, (all) => all.map(({ category }) => ({ name: category }))))
    },
  )

  api.openapi(
    route(
      'get',
      '/api/products/{id}',
      { params: idParam },
      { summary: 'Show a product', tag, permission: 'products.read', answer: productView },
    ),
    async (c) => {
      const { id } = c.req.valid('param')
      const { models } = c.get('system')
      const [product, stock] = await Promise.all([models.get(products, id), models.get(productStock, id)])
      if (!product) throw new ProblemError('unknown-product', { id })
      versioned(c, `${product.position}.${stock?.position ?? 0}`)
      const [shown] = await presentProducts(c, [product.document])
      if (!shown) throw new ProblemError('unknown-product', { id })
      return c.json(shown)
    },
  )

  api.openapi(
    route(
      'patch',
      '/api/products/{id}',
      { params: idParam, body: changeOf(details) },
      { summary: 'Change a product', tag, permission: 'products.write', answer: made },
    ),
    async (c) => {
      const change = { productId: c.req.valid('param').id, change: c.req.valid('json'), locations: await placesOf(c) }
      return c.json(done(c, await changeProduct(c.get('system'), change, commandContext(c, change.change))))
    },
  )

  for (const [verb, summary, command] of [
    ['discontinue', 'Sell a product no more', discontinueProduct],
    ['reinstate', 'Sell a product again', reinstateProduct],
  ] as const)
    api.openapi(
      route(
        'post',
        `/api/products/{id}/${verb}`,
        { params: idParam },
        { summary, tag, permission: 'products.write', answer: made },
      ),
      async (c) => c.json(done(c, await command(c.get('system'), c.req.valid('param').id, commandContext(c)))),
    )

  const change = z.object({
    kind: z.string(),
    at: z.string(),
    actor: z.string(),
    before: z.int().nullable(),
    after: z.int().nullable(),
  })
  api.openapi(
    route(
      'get',
      '/api/products/{id}/history',
      { params: idParam, query: z.object(paging) },
      {
        summary: 'What changed in a product, the latest first',
        tag,
        permission: 'products.read',
        answer: pageOf(change),
      },
    ),
    async (c) => {
      const { id: productId } = c.req.valid('param')
      await found(c, products, productId, 'unknown-product')
      const sort = { by: 'at', direction: 'descending' } as const
      const query = { where: { productId }, sort, ...paged(c.req.valid('query')) }
      return c.json(
        await pageFrom(c, productHistory, query, (changes) => changes.map(({ productId: _, ...rest }) => rest)),
      )
    },
  )

  return api
}
