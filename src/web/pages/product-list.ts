// What the list of products shows for the filter in its address; the CSV of what is seen asks the same.
import { categories } from '../../../projections/categories.ts'
import { productStock } from '../../../projections/product-stock.ts'
import { type Product, products } from '../../../projections/products.ts'
import { type ProductLine, type ProductState, productSorts, productStates } from '../../../views/pages/products.ts'
import type { Query, Where } from '../../kernel/read-models.ts'
import type { AppContext } from '../environment.ts'
import { type PageAsked, pageQuery, sortAsked } from './listing.ts'

/** The filter that an address names; what it does not know is left out. */
export function productFilter(c: AppContext) {
  const show: ProductState = productStates.find((state) => state === c.req.query('show')) ?? 'active'
  return {
    search: (c.req.query('search') ?? '').slice(0, 200),
    category: (c.req.query('category') ?? '').slice(0, 200),
    show,
    sort: sortAsked(c.req.query('sort'), productSorts),
  }
}
export type ProductFilter = ReturnType<typeof productFilter>

/** As many low products as one filter looks through: more than anybody reads. */
const mostLow = 1_000

async function queryOf(c: AppContext, { search, category, show, sort }: ProductFilter): Promise<Query<Product>> {
  const where: Where<Product> = {
    ...(show === 'low' && { productId: { in: await lowProducts(c) } }),
    ...(show !== 'all' && { discontinued: show === 'discontinued' }),
    ...(category !== '' && { category }),
  }
  return { where, ...(search !== '' && { text: search }), sort }
}

async function lowProducts(c: AppContext): Promise<string[]> {
  const low = await c.get('system').models.find(productStock, { where: { low: true }, limit: mostLow })
  return low.items.map(({ id }) => id)
}

/** One page of the products that the filter finds, and how many it finds in all. */
export async function findProducts(c: AppContext, filter: ProductFilter, asked: PageAsked) {
  const { models } = c.get('system')
  const query = await queryOf(c, filter)
  const [page, count] = await Promise.all([
    models.find(products, { ...query, ...pageQuery(asked) }),
    models.count(products, query),
  ])
  return {
    lines: await withStock(
      c,
      page.items.map(({ document }) => document),
    ),
    next: page.next,
    count,
  }
}

/** All products that the filter finds. */
export async function everyProduct(c: AppContext, filter: ProductFilter): Promise<Product[]> {
  const query = await queryOf(c, filter)
  const found: Product[] = []
  for (let after: string | undefined; ; ) {
    const page = await c.get('system').models.find(products, { ...query, limit: 1_000, ...(after && { after }) })
    found.push(...page.items.map(({ document }) => document))
    if (page.next === undefined) return found
    after = page.next
  }
}

async function withStock(c: AppContext, found: readonly Product[]): Promise<ProductLine[]> {
  const ids = found.map(({ productId }) => productId)
  const stocks = await c.get('system').models.getMany(productStock, ids)
  const stockOf = new Map(stocks.map(({ id, document }) => [id, document]))
  return found.map((product) => ({ product, stock: stockOf.get(product.productId) }))
}

/** The names of all categories, sorted. */
export async function categoryNames(c: AppContext): Promise<string[]> {
  const page = await c.get('system').models.find(categories, { sort: { by: 'nameKey' }, limit: 1_000 })
  return page.items.map(({ document }) => document.category)
}
