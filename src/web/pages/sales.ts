// The list of sales, as a page and as CSV.
import { stringify } from 'csv-stringify/sync'
import { Hono } from 'hono'
import { stream } from 'hono/streaming'
import { z } from 'zod'
import { people } from '../../../projections/people.ts'
import { type Sale, sales } from '../../../projections/sales.ts'
import { layout } from '../../../views/layout.ts'
import { methods, type SalesAsked, saleFilters, salesContent } from '../../../views/pages/sales.ts'
import type { Reader } from '../../../views/reader.ts'
import { addDays, localTime } from '../../domain/calendar.ts'
import { day } from '../../domain/values.ts'
import type { Query, Where } from '../../kernel/read-models.ts'
import { plainAmount } from '../../reporting/plain.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { type AppContext, callerMay, type Environment } from '../environment.ts'
import { filters, onDays } from '../filters.ts'
import { companyOf, frameOf, surroundingsOf } from './frame.ts'
import { namesOf } from './names.ts'

const pageSize = 50
const csvPage = 1000

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

export const todayOf = async (c: AppContext): Promise<string> =>
  localTime(c.get('system').now().toISOString(), (await companyOf(c))?.timeZone ?? 'Africa/Maputo').day

async function cashiersOf(c: AppContext) {
  const page = await c
    .get('system')
    .models.find(people, { where: { active: true }, sort: { by: 'nameKey' }, limit: 200 })
  return page.items.flatMap(({ id, document: { name } }) => (name === null ? [] : [{ id, name }]))
}

async function* csvOf(c: AppContext, reader: Reader, filters: SalesAsked): AsyncGenerator<string> {
  const { t } = reader
  const heads = ['document', 'customer', 'cashier', 'till', 'payment', 'outstanding', 'refunded'] as const
  const named = Object.fromEntries(heads.map((head) => [head, t(`sales.${head}`)]))
  yield `\ufeff${stringify([[t('common.date'), t('common.time'), named.document, t('common.status'), t('common.location'), named.till, named.cashier, named.customer, named.payment, t('sales.csv.net'), t('common.tax'), t('common.total'), named.refunded, named.outstanding]])}`
  for (let after: string | undefined, more = true; more; ) {
    const page = await c
      .get('system')
      .models.find(sales, { where: whereOf(filters), ...latestFirst, limit: csvPage, ...(after && { after }) })
    const found = page.items.map(({ document }) => document)
    const names = await namesOf(c, reader, {
      people: found.map(({ cashierId }) => cashierId),
      customers: found.map(({ customerId }) => customerId),
    })
    const rows = found.map((sale) => [
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
    // A spreadsheet must not run what somebody has called themselves.
    if (rows.length > 0) yield stringify(rows, { escape_formulas: true })
    after = page.next
    more = after !== undefined
  }
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
    const [page, count, cashiers, today] = await Promise.all([
      models.find(sales, { where, ...latestFirst, limit: pageSize, ...(after && { after }) }),
      models.count(sales, { where }),
      cashiersOf(c),
      todayOf(c),
    ])
    const found = page.items.map(({ document }) => document)
    const main = salesContent(frame.reader, {
      asked: filters,
      sales: found,
      count,
      next: page.next,
      further: after !== undefined,
      today,
      periods: { yesterday: addDays(today, -1), week: addDays(today, -6), month: `${today.slice(0, 8)}01` },
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
    c.header('content-type', 'text/csv; charset=utf-8')
    c.header('content-disposition', `attachment; filename="sales-${await todayOf(c)}.csv"`)
    return stream(c, async (out) => {
      for await (const part of csvOf(c, reader, filters)) await out.write(part)
    })
  })

  return pages
}
