// The metrics: how the system is doing now, as JSON for people and the page, as Prometheus text for a scraper.
import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { prometheusText } from '../../monitoring/index.ts'
import type { AppContext, Environment } from '../environment.ts'
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

const metrics = z
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
  const told: z.infer<typeof metrics> = {
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
  const given = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  const isScraper =
    metricsToken !== undefined &&
    given !== undefined &&
    c.req.method === 'GET' &&
    c.req.path === path &&
    timingSafeEqual(digest(given), digest(metricsToken))
  return isScraper ? answer(c) : next()
}

export function metricsApi() {
  const api = apiRoutes()
  api.openapi(
    route(
      'get',
      path,
      {},
      {
        summary: 'How the system is doing now; Prometheus text for Accept: text/plain',
        tag: 'System',
        permission: 'system.read',
        answer: metrics,
      },
    ),
    answer as never,
  )
  return api
}
