// What happens, as it happens: server-sent events, who is there, and the document of the push protocol. WebSockets are the gateway's (src/push).
import { z } from '@hono/zod-openapi'
import { asyncApiDocument, position, subscription } from '../../push/index.ts'
import { callerOf } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { listOf } from './lists.ts'
import { apiRoutes, route } from './route.ts'

const tag = 'Push'
const commaSeparated = z
  .string()
  .max(2_000)
  .transform((text) => text.split(',').filter(Boolean))
const asJson = z
  .string()
  .max(2_000)
  .transform((text, context) => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON' })
      return z.NEVER
    }
  })
const { rooms, events, filter } = subscription.shape

const asked = z.object({
  rooms: commaSeparated.pipe(rooms.unwrap()).optional().openapi({ type: 'string' }),
  events: commaSeparated.pipe(events.unwrap()).optional().openapi({ type: 'string' }),
  filter: asJson.pipe(filter.unwrap()).optional().openapi({ type: 'string' }),
  after: position.optional(),
})

const streamed = { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' }

export function eventsApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/events',
      { query: asked },
      { summary: 'What happens, as server-sent events; see /api/asyncapi.json', tag, media: 'text/event-stream' },
    ),
    async (c) => {
      const { push } = c.get('system')
      const { after, ...subscription } = c.req.valid('query')
      const wanted = after ?? c.req.header('last-event-id')
      if (wanted !== undefined && !position.safeParse(wanted).success)
        throw new ProblemError('malformed-request', { parameter: 'Last-Event-ID' })
      const since = wanted === undefined ? undefined : BigInt(wanted)
      if (since !== undefined && !(await push.knows(since))) throw new ProblemError('unknown-position')
      const stream = await push.stream({ claims: callerOf(c), subscription, after: since })
      if (!stream) throw new ProblemError('not-signed-in', {}, { 'www-authenticate': 'Bearer' })
      if ('barred' in stream) throw new ProblemError('forbidden', { room: stream.barred })
      return c.body(stream, 200, streamed)
    },
  )

  api.openapi(
    route(
      'get',
      '/api/presence',
      {},
      {
        summary: 'Who is connected',
        tag,
        permission: 'people.read',
        answer: z.object({ count: z.int(), people: listOf(z.string()) }),
      },
    ),
    async (c) => {
      const people = await c.get('system').push.present()
      return c.json({ count: people.length, people })
    },
  )

  api.get('/api/asyncapi.json', (c) => c.json(asyncApiDocument()))

  return api
}
