// Every request is told to the meter (its route, its status, how long it took), and is a span when spans are asked for.
import type { MiddlewareHandler, Next } from 'hono'
import { matchedRoutes } from 'hono/route'
import { traceparentIn } from '../kernel/tracing.ts'
import type { AppContext, Environment } from './environment.ts'

/** The pattern of the route that answers; `*` for what no route of ours matches, so that made-up addresses cannot fill a table. */
function patternOf(c: AppContext): string {
  const route = matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))
  return route?.path ?? '*'
}

/** Answers within a span, after the semantic conventions for HTTP servers. The address itself may name a person: it is left out. */
const traced = (c: AppContext, route: string, parent: string | undefined, next: Next): Promise<void> => {
  const { method } = c.req
  const attributes = { 'http.request.method': method, 'http.route': route, 'caminho.request.id': c.get('requestId') }
  return c.get('system').tracing.span(`${method} ${route}`, { kind: 'server', parent, attributes }, async (span) => {
    c.set('traceparent', span.traceparent)
    await next()
    span.set({ 'http.response.status_code': c.res.status })
    if (c.res.status >= 500) span.failed(String(c.res.status))
  })
}

export const metered = (): MiddlewareHandler<Environment> => async (c, next) => {
  const { monitoring, tracing } = c.get('system')
  const begun = performance.now()
  const route = patternOf(c)
  const parent = traceparentIn(c.req.header('traceparent'))
  c.set('traceparent', parent)
  monitoring.requests.begun()
  try {
    await (tracing.on ? traced(c, route, parent, next) : next())
  } finally {
    monitoring.requests.answered({
      method: c.req.method,
      route,
      status: c.res.status,
      milliseconds: performance.now() - begun,
      person: c.get('caller')?.sub,
    })
  }
}
