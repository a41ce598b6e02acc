// The metrics: how the system is doing now, as JSON for people and the page, as Prometheus text for a scraper.
import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { metricNames, metrics } from '../../../otel/metrics.ts'
import { fittingStep, mostSteps, prometheusText } from '../../monitoring/index.ts'
import type { AppContext, Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { listOf } from './lists.ts'
import { apiRoutes, route } from './route.ts'

const path = '/api/system/metrics'
/** As many as one look takes in. */
const slowest = 10

const times = {
  count: z.int(),
  mean: z.number().describe('Milliseconds, like all that follow'),
  p50: z.number(),
  p95: z.number(),
  p99: z.number(),
  longest: z.number(),
}
const byName = z.record(z.string(), z.number())

const answered = z
  .object({
    at: z.string(),
    requests: z
      .object({
        ...times,
        perMinute: z.number(),
        errorRate: z.number().describe('Share of answers with a status of 500 or more'),
        active: z.number(),
      })
      .describe('The last minute'),
    gauges: byName.describe('The mean of the last minute'),
    counters: byName.describe('How much there was in the last minute'),
    slowestRoutes: listOf(z.object({ method: z.string(), route: z.string(), errors: z.int(), ...times })).describe(
      'The last half to whole hour',
    ),
    uptime: z.number().describe('Seconds since this process started'),
  })
  .openapi('Metrics')

async function answer(c: AppContext): Promise<Response> {
  const { monitoring, now } = c.get('system')
  const accepted = c.req.header('accept') ?? ''
  if (/text\/plain|openmetrics/.test(accepted))
    return c.text(prometheusText(await monitoring.totals()), 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    })
  const told: z.infer<typeof answered> = {
    at: now().toISOString(),
    ...(await monitoring.figures()),
    slowestRoutes: monitoring.slowestRoutes(slowest),
    uptime: Math.round(process.uptime()),
  }
  return c.json(told)
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Answers a scraper that carries the configured token, before anybody looks for a person behind it. */
export const scraped = (): MiddlewareHandler<Environment> => async (c, next) => {
  const { metricsToken } = c.get('system').config
  if (metricsToken === undefined || c.req.method !== 'GET' || c.req.path !== path) return next()
  const given = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  const isScraper = given !== undefined && timingSafeEqual(digest(given), digest(metricsToken))
  return isScraper ? answer(c) : next()
}

const hour = 3_600_000
const day = 24 * hour

const told = z.union([
  z.object({ sum: z.number() }),
  z.object({ mean: z.number(), highest: z.number() }),
  z.object(times),
])

/** Windows of the availability, in milliseconds. */
const windows = { day, week: 7 * day, month: 30 * day, quarter: 90 * day } as const
const share = z.number().nullable().describe('Share of the time, null before anything is known')

export function metricsApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      `${path}/history`,
      {
        query: z.object({
          metric: z.enum(metricNames).default('http.server.request.duration'),
          from: z.iso.datetime().optional().describe('An hour ago unless given'),
          to: z.iso.datetime().optional().describe('Now unless given'),
          step: z.coerce
            .number()
            .int()
            .multipleOf(60)
            .min(60)
            .max(30 * 86_400)
            .optional()
            .describe('Seconds, whole minutes; fitting unless given'),
          node: z.string().max(100).optional().describe('One node; all together unless given'),
        }),
      },
      {
        summary: 'How a metric was, by steps of time',
        tag: 'System',
        permission: 'system.read',
        answer: z.object({
          metric: z.string(),
          unit: z.string().describe('Times of timings are milliseconds'),
          step: z.int().describe('Seconds'),
          items: listOf(z.object({ at: z.string(), value: told.nullable() })),
        }),
      },
    ),
    async (c) => {
      const { metric, node, ...asked } = c.req.valid('query')
      const { monitoring, now } = c.get('system')
      const to = asked.to === undefined ? now().getTime() : Date.parse(asked.to)
      const from = asked.from === undefined ? to - hour : Date.parse(asked.from)
      if (from >= to) throw new ProblemError('empty-range', { field: 'from' })
      const step = asked.step === undefined ? fittingStep(from, to) : asked.step * 1_000
      if ((to - from) / step > mostSteps) throw new ProblemError('too-many-points', { most: mostSteps })
      const items = await monitoring.history({ metric, from, to, step, node })
      return c.json({ metric, unit: metrics[metric].unit, step: step / 1_000, items })
    },
  )

  api.openapi(
    route(
      'get',
      '/api/system/availability',
      {},
      {
        summary: 'How much of the time the system was ready',
        tag: 'System',
        permission: 'system.read',
        answer: z.object({ day: share, week: share, month: share, quarter: share }),
      },
    ),
    async (c) => {
      const of = async (milliseconds: number) => (await c.get('system').monitoring.availability(milliseconds)) ?? null
      const [day, week, month, quarter] = await Promise.all(Object.values(windows).map(of))
      return c.json({ day: day ?? null, week: week ?? null, month: month ?? null, quarter: quarter ?? null })
    },
  )
  api.openapi(
    route(
      'get',
      path,
      {},
      {
        summary: 'How the system is doing now; Prometheus text for Accept: text/plain',
        tag: 'System',
        permission: 'system.read',
        answer: answered,
      },
    ),
    answer as never,
  )
  return api
}
