// The dashboard: how today is, in one look.
import { Hono } from 'hono'
import { type Product, products } from '../../../projections/products.ts'
import { sales } from '../../../projections/sales.ts'
import { allLocations, type DayOfSales, dayOfSalesId, salesByDay } from '../../../projections/sales-by-day.ts'
import { type StockLevel, stockLevels } from '../../../projections/stock-levels.ts'
import { tasks } from '../../../projections/tasks.ts'
import { layout } from '../../../views/layout.ts'
import { type DashboardFigures, type DaySummary, dashboardContent } from '../../../views/pages/dashboard.ts'
import { addDays, localTime } from '../../domain/calendar.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { type AppContext, callerMay, type Environment } from '../environment.ts'
import { assigneesOf } from '../reach.ts'
import { companyOf, frameOf, openLocations } from './frame.ts'
import { rememberedPage } from './remembered.ts'

/** Days that the trend shows. */
const trendDays = 30
const shown = 4
/** As many low products as one look takes in; more are counted up to here. */
const mostLow = 1_000

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
    models.find(stockLevels, { where: { low: true, ...(everywhere ? {} : { locationId }) }, limit: mostLow }),
    models.find(tasks, {
      where: { assigneeKey: { in: (await assigneesOf(c)).all }, status: 'open' },
      sort: { by: 'dueOn' },
      limit: shown,
    }),
  ])
  const byDay = new Map(figures.map(({ document }) => [document.day, document]))
  const runningLow = await withProducts(
    c,
    low.items.map(({ document }) => document),
  )

  return {
    today: summaryOf(today, byDay.get(today)),
    before: summaryOf(addDays(today, -7), byDay.get(addDays(today, -7))),
    hour,
    trend: days.map((day) => summaryOf(day, byDay.get(day))),
    latest: latest.items.map(({ document }) => document),
    low: runningLow.slice(0, shown),
    lowCount: runningLow.length,
    tasks: own.items.map(({ document }) => document),
  }
}

/** The levels with their products, what is nearest to its end first: quantities of different units are compared by their minimum. */
async function withProducts(c: AppContext, levels: readonly StockLevel[]) {
  const found = await c.get('system').models.getMany(
    products,
    levels.map(({ productId }) => productId),
  )
  const known = new Map(found.map(({ id, document }) => [id, document]))
  const left = ({ level, product }: { readonly level: StockLevel; readonly product: Product }) =>
    level.onHand / Math.max(1, product.reorderPoint)
  return levels
    .flatMap((level) => {
      const product = known.get(level.productId)
      return product && !product.discontinued ? [{ level, product }] : []
    })
    .sort((a, b) => left(a) - left(b))
}

export function dashboardPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  const remembered = rememberedPage()

  const write = async (c: AppContext, asked: string): Promise<string> => {
    const frame = await frameOf(c, assets)
    const places = await openLocations(c)
    const locationId = places.some((place) => place.locationId === asked) ? asked : allLocations
    const main = dashboardContent(frame.reader, {
      figures: await figuresOf(c, locationId),
      locations: places,
      locationId: locationId === allLocations ? undefined : locationId,
      maySell: callerMay(c, 'sales.register'),
      maySeeMargin: callerMay(c, 'reports.read'),
    })
    return String(
      await layout(frame, {
        title: frame.reader.t('dashboard.title'),
        main,
        current: 'today',
      }),
    )
  }

  pages.get('/', authorise(undefined), async (c) => {
    const asked = c.req.query('location') ?? allLocations
    // The figures are compared up to the present hour, wherever the company is.
    const hour = c.get('system').now().toISOString().slice(0, 13)
    return c.html(await remembered(c, [asked, hour], () => write(c, asked)))
  })

  return pages
}
