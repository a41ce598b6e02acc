// The dashboard's figures: how today is.
import { z } from '@hono/zod-openapi'
import { sales } from '../../../projections/sales.ts'
import { allLocations, type DayOfSales, dayOfSalesId, salesByDay } from '../../../projections/sales-by-day.ts'
import { stockLevels } from '../../../projections/stock-levels.ts'
import { tasks } from '../../../projections/tasks.ts'
import { addDays } from '../../domain/calendar.ts'
import { filters } from '../filters.ts'
import { assigneesOf } from '../reach.ts'
import { todayOf } from '../today.ts'
import { listOf } from './lists.ts'
import { currencyOf } from './product-view.ts'
import { apiRoutes, route } from './route.ts'
import { presentSales, saleItem } from './sale-view.ts'

const daySummary = z.object({
  day: z.string(),
  sales: z.int(),
  revenue: z.int(),
  tax: z.int(),
  refunded: z.int(),
  revenueByHour: listOf(z.int()),
})

const summaryOf = (day: string, figures: DayOfSales | undefined): z.infer<typeof daySummary> => ({
  day,
  sales: figures?.sales ?? 0,
  revenue: figures?.revenue ?? 0,
  tax: figures?.tax ?? 0,
  refunded: figures?.refunded ?? 0,
  revenueByHour: figures?.revenueByHour ?? [],
})

export function dashboardApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/dashboard',
      {
        query: z.object({
          location: z.string().max(100).optional(),
          days: z.coerce.number().int().min(1).max(366).default(30).describe('Days of the trend'),
        }),
      },
      {
        summary: 'Today against the same weekday, the trend, what runs low, what waits',
        tag: 'Reports',
        permission: 'sales.read',
        answer: z
          .object({
            currency: z.string(),
            today: daySummary,
            sameWeekday: daySummary,
            trend: listOf(z.object({ day: z.string(), sales: z.int(), revenue: z.int() })),
            lowStock: z.int(),
            openTasks: z.int().describe('Yours and those of your departments'),
            latestSales: listOf(saleItem),
          })
          .openapi('Dashboard'),
      },
    ),
    async (c) => {
      const { location, days } = c.req.valid('query')
      const { models } = c.get('system')
      const today = await todayOf(c)
      const weekAgo = addDays(today, -7)
      const span = Array.from({ length: Math.max(days, 8) }, (_, at) => addDays(today, at + 1 - Math.max(days, 8)))
      const idOf = (day: string) => dayOfSalesId(day, location ?? allLocations)
      const place = filters({ locationId: location })
      const [figures, latest, lowStock, openTasks] = await Promise.all([
        models.getMany(salesByDay, span.map(idOf)),
        models.find(sales, { where: place, sort: { by: 'at', direction: 'descending' }, limit: 10 }),
        models.count(stockLevels, { where: { ...place, low: true } }),
        models.count(tasks, { where: { assigneeKey: { in: (await assigneesOf(c)).all }, status: 'open' } }),
      ])
      const known = new Map(figures.map(({ document }) => [document.day, document]))
      return c.json({
        currency: await currencyOf(c),
        today: summaryOf(today, known.get(today)),
        sameWeekday: summaryOf(weekAgo, known.get(weekAgo)),
        trend: span.slice(-days).map((day) => {
          const { sales, revenue } = summaryOf(day, known.get(day))
          return { day, sales, revenue }
        }),
        lowStock,
        openTasks,
        latestSales: await presentSales(
          c,
          latest.items.map(({ document }) => document),
        ),
      })
    },
  )

  return api
}
