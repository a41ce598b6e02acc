// The page of one product.
import { Hono } from 'hono'
import { productHistory } from '../../../projections/product-history.ts'
import { productStock } from '../../../projections/product-stock.ts'
import { stockMovements } from '../../../projections/stock-movements.ts'
import { layout } from '../../../views/layout.ts'
import { productContent } from '../../../views/pages/product.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { callerMay, type Environment } from '../environment.ts'
import { frameOf } from './frame.ts'
import { movementLines } from './movement-lines.ts'
import { productOr404 } from './product-form.ts'
import { actorNames, allLocations } from './related.ts'

const shown = 10
/** As many price changes as a small chart can show. */
const pricesShown = 60

export function productPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/products/:id', authorise('products.read'), async (c) => {
    const product = await productOr404(c, c.req.param('id'))
    const { productId } = product
    const frame = await frameOf(c, assets)
    const { models } = c.get('system')
    const newest = { by: 'at', direction: 'descending' } as const
    const [stock, locations, history, prices, movements] = await Promise.all([
      models.get(productStock, productId),
      allLocations(c),
      models.find(productHistory, { where: { productId }, sort: newest, limit: shown }),
      models.find(productHistory, { where: { productId, kind: 'price' }, sort: newest, limit: pricesShown }),
      models.find(stockMovements, { where: { productId }, sort: newest, limit: shown }),
    ])
    const changes = history.items.map(({ document }) => document)
    const nameOf = await actorNames(
      c,
      frame.reader,
      changes.map(({ actor }) => actor),
    )
    const main = productContent(frame.reader, {
      product,
      stock: stock?.document,
      locations,
      history: changes.map((change) => ({ change, who: nameOf(change.actor) })),
      prices: prices.items.map(({ document }) => ({ at: document.at, price: document.after ?? 0 })).reverse(),
      movements: await movementLines(
        c,
        frame.reader,
        movements.items.map(({ document }) => document),
      ),
      mayWrite: callerMay(c, 'products.write'),
      mayAudit: callerMay(c, 'audit.read'),
      maySeeMargin: callerMay(c, 'reports.read'),
      mayMove: callerMay(c, 'stock.transfer'),
      formKey: c.get('system').newId(),
    })
    return c.html(layout(frame, { title: product.name, main, current: 'products' }))
  })

  return pages
}
