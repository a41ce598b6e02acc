// Liveness, readiness and health: what orchestrators, proxies and administrators ask.
import { Hono } from 'hono'
import { may } from '../auth/permissions.ts'
import type { System } from '../system.ts'
import { callerAsTold } from './authenticate.ts'
import type { Environment } from './environment.ts'

/** Milliseconds that a part may take to answer. */
const patience = 2_000

type Check = { readonly status: 'pass' | 'fail'; readonly observed?: string; readonly cause?: string }

async function checked(part: () => Promise<string>): Promise<Check> {
  const timeout = AbortSignal.timeout(patience)
  const late = new Promise<never>((_, reject) => {
    timeout.addEventListener('abort', () => reject(new Error(`no answer within ${patience} ms`)), { once: true })
  })
  try {
    return { status: 'pass', observed: await Promise.race([part(), late]) }
  } catch (error) {
    return { status: 'fail', cause: error instanceof Error ? error.message : String(error) }
  }
}

/** For whom may not see more: whether each part passes, not why, and not how much has happened. */
const inShort = ({ status, checks }: Awaited<ReturnType<typeof healthOf>>) => ({
  status,
  checks: Object.fromEntries(Object.entries(checks).map(([part, { status }]) => [part, { status }])),
})

/** The state of each part (after draft-inadarei-api-health-check). */
export async function healthOf(system: System) {
  const [eventStore, readModels] = await Promise.all([
    checked(async () => String(await system.store.head())),
    checked(async () => {
      const stopped = (await system.models.checkpoints()).filter(({ live, failure }) => live && failure)
      if (stopped.length > 0) throw new Error(`stopped: ${stopped.map(({ name }) => name).join(', ')}`)
      return String(system.progress.position)
    }),
  ])
  const startUp: Check = system.startUp.done ? { status: 'pass' } : { status: 'fail', cause: 'still starting' }
  const checks = { 'start-up': startUp, 'event-store:position': eventStore, 'read-models:position': readModels }
  const status = Object.values(checks).every((check) => check.status === 'pass') ? 'pass' : 'fail'
  return { status, checks } as const
}

export function healthRoutes(system: System): Hono<Environment> {
  const routes = new Hono<Environment>()
  routes.get('/health/live', (c) => c.json({ status: 'pass' }))
  routes.get('/health/ready', async (c) => {
    const { status } = await healthOf(system)
    return c.json({ status }, status === 'pass' ? 200 : 503)
  })
  routes.get('/api/system/health', async (c) => {
    const health = await healthOf(system)
    const caller = await callerAsTold(c)
    const told = caller && may(caller.role, 'system.read') ? health : inShort(health)
    return c.json(told, health.status === 'pass' ? 200 : 503)
  })
  return routes
}
