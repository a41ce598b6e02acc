// Every answer is told to the meter: its route, its status, how long it took.
import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { AppContext, Environment } from './environment.ts'

/** The pattern of the route that answered; `*` for what no route of ours matches, so that made-up addresses cannot fill a table. */
function patternOf(c: AppContext): string {
  const route = matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))
  return route?.path ?? '*'
}

export const metered = (): MiddlewareHandler<Environment> => async (c, next) => {
  const { requests } = c.get('system').monitoring
  const begun = performance.now()
  requests.begun()
  try {
    await next()
  } finally {
    requests.answered({
      method: c.req.method,
      route: patternOf(c),
      status: c.res.status,
      milliseconds: performance.now() - begun,
      person: c.get('caller')?.sub,
    })
  }
}
