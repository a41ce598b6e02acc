// Reports: the same figures as the pages show, for programs.
import { z } from '@hono/zod-openapi'
import { dayCount, daysOfMonth, mostDays, type Period, periodFrom } from '../../reporting/period.ts'
import type { Report, ReportId } from '../../reporting/report.ts'
import { makeReport } from '../../reporting/reports.ts'
import type { AppContext } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { todayOf } from '../today.ts'
import { dayFilter, listOf } from './lists.ts'
import { currencyOf } from './product-view.ts'
import { apiRoutes, route } from './route.ts'

const tag = 'Reports'
const permission = 'reports.read'

const cell = z.union([z.string(), z.number()]).nullable()
const cells = z.record(z.string(), cell.optional()).readonly()
const days = z.object({ from: z.string(), to: z.string() })

const reportView = z
  .object({
    id: z.string(),
    currency: z.string(),
    period: days.extend({ before: days }).nullable().describe('`before`: the days that it is measured against'),
    locationId: z.string().nullable().describe('Null: all locations'),
    figures: listOf(z.object({ name: z.string(), kind: z.string(), value: cell, before: cell })),
    columns: listOf(z.object({ name: z.string(), kind: z.string().describe('How its cells are to be read') })),
    rows: listOf(z.object({ id: z.string(), cells, decimals: z.int() })),
    totals: cells,
  })
  .openapi('Report')

const present = (report: Report, currency: string): z.infer<typeof reportView> => {
  const { period, figures, columns, rows, totals } = report
  return {
    id: report.id,
    currency,
    period: period ? { from: period.from, to: period.to, before: period.before } : null,
    locationId: report.locationId ?? null,
    figures: figures.map(({ name, kind, value, before = null }) => ({ name, kind, value, before })),
    columns,
    rows: rows.map(({ id, cells, decimals = 0 }) => ({ id, cells, decimals })),
    totals,
  }
}

async function answer(c: AppContext, id: ReportId, asked: { period: Period; locationId: string | undefined }) {
  const report = await makeReport(c.get('system').models, id, asked, await todayOf(c))
  return present(report, await currencyOf(c))
}

/** The days that are asked for, the current month unless named. */
function periodOf(asked: { from?: string | undefined; to?: string | undefined }, today: string): Period {
  const { from, to = from === undefined ? undefined : today } = asked
  const wrong = (message: string) => new ProblemError('invalid-input', { errors: [{ field: 'from', message }] })
  if (from === undefined && to !== undefined) throw wrong('Name the first day, too')
  if (from !== undefined && to !== undefined) {
    if (from > to) throw wrong('The first day comes after the last one')
    if (dayCount({ from, to }) > mostDays) throw wrong(`At most ${mostDays} days`)
  }
  return periodFrom({ from, to }, today)
}

const location = z.string().max(100).optional()

export function reportsApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/reports/sales',
      {
        query: z.object({
          by: z.enum(['day', 'hour', 'product', 'category', 'employee', 'location']).default('day'),
          from: dayFilter.optional(),
          to: dayFilter.optional(),
          location,
        }),
      },
      { summary: 'Sales by day, hour, product, category, employee or location', tag, permission, answer: reportView },
    ),
    async (c) => {
      const { by, location, ...asked } = c.req.valid('query')
      const period = periodOf(asked, await todayOf(c))
      return c.json(await answer(c, `sales-by-${by}`, { period, locationId: location }))
    },
  )

  api.openapi(
    route(
      'get',
      '/api/reports/margins',
      { query: z.object({ from: dayFilter.optional(), to: dayFilter.optional(), location }) },
      { summary: 'What remains after tax and the cost of the goods', tag, permission, answer: reportView },
    ),
    async (c) => {
      const { location, ...asked } = c.req.valid('query')
      return c.json(await answer(c, 'margins', { period: periodOf(asked, await todayOf(c)), locationId: location }))
    },
  )

  api.openapi(
    route(
      'get',
      '/api/reports/iva',
      {
        query: z.object({
          month: z
            .string()
            .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'YYYY-MM')
            .optional()
            .describe('YYYY-MM; the current one unless named'),
        }),
      },
      { summary: 'The tax of a month by rate', tag, permission, answer: reportView },
    ),
    async (c) => {
      const today = await todayOf(c)
      const { month = today.slice(0, 7) } = c.req.valid('query')
      return c.json(await answer(c, 'iva', { period: periodFrom(daysOfMonth(month), today), locationId: undefined }))
    },
  )

  for (const [id, summary] of [
    ['stock-value', 'What the stock is worth now'],
    ['low-stock', 'What runs low, the most urgent first'],
  ] as const)
    api.openapi(
      route(
        'get',
        `/api/reports/${id}`,
        { query: z.object({ location }) },
        { summary, tag, permission, answer: reportView },
      ),
      async (c) => {
        const period = periodFrom({}, await todayOf(c))
        return c.json(await answer(c, id, { period, locationId: c.req.valid('query').location }))
      },
    )

  return api
}
