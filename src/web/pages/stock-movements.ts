// The list of movements of stock.
import { Hono } from 'hono'
import { z } from 'zod'
import { type StockMovement, stockMovements } from '../../../projections/stock-movements.ts'
import { layout } from '../../../views/layout.ts'
import { kindLabel, movementKinds } from '../../../views/pages/movements.ts'
import { movementsContent } from '../../../views/pages/stock-movements.ts'
import { addDays, startOfDay } from '../../domain/calendar.ts'
import type { Where } from '../../kernel/read-models.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import type { Environment } from '../environment.ts'
import { frameOf } from './frame.ts'
import { addressOf, type Parameters, pageAsked, pageQuery, pagerOf } from './listing.ts'
import { movementLines } from './movement-lines.ts'
import { allLocations, productsById } from './related.ts'

const blank = z.literal('').catch('')
const asked = z.object({
  product: z.string().max(100).catch(''),
  location: z.string().max(100).catch(''),
  kind: z.enum(movementKinds).or(blank),
  from: z.iso.date().or(blank),
  to: z.iso.date().or(blank),
})

export function stockMovementsPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/stock/movements', authorise('stock.read'), async (c) => {
    const frame = await frameOf(c, assets)
    const { t, format } = frame.reader
    const filter = asked.parse(c.req.query())
    const page = pageAsked(c)
    const parameters: Parameters = filter
    const address = (change: Parameters) => addressOf('/stock/movements', { ...parameters, ...change })
    const zone = format.timeZone
    const where: Where<StockMovement> = {
      ...(filter.product && { productId: filter.product }),
      ...(filter.location && { locationId: filter.location }),
      ...(filter.kind && { kind: filter.kind }),
      ...((filter.from || filter.to) && {
        at: {
          ...(filter.from && { gte: startOfDay(filter.from, zone) }),
          ...(filter.to && { lt: startOfDay(addDays(filter.to, 1), zone) }),
        },
      }),
    }
    const [found, places, products] = await Promise.all([
      c
        .get('system')
        .models.find(stockMovements, { where, sort: { by: 'at', direction: 'descending' }, ...pageQuery(page) }),
      allLocations(c),
      productsById(c, filter.product ? [filter.product] : []),
    ])
    const chip = (name: keyof typeof filter, label: string | undefined) =>
      filter[name] !== '' && { label: label ?? filter[name], without: address({ [name]: undefined }) }
    const chips = [
      chip('product', products.get(filter.product)?.name),
      chip('location', places.find(({ locationId }) => locationId === filter.location)?.name),
      chip('kind', filter.kind === '' ? '' : t(kindLabel[filter.kind])),
      chip('from', filter.from && `${t('common.from')} ${format.date(filter.from)}`),
      chip('to', filter.to && `${t('common.to')} ${format.date(filter.to)}`),
    ]
    const main = movementsContent(frame.reader, {
      lines: await movementLines(
        c,
        frame.reader,
        found.items.map(({ document }) => document),
      ),
      places,
      filter,
      chips: chips.filter((one) => one !== false),
      pager: pagerOf(address, page, found.next),
    })
    return c.html(layout(frame, { title: t('stock.movements'), main, current: 'stock' }))
  })

  return pages
}
