// The till: the page, what it finds, and the sale that it sends.
import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { cashSessions } from '../../../projections/cash-sessions.ts'
import { customers } from '../../../projections/customers.ts'
import { productStock } from '../../../projections/product-stock.ts'
import { type Product, products } from '../../../projections/products.ts'
import { tillLayout } from '../../../views/layout.ts'
import { tillContent } from '../../../views/pages/till.ts'
import { type TillProduct, tillCustomers, tillProducts } from '../../../views/pages/till-products.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { type AppContext, callerMay, callerOf, type Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { frameOf, surroundingsOf, workplaceOf } from './frame.ts'
import { sellAtTill } from './till-sale.ts'

const tillCookie = 'caminho-till'
/** Buttons that a search shows. */
const shown = 30

/** The location's till that this browser stands at; 1 unless another was chosen. */
export function tillOf(c: AppContext, tills: number): number {
  const wanted = Number(c.req.query('till') ?? getCookie(c, tillCookie))
  return Number.isInteger(wanted) && wanted >= 1 && wanted <= tills ? wanted : 1
}

const rememberTill = (c: Context, till: number): void =>
  setCookie(c, tillCookie, String(till), { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 365 * 24 * 3600 })

/** The place where the caller sells. */
export async function counterOf(c: AppContext) {
  const location = await workplaceOf(c)
  if (!location) throw new ProblemError('unknown-location')
  return { location, till: tillOf(c, location.tills) }
}

/** The open cash session of a till, if there is one. */
export async function openSessionAt(c: AppContext, locationId: string, till: number) {
  const { items } = await c.get('system').models.find(cashSessions, {
    where: { locationId, till, status: 'open' },
    sort: { by: 'openedAt', direction: 'descending' },
    limit: 1,
  })
  return items[0]?.document
}

/** Products by exact barcode or SKU first, then by words of their names; the discontinued ones only when they are named exactly. */
async function findProducts(c: AppContext, search: string, locationId: string): Promise<readonly TillProduct[]> {
  const { models } = c.get('system')
  const exact = async (): Promise<readonly Product[]> => {
    if (search === '') return []
    const pages = await Promise.all([
      models.find(products, { where: { barcode: search }, limit: 5 }),
      models.find(products, { where: { sku: { in: [search, search.toUpperCase()] } }, limit: 5 }),
    ])
    return pages.flatMap(({ items }) => items.map(({ document }) => document))
  }
  const [named, page] = await Promise.all([
    exact(),
    models.find(products, {
      where: { discontinued: false },
      ...(search !== '' && { text: search }),
      sort: { by: 'nameKey' },
      limit: shown,
    }),
  ])
  const found = new Map([...named, ...page.items.map(({ document }) => document)].map((each) => [each.productId, each]))
  const stock = await models.getMany(productStock, [...found.keys()])
  const onHand = new Map(stock.map(({ id, document }) => [id, document.byLocation[locationId]?.onHand ?? 0]))
  return [...found.values()].map((product) => ({ product, onHand: onHand.get(product.productId) ?? 0 }))
}

const searchOf = (c: AppContext): string =>
  z
    .string()
    .max(200)
    .catch('')
    .parse(c.req.query('search') ?? '')
    .trim()

export function tillPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()
  const sells = authorise('sales.register')

  pages.get('/till', sells, async (c) => {
    const { location, till } = await counterOf(c)
    rememberTill(c, till)
    const frame = await frameOf(c, assets)
    const main = tillContent(frame.reader, {
      location,
      till,
      personId: callerOf(c).sub,
      session: await openSessionAt(c, location.locationId, till),
      found: await findProducts(c, '', location.locationId),
      mayDiscount: callerMay(c, 'sales.discount'),
      mayChangePrice: callerMay(c, 'sales.price'),
    })
    const title = frame.reader.t('till.title')
    return c.html(tillLayout(frame, { title, main, current: 'till', scripts: ['client/till.ts'] }))
  })

  pages.get('/till/products', sells, async (c) => {
    const { reader } = await surroundingsOf(c, assets)
    const { location } = await counterOf(c)
    const query = searchOf(c)
    return c.html(tillProducts(reader, { found: await findProducts(c, query, location.locationId), query }))
  })

  pages.get('/till/customers', sells, authorise('customers.read'), async (c) => {
    const { reader } = await surroundingsOf(c, assets)
    const text = searchOf(c)
    const where = { erased: false }
    const { models } = c.get('system')
    const found = await models.find(customers, {
      where,
      ...(text !== '' && { text }),
      sort: { by: 'nameKey' },
      limit: 8,
    })
    return c.html(
      tillCustomers(
        reader,
        found.items.map(({ document }) => document),
        text,
      ),
    )
  })

  pages.post('/till/sales', sells, async (c) => sellAtTill(c, (await surroundingsOf(c, assets)).reader))

  return pages
}
