// The list of movements of stock, as a page and as CSV.
import { Hono } from 'hono'
import { z } from 'zod'
import { type StockMovement, stockMovements } from '../../../projections/stock-movements.ts'
import { layout } from '../../../views/layout.ts'
import { kindLabel, movementKinds, reasonOf } from '../../../views/pages/movements.ts'
import { movementsContent } from '../../../views/pages/stock-movements.ts'
import type { Reader } from '../../../views/reader.ts'
import { addDays, localTime, startOfDay } from '../../domain/calendar.ts'
import type { Query } from '../../kernel/read-models.ts'
import { plainAmount, plainQuantity } from '../../reporting/plain.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import type { AppContext, Environment } from '../environment.ts'
import { filters } from '../filters.ts'
import { today } from '../today.ts'
import { csvDownload } from './csv-download.ts'
import { frameOf, surroundingsOf } from './frame.ts'
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

type Asked = z.infer<typeof asked>

/** What is asked for, the newest first. */
const queryOf = ({ product, location, kind, from, to }: Asked, zone: string): Query<StockMovement> => ({
  where: filters({
    productId: product || undefined,
    locationId: location || undefined,
    kind: kind || undefined,
    at:
      from || to
        ? { ...(from && { gte: startOfDay(from, zone) }), ...(to && { lt: startOfDay(addDays(to, 1), zone) }) }
        : undefined,
  }),
  sort: { by: 'at', direction: 'descending' },
})

const csvHeads = ({ t }: Reader): readonly string[] => [
  t('common.date'),
  t('common.time'),
  t('products.sku'),
  t('common.product'),
  t('common.location'),
  t('stock.what'),
  t('stock.other-location'),
  t('common.quantity'),
  t('products.unit'),
  t('stock.balance'),
  t('common.value'),
  t('common.reason'),
  t('common.note'),
  t('common.person'),
]

async function csvRows(c: AppContext, reader: Reader, movements: readonly StockMovement[]) {
  const { t, format } = reader
  const lines = await movementLines(c, reader, movements)
  return lines.map(({ movement, product, location, other, who }) => [
    localTime(movement.at, format.timeZone).day,
    format.time(movement.at),
    product.sku,
    product.name,
    location,
    t(kindLabel[movement.kind]),
    other,
    plainQuantity(movement.change, product.decimals),
    product.unit,
    plainQuantity(movement.onHand, product.decimals),
    plainAmount(movement.value),
    reasonOf(reader, movement),
    movement.note,
    who,
  ])
}

export function stockMovementsPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/stock/movements', authorise('stock.read'), async (c) => {
    const frame = await frameOf(c, assets)
    const { t, format } = frame.reader
    const filter = asked.parse(c.req.query())
    const page = pageAsked(c)
    const parameters: Parameters = filter
    const address = (change: Parameters) => addressOf('/stock/movements', { ...parameters, ...change })
    const [found, places, products] = await Promise.all([
      c.get('system').models.find(stockMovements, { ...queryOf(filter, format.timeZone), ...pageQuery(page) }),
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
      csv: addressOf('/stock/movements.csv', parameters),
    })
    return c.html(layout(frame, { title: t('stock.movements'), main, current: 'stock' }))
  })

  pages.get('/stock/movements.csv', authorise('stock.read'), async (c) => {
    const { reader } = await surroundingsOf(c, assets)
    return csvDownload(c, stockMovements, queryOf(asked.parse(c.req.query()), reader.format.timeZone), {
      name: `movements-${today(c, reader.format.timeZone)}`,
      heads: csvHeads(reader),
      rows: (movements) => csvRows(c, reader, movements),
    })
  })

  return pages
}
