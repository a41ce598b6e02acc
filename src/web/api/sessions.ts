// Sessions: who is signed in, from where, and ending that.
import { z } from '@hono/zod-openapi'
import { sessionOrigins } from '../../../projections/session-origins.ts'
import { type Session, sessions } from '../../../projections/sessions.ts'
import { revokeSession } from '../../auth/accounts.ts'
import { caughtUp } from '../consistency.ts'
import { type AppContext, callerMay, callerOf, commandContext } from '../environment.ts'
import { filters } from '../filters.ts'
import { ProblemError } from '../problems.ts'
import { byId, found, paged, pageFrom } from './lists.ts'
import { apiRoutes, commandAnswer, done, idParam, pageOf, paging, route } from './route.ts'

const tag = 'Access'
const status = z.enum(['active', 'ended', 'revoked'])

const session = z
  .object({
    id: z.string(),
    personId: z.string(),
    status,
    startedAt: z.string(),
    refreshedAt: z.string(),
    endedAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
    reason: z.string().nullable(),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    current: z.boolean().describe('Whether it is the one that asks'),
  })
  .openapi('Session')

async function present(c: AppContext, documents: readonly Session[]) {
  const own = callerOf(c).sid
  const people = documents.map(({ personId }) => personId)
  const origins = await byId(c, sessionOrigins, people)
  return documents.map(({ sessionId, generation: _, ...rest }) => {
    const origin = origins.get(rest.personId)?.origins.find((each) => each.sessionId === sessionId)
    const from = { address: origin?.address ?? null, userAgent: origin?.userAgent ?? null }
    return { id: sessionId, ...rest, ...from, current: sessionId === own }
  })
}

export function sessionsApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/sessions',
      {
        query: z.object({
          ...paging,
          person: z.string().max(100).optional().describe('A person’s id, or `all`; yourself unless named'),
          status: status.optional(),
        }),
      },
      { summary: 'List sessions, the latest first', tag, answer: pageOf(session) },
    ),
    async (c) => {
      const { person = callerOf(c).sub, status, ...page } = c.req.valid('query')
      if (person !== callerOf(c).sub && !callerMay(c, 'sessions.read'))
        throw new ProblemError('forbidden', { permission: 'sessions.read' })
      const query = {
        where: filters({ personId: person === 'all' ? undefined : person, status }),
        sort: { by: 'startedAt', direction: 'descending' } as const,
        ...paged(page),
      }
      return c.json(await pageFrom(c, sessions, query, (documents) => present(c, documents)))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/sessions/{id}/revoke',
      { params: idParam },
      { summary: 'End a session: your own, or with permission anybody’s', tag, answer: commandAnswer({}) },
    ),
    async (c) => {
      const sessionId = c.req.valid('param').id
      await caughtUp(c)
      const { personId } = await found(c, sessions, sessionId, 'unknown-session')
      const own = personId === callerOf(c).sub
      if (!own && !callerMay(c, 'sessions.revoke'))
        throw new ProblemError('forbidden', { permission: 'sessions.revoke' })
      const reason = own ? 'by-person' : 'by-administrator'
      return c.json(done(c, await revokeSession(c.get('system'), { sessionId, reason }, commandContext(c))))
    },
  )

  return api
}
