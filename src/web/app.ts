// The web app: what every request passes through, then the API or the pages.
import { Hono } from 'hono'
import type { System } from '../system.ts'
import { apiApp } from './api/index.ts'
import { scraped } from './api/metrics.ts'
import { loadAssets } from './assets.ts'
import { authenticate, isHttps } from './authenticate.ts'
import { compressed } from './compression.ts'
import { readYourWrites } from './consistency.ts'
import type { Environment } from './environment.ts'
import { answerError, answerNotFound } from './failures.ts'
import { healthRoutes } from './health.ts'
import { localeOf } from './locale.ts'
import { metered } from './metered.ts'
import { pagesApp } from './pages/index.ts'
import { recordLooks } from './personal-views.ts'
import { ProblemError } from './problems.ts'
import { keepPrivate, leadNobodyElsewhere, limitBody, sameOriginOnly, securityHeaders } from './security.ts'
import { standing } from './standing-headers.ts'

/** The app over an opened system. */
export function webApp(system: System, assets = loadAssets()): Hono<Environment> {
  const app = new Hono<Environment>()
  app.onError((error, c) => answerError(c, error, assets))
  app.notFound((c) => answerNotFound(c, assets))

  app.use((c, next) => {
    c.set('system', system)
    c.set('requestId', system.newId())
    c.set('locale', localeOf(c))
    standing(c, 'x-request-id', c.get('requestId'))
    return next()
  })
  app.use(metered())
  app.use(securityHeaders({ https: isHttps(system.config) }), keepPrivate(), leadNobodyElsewhere())
  app.route('/', assets.routes)
  app.route('/', healthRoutes(system))
  app.use((_, next) => {
    if (!system.startUp.done) throw new ProblemError('unavailable', {}, { 'retry-after': '2' })
    return next()
  })
  app.use(scraped())
  app.use(compressed())
  app.use(sameOriginOnly())
  app.use(limitBody())
  app.use(authenticate())
  app.use(readYourWrites())
  app.use(recordLooks())
  app.route('/', apiApp(assets))
  app.route('/', pagesApp(assets))
  return app
}
