// Liveness, readiness and health: what orchestrators, proxies and administrators ask.
import { Hono } from 'hono'
import { may } from '../auth/permissions.ts'
import { type HealthReport, needed } from '../monitoring/index.ts'
import type { System } from '../system.ts'
import { callerAsTold } from './authenticate.ts'
import type { AppContext, Environment } from './environment.ts'

const media = 'application/health+json'

const statusOf = ({ status }: HealthReport) => (status === 'fail' ? 503 : 200)

/** Whether the caller may know more than that it is well or not. */
async function maySeeMore(c: AppContext): Promise<boolean> {
  const caller = await callerAsTold(c)
  return caller !== undefined && may(caller.role, 'system.read')
}

export function healthRoutes({ monitoring: { health } }: System): Hono<Environment> {
  const routes = new Hono<Environment>()
  routes.get('/health/live', (c) => c.json({ status: 'pass' }))
  routes.get('/health/ready', async (c) => {
    const report = await health.of(needed)
    return c.json({ status: report.status }, statusOf(report))
  })
  routes.get('/api/system/health', async (c) => {
    const report = await health.report()
    const told = (await maySeeMore(c)) ? { ...report, serviceId: 'caminho-seguro' } : { status: report.status }
    return c.body(JSON.stringify(told), statusOf(report), { 'content-type': media })
  })
  return routes
}
