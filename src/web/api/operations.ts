// What keeps the system going: projections stopped and started, parked events replayed or given up, nodes, the recent log.
import { z } from '@hono/zod-openapi'
import { projections } from '../../../projections/index.ts'
import { holdsIn } from '../../subscribers/holds.ts'
import { parkedEvent, parkedEvents } from '../../subscribers/parked-events.ts'
import { type AppContext, callerOf } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { listOf } from './lists.ts'
import { apiRoutes, route } from './route.ts'

const tag = 'System'
const named = z.object({ name: z.string().min(1).max(100) })
const nameAnswer = z.object({ name: z.string() })

/** Stops a projection where it stands, or lets it go on; whichever node runs it hears of it within seconds. */
export async function holdProjection(c: AppContext, name: string, held: boolean): Promise<void> {
  const { keyValue, log } = c.get('system')
  if (!projections.some((known) => known.name === name)) throw new ProblemError('unknown-projection', { name })
  const holds = holdsIn(keyValue)
  await (held ? holds.add(name) : holds.remove(name))
  log.info({ projection: name, by: callerOf(c).sub }, held ? 'a projection was stopped' : 'a projection was started')
}

/** Tries a parked event once more, or gives it up. */
export async function settleParked(
  c: AppContext,
  { reactor, eventId }: { readonly reactor: string; readonly eventId: string },
  how: 'replay' | 'discard',
): Promise<'done' | 'failed'> {
  const { reactors, log } = c.get('system')
  log.info({ reactor, eventId, by: callerOf(c).sub }, `a parked event: ${how}`)
  if (how === 'replay') {
    const outcome = await reactors().replay(reactor, eventId)
    if (outcome === 'unknown') throw new ProblemError('unknown-parked-event')
    return outcome
  }
  if (!(await reactors().discard(reactor, eventId))) throw new ProblemError('unknown-parked-event')
  return 'done'
}

const node = z
  .object({
    node: z.string(),
    version: z.string(),
    status: z.enum(['pass', 'warn', 'fail']),
    present: z.boolean(),
    firstSeenAt: z.string(),
    startedAt: z.string(),
    seenAt: z.string(),
  })
  .openapi('Node')

const line = z
  .object({
    number: z.int(),
    level: z.int().describe('30 is info, 40 a warning, 50 an error, 60 fatal'),
    time: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
  })
  .openapi('LogLine')

export function operationsApi() {
  const api = apiRoutes()

  for (const [verb, held, summary] of [
    ['stop', true, 'Stop a projection where it stands'],
    ['start', false, 'Let a stopped projection go on'],
  ] as const)
    api.openapi(
      route(
        'post',
        `/api/system/projections/{name}/${verb}`,
        { params: named },
        { summary, tag, permission: 'system.operate', answer: nameAnswer },
      ),
      async (c) => {
        const { name } = c.req.valid('param')
        await holdProjection(c, name, held)
        return c.json({ name })
      },
    )

  api.openapi(
    route(
      'get',
      '/api/system/parked-events',
      {},
      {
        summary: 'Events that reactors could not react to',
        tag,
        permission: 'system.read',
        answer: z.object({ items: listOf(parkedEvent) }),
      },
    ),
    async (c) => c.json({ items: await parkedEvents(c.get('system').keyValue).all() }),
  )

  for (const [how, summary] of [
    ['replay', 'Try a parked event once more'],
    ['discard', 'Give a parked event up for good'],
  ] as const)
    api.openapi(
      route(
        'post',
        `/api/system/parked-events/{reactor}/{eventId}/${how}`,
        { params: z.object({ reactor: z.string().min(1).max(100), eventId: z.string().min(1).max(100) }) },
        { summary, tag, permission: 'system.operate', answer: z.object({ outcome: z.enum(['done', 'failed']) }) },
      ),
      async (c) => c.json({ outcome: await settleParked(c, c.req.valid('param'), how) }),
    )

  api.openapi(
    route(
      'get',
      '/api/system/nodes',
      {},
      { summary: 'The nodes of the system', tag, permission: 'system.read', answer: z.object({ items: listOf(node) }) },
    ),
    async (c) => {
      const nodes = await c.get('system').monitoring.nodes()
      return c.json({ items: nodes.map(({ measured: _measured, ...told }) => told) })
    },
  )

  api.openapi(
    route(
      'get',
      '/api/system/logs',
      {
        query: z.object({
          level: z.coerce.number().int().min(0).max(100).default(0),
          after: z.coerce.number().int().min(0).default(0).describe('The number of the last line that is known'),
          text: z.string().max(100).default(''),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
      },
      {
        summary: 'The recent log of the node that answers',
        tag,
        permission: 'system.read',
        answer: z.object({ node: z.string(), items: listOf(line) }),
      },
    ),
    async (c) => {
      const { recentLogs, config } = c.get('system')
      return c.json({ node: config.nodeName, items: recentLogs.read(c.req.valid('query')) })
    },
  )

  return api
}
