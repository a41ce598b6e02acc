// The list of sales, as a page and as CSV.
import { Hono } from 'hono'
import { z } from 'zod'
import { people } from '../../../projections/people.ts'
import { type Sale, sales } from '../../../projections/sales.ts'
import { layout } from '../../../views/layout.ts'
import { methods, type SalesAsked, saleFilters, salesContent } from '../../../views/pages/sales.ts'
import type { Reader } from '../../../views/reader.ts'
import { addDays } from '../../domain/calendar.ts'
import { day } from '../../domain/values.ts'
import type { Query, Where } from '../../kernel/read-models.ts'
import { plainAmount } from '../../reporting/plain.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { type AppContext, callerMay, type Environment } from '../environment.ts'
import { filters, onDays } from '../filters.ts'
import { today } from '../today.ts'
import { csvDownload } from './csv-download.ts'
import { frameOf, surroundingsOf } from './frame.ts'
import { namesOf } from './names.ts'

const pageSize = 50

const asked = z.object({
  from: day.optional().catch(undefined),
  to: day.optional().catch(undefined),
  status: z.enum(saleFilters).optional().catch(undefined),
  cashier: z.string().min(1).max(100).optional().catch(undefined),
  method: z.enum(methods).optional().catch(undefined),
  search: z
    .string()
    .trim()
    .max(60)
    .transform((text) => text || undefined)
    .optional()
    .catch(undefined),
})

/** A number finds its documents in every series; anything else is the beginning of a document's name. */
const bySearch = (search: string): Where<Sale> =>
  /^\d{1,9}$/.test(search) ? { number: Number(search) } : { document: { prefix: search.toUpperCase() } }

const whereOf = ({ from, to, status, cashier, method, search }: SalesAsked): Where<Sale> =>
  filters({
    ...onDays(from, to),
    ...(status === 'owing' ? { outstanding: { gt: 0 } } : { status }),
    cashierId: cashier,
    method,
    ...(search && bySearch(search)),
  })

const latestFirst = { sort: { by: 'at', direction: 'descending' } } satisfies Query<Sale>

async function cashiersOf(c: AppContext) {
  const page = await c
    .get('system')
    .models.find(people, { where: { active: true }, sort: { by: 'nameKey' }, limit: 200 })
  return page.items.flatMap(({ id, document: { name } }) => (name === null ? [] : [{ id, name }]))
}

const csvHeads = ({ t }: Reader): readonly string[] => [
  t('common.date'),
  t('common.time'),
  t('sales.document'),
  t('common.status'),
  t('common.location'),
  t('sales.till'),
  t('sales.cashier'),
  t('sales.customer'),
  t('sales.payment'),
  t('sales.csv.net'),
  t('common.tax'),
  t('common.total'),
  t('sales.refunded'),
  t('sales.outstanding'),
]

async function csvRows(c: AppContext, reader: Reader, found: readonly Sale[]) {
  const { t } = reader
  const names = await namesOf(c, reader, {
    people: found.map(({ cashierId }) => cashierId),
    customers: found.map(({ customerId }) => customerId),
  })
  return found.map((sale) => [
    sale.day,
    reader.format.time(sale.at),
    sale.document,
    t(`sales.status.${sale.status}`),
    names.get(sale.locationId),
    sale.till,
    names.get(sale.cashierId),
    sale.customerId && names.get(sale.customerId),
    t(`common.payment.${sale.method}`),
    ...[sale.total - sale.tax, sale.tax, sale.total, sale.refunded, sale.outstanding].map(plainAmount),
  ])
}

export function salesPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()
  const reads = authorise('sales.read')

  pages.get('/sales', reads, async (c) => {
    const { models } = c.get('system')
    const frame = await frameOf(c, assets)
    const filters = asked.parse(c.req.query())
    const after = c.req.query('after')
    const where = whereOf(filters)
    const [page, count, cashiers] = await Promise.all([
      models.find(sales, { where, ...latestFirst, limit: pageSize, ...(after && { after }) }),
      models.count(sales, { where }),
      cashiersOf(c),
    ])
    const found = page.items.map(({ document }) => document)
    const day = today(c, frame.reader.format.timeZone)
    const main = salesContent(frame.reader, {
      asked: filters,
      sales: found,
      count,
      next: page.next,
      further: after !== undefined,
      today: day,
      periods: { yesterday: addDays(day, -1), week: addDays(day, -6), month: `${day.slice(0, 8)}01` },
      cashiers,
      names: await namesOf(c, frame.reader, {
        people: [...found.map(({ cashierId }) => cashierId), filters.cashier ?? null],
        customers: found.map(({ customerId }) => customerId),
      }),
      maySell: callerMay(c, 'sales.register'),
    })
    return c.html(layout(frame, { title: frame.reader.t('sales.title'), main, current: 'sales' }))
  })

  pages.get('/sales.csv', reads, async (c) => {
    const { reader } = await surroundingsOf(c, assets)
    const filters = asked.parse(c.req.query())
    const query = { where: whereOf(filters), ...latestFirst }
    return csvDownload(c, sales, query, {
      name: `sales-${today(c, reader.format.timeZone)}`,
      heads: csvHeads(reader),
      rows: (found) => csvRows(c, reader, found),
    })
  })

  return pages
}
