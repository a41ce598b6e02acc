// The system itself: alerts, and how far each projection has come.
import { z } from '@hono/zod-openapi'
import { alerts } from '../../../projections/alerts.ts'
import { projections } from '../../../projections/index.ts'
import { filters } from '../filters.ts'
import { ProblemError } from '../problems.ts'
import { listOf, paged, pageFrom } from './lists.ts'
import { apiRoutes, pageOf, paging, route } from './route.ts'

const tag = 'System'
const status = z.enum(['open', 'resolved'])

export function systemApi() {
  const api = apiRoutes()

  const alert = z
    .object({
      id: z.string(),
      kind: z.string(),
      subject: z.string(),
      detail: z.string(),
      severity: z.string(),
      status,
      announced: z.boolean().describe('Whether people were told'),
      raisedAt: z.string(),
      resolvedAt: z.string().nullable(),
      acknowledgement: z.object({ by: z.string(), at: z.string(), note: z.string() }).nullable(),
      times: z.int().describe('How often it was raised'),
    })
    .openapi('Alert')
  api.openapi(
    route(
      'get',
      '/api/system/alerts',
      { query: z.object({ ...paging, status: status.optional() }) },
      { summary: 'List alerts, the latest first', tag, permission: 'system.read', answer: pageOf(alert) },
    ),
    async (c) => {
      const { status, ...page } = c.req.valid('query')
      const sort = { by: 'raisedAt', direction: 'descending' } as const
      const query = { where: filters({ status }), sort, ...paged(page) }
      return c.json(
        await pageFrom(c, alerts, query, (all) => all.map(({ alertId, ...rest }) => ({ id: alertId, ...rest }))),
      )
    },
  )

  const projection = z
    .object({
      name: z.string(),
      version: z.int(),
      generation: z.int(),
      position: z.string(),
      live: z.boolean().describe('Whether this generation answers the queries'),
      failure: z.string().nullable(),
    })
    .openapi('Projection')
  api.openapi(
    route(
      'get',
      '/api/system/projections',
      {},
      {
        summary: 'How far each projection has come',
        tag,
        permission: 'system.read',
        answer: z.object({ head: z.string(), items: listOf(projection) }),
      },
    ),
    async (c) => {
      const { models, store } = c.get('system')
      const [checkpoints, head] = await Promise.all([models.checkpoints(), store.head()])
      const items = checkpoints.map(({ position, failure = null, ...rest }) => ({
        ...rest,
        position: String(position),
        failure,
      }))
      return c.json({ head: String(head), items })
    },
  )

  api.openapi(
    route(
      'post',
      '/api/system/projections/{name}/rebuild',
      { params: z.object({ name: z.string().min(1).max(100) }) },
      {
        summary: 'Build a projection anew beside the live one, which it then replaces',
        tag,
        permission: 'system.write',
        answer: z.object({ name: z.string() }),
      },
    ),
    async (c) => {
      const { name } = c.req.valid('param')
      if (!projections.some((known) => known.name === name)) throw new ProblemError('unknown-projection', { name })
      c.get('system').rebuild(name)
      return c.json({ name })
    },
  )

  return api
}
