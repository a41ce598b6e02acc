// The dashboard: how today is, in one look.
import { Hono } from 'hono'
import { products } from '../../../projections/products.ts'
import { sales } from '../../../projections/sales.ts'
import { allLocations, type DayOfSales, dayOfSalesId, salesByDay } from '../../../projections/sales-by-day.ts'
import { stockLevels } from '../../../projections/stock-levels.ts'
import { tasks } from '../../../projections/tasks.ts'
import { layout } from '../../../views/layout.ts'
import { type DashboardFigures, type DaySummary, dashboardContent } from '../../../views/pages/dashboard.ts'
import { addDays, localTime } from '../../domain/calendar.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { type AppContext, callerMay, type Environment } from '../environment.ts'
import { assigneesOf } from '../reach.ts'
import { companyOf, frameOf, openLocations } from './frame.ts'

/** Days that the trend shows. */
const trendDays = 30
const shown = 6

const summaryOf = (day: string, figures: DayOfSales | undefined): DaySummary => ({
  day,
  revenue: figures?.revenue ?? 0,
  tax: figures?.tax ?? 0,
  cost: figures?.cost ?? 0,
  sales: figures?.sales ?? 0,
  byHour: figures?.revenueByHour ?? [],
})

async function figuresOf(c: AppContext, locationId: string): Promise<DashboardFigures> {
  const { models, now } = c.get('system')
  const company = await companyOf(c)
  const { day: today, hour } = localTime(now().toISOString(), company?.timeZone ?? 'Africa/Maputo')
  const days = Array.from({ length: trendDays }, (_, at) => addDays(today, at - trendDays + 1))
  const everywhere = locationId === allLocations

  const [figures, latest, low, own] = await Promise.all([
    models.getMany(
      salesByDay,
      days.map((day) => dayOfSalesId(day, locationId)),
    ),
    models.find(sales, {
      ...(everywhere ? {} : { where: { locationId } }),
      sort: { by: 'at', direction: 'descending' },
      limit: shown,
    }),
    models.find(stockLevels, { where: { low: true, ...(everywhere ? {} : { locationId }) }, limit: 200 }),
    models.find(tasks, {
      where: { assigneeKey: { in: (await assigneesOf(c)).all }, status: 'open' },
      sort: { by: 'dueOn' },
      limit: shown,
    }),
  ])
  const byDay = new Map(figures.map(({ document }) => [document.day, document]))
  const lowest = low.items.map(({ document }) => document).sort((a, b) => a.onHand - b.onHand)
  const named = await models.getMany(
    products,
    lowest.slice(0, shown).map(({ productId }) => productId),
  )
  const nameOf = new Map(named.map(({ document }) => [document.productId, document]))

  return {
    today: summaryOf(today, byDay.get(today)),
    before: summaryOf(addDays(today, -7), byDay.get(addDays(today, -7))),
    hour,
    trend: days.map((day) => summaryOf(day, byDay.get(day))),
    latest: latest.items.map(({ document }) => document),
    low: lowest.slice(0, shown).flatMap((level) => {
      const product = nameOf.get(level.productId)
      return product ? [{ level, product }] : []
    }),
    lowCount: low.items.length,
    tasks: own.items.map(({ document }) => document),
  }
}

export function dashboardPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/', authorise(undefined), async (c) => {
    const frame = await frameOf(c, assets)
    const places = await openLocations(c)
    const asked = c.req.query('location')
    const locationId = places.some((place) => place.locationId === asked) && asked ? asked : allLocations
    const main = dashboardContent(frame.reader, {
      figures: await figuresOf(c, locationId),
      locations: places,
      locationId: locationId === allLocations ? undefined : locationId,
      maySell: callerMay(c, 'sales.register'),
      maySeeMargin: callerMay(c, 'reports.read'),
    })
    return c.html(layout(frame, { title: frame.reader.t('dashboard.title'), main, current: 'today' }))
  })

  return pages
}
