// The system monitor's pages, for administrators: how it is now, and how it was.
import { Hono } from 'hono'
import { alerts } from '../../../projections/alerts.ts'
import { layout } from '../../../views/layout.ts'
import { systemContent } from '../../../views/pages/system.ts'
import { type ChartName, charted, chartNames, type Series } from '../../../views/pages/system-charts.ts'
import { historyContent, type Range, ranges } from '../../../views/pages/system-history.ts'
import { fittingStep } from '../../monitoring/index.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { type AppContext, callerMay, type Environment } from '../environment.ts'
import { frameOf } from './frame.ts'

const slowestShown = 8
const hour = 3_600_000
const day = 24 * hour

const lengths: Readonly<Record<Range, number>> = { hour, day, week: 7 * day, month: 30 * day, quarter: 90 * day }
/** What the first page shows of the last hour. */
const shownFirst = ['response-time', 'requests', 'errors', 'cpu', 'memory', 'lag', 'listeners'] as const

async function seriesOf(c: AppContext, name: ChartName, from: number, to: number): Promise<Series> {
  const { monitoring } = c.get('system')
  const step = fittingStep(from, to, 120)
  const steps = await monitoring.history({ metric: charted[name].metric, from, to, step })
  return { name, step: step / 1_000, steps: steps.flatMap(({ at, value }) => (value === null ? [] : [{ at, value }])) }
}

/** Open alerts, the latest first. */
export async function openAlerts(c: AppContext) {
  const sort = { by: 'raisedAt', direction: 'descending' } as const
  const page = await c.get('system').models.find(alerts, { where: { status: 'open' }, sort, limit: 100 })
  return page.items.map(({ document }) => document)
}

/** The moment that an address names, in milliseconds, or now. */
const momentAsked = (asked: string | undefined, now: number): number => {
  const at = Date.parse(asked ?? '')
  return Number.isNaN(at) || at > now ? now : at
}

export function systemPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/system', authorise('system.read'), async (c) => {
    const { monitoring, now } = c.get('system')
    const to = now().getTime()
    const [frame, health, figures, charts, alerts, nodes, availability] = await Promise.all([
      frameOf(c, assets),
      monitoring.health.report(),
      monitoring.figures(),
      Promise.all(shownFirst.map((name) => seriesOf(c, name, to - hour, to))),
      openAlerts(c),
      monitoring.nodes(),
      Promise.all([day, 7 * day, 30 * day, 90 * day].map((length) => monitoring.availability(length))),
    ])
    const slowest = monitoring.slowestRoutes(slowestShown)
    const mayBackUp = callerMay(c, 'backups.manage')
    const main = systemContent(frame.reader, {
      health,
      figures,
      charts,
      alerts,
      nodes,
      availability,
      slowest,
      mayBackUp,
    })
    const title = frame.reader.t('system.title')
    return c.html(layout(frame, { title, main, current: 'system' }))
  })

  pages.get('/system/history', authorise('system.read'), async (c) => {
    const now = c.get('system').now().getTime()
    const name = chartNames.find((known) => known === c.req.query('chart')) ?? 'response-time'
    const range = ranges.find((known) => known === c.req.query('range')) ?? 'day'
    const to = momentAsked(c.req.query('to'), now)
    const length = lengths[range]
    const [frame, series] = await Promise.all([frameOf(c, assets), seriesOf(c, name, to - length, to)])
    const text = (at: number) => new Date(at).toISOString()
    const main = historyContent(frame.reader, {
      series,
      range,
      from: text(to - length),
      to: text(to),
      earlier: text(to - length),
      later: to < now ? text(Math.min(now, to + length)) : undefined,
    })
    return c.html(layout(frame, { title: frame.reader.t('system.title'), main, current: 'system' }))
  })

  return pages
}
