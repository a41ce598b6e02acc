// What is answered until the stores have answered for the first time: how it is, and to everything else, that it comes soon.
import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { barePage } from '../../views/layout.ts'
import { errorContent } from '../../views/pages/error.ts'
import { readerFor } from '../../views/reader.ts'
import type { Assets } from './assets.ts'
import type { Environment } from './environment.ts'
import { localeOf } from './locale.ts'
import { explain, problemOf, statusOf } from './problems.ts'
import { securityHeaders } from './security.ts'
import { standing } from './standing-headers.ts'

const code = 'unavailable'

export interface WaitingOptions {
  readonly assets: Assets
  readonly https: boolean
  /** What is waited for, without anything that only an administrator may know. */
  readonly cause: () => string
}

/** The app while there is no system behind it yet. */
export function waitingApp({ assets, https, cause }: WaitingOptions): Hono<Environment> {
  const health = () => {
    const time = new Date().toISOString()
    const seen = { componentType: 'datastore', status: 'fail', observedValue: 'none', observedUnit: '', time }
    return JSON.stringify({ status: 'fail', checks: { 'start-up': [{ ...seen, output: cause() }] } })
  }
  const app = new Hono<Environment>()
  app.use(securityHeaders({ https }))
  app.use((c, next) => {
    standing(c, 'cache-control', 'no-store')
    return next()
  })
  app.get('/health/live', (c) => c.json({ status: 'pass' }))
  app.get('/health/ready', (c) => c.json({ status: 'fail' }, 503))
  app.get('/api/system/health', (c) => c.body(health(), 503, { 'content-type': 'application/health+json' }))
  app.route('/', assets.routes)
  app.all('*', (c) => {
    c.header('retry-after', '2')
    const locale = localeOf(c)
    if (c.req.path.startsWith('/api/'))
      return c.body(JSON.stringify(problemOf(locale, code)), statusOf(code), {
        'content-type': 'application/problem+json',
      })
    const reader = readerFor({ locale })
    const title = explain(locale, code)
    const main = errorContent(reader, { title, requestId: randomUUID() })
    // A browser asks again by itself.
    if (c.req.method === 'GET') c.header('refresh', '3')
    return c.html(barePage({ reader, theme: 'system', assets: assets.url }, { title, main }).toString(), statusOf(code))
  })
  return app
}
