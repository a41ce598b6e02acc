// Signing in and out for programs, and who the caller is.
import { z } from '@hono/zod-openapi'
import { people } from '../../../projections/people.ts'
import type { Issued } from '../../auth/login.ts'
import { permissionsOf } from '../../auth/permissions.ts'
import { role } from '../../domain/values.ts'
import { callerAddress } from '../address.ts'
import { dropCookies } from '../authenticate.ts'
import { arrived } from '../consistency.ts'
import { type AppContext, callerOf, commandContext } from '../environment.ts'
import { ProblemError, rejected } from '../problems.ts'
import { apiRoutes, route } from './route.ts'

const tag = 'Access'

const user = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    role,
    departments: z.array(z.string()),
  })
  .openapi('User')

const tokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresIn: z.int().describe('Seconds that the access token is good for'),
})

/** The person as the read models know them. */
async function userOf(c: AppContext, personId: string): Promise<z.infer<typeof user>> {
  const found = (await c.get('system').models.get(people, personId))?.document
  if (!found) throw new ProblemError('not-caught-up', {}, { 'retry-after': '1' })
  const { name, email, role, departments } = found
  return { id: personId, name, email, role, departments: [...departments] }
}

const tokensOf = ({ accessToken, refreshToken, expiresIn }: Issued) => ({ accessToken, refreshToken, expiresIn })

export function authApi() {
  const api = apiRoutes()

  const credentials = z.strictObject({ email: z.string().min(1).max(200), password: z.string().min(1).max(200) })
  api.openapi(
    route(
      'post',
      '/api/auth/login',
      { body: credentials },
      { summary: 'Sign in', tag, permission: 'public', answer: tokens.extend({ user }) },
    ),
    async (c) => {
      const from = { address: callerAddress(c), userAgent: c.req.header('user-agent')?.slice(0, 300) ?? null }
      const outcome = await c.get('system').login.signIn({ ...c.req.valid('json'), ...from }, commandContext(c))
      if (outcome.rejected && outcome.code === 'too-many-attempts')
        throw new ProblemError(
          outcome.code,
          { ...outcome.details },
          { 'retry-after': String(outcome.details.retryAfter) },
        )
      if (outcome.rejected) throw rejected(outcome)
      // Somebody who was added a moment ago is known to all that is asked next.
      await arrived(c, outcome.position)
      return c.json({ ...tokensOf(outcome.value), user: await userOf(c, outcome.value.personId) })
    },
  )

  api.openapi(
    route(
      'post',
      '/api/auth/refresh',
      { body: z.strictObject({ refreshToken: z.string().min(1).max(4000) }) },
      { summary: 'Exchange a refresh token for new tokens', tag, permission: 'public', answer: tokens },
    ),
    async (c) => {
      const outcome = await c.get('system').login.refresh(c.req.valid('json').refreshToken, commandContext(c))
      if (outcome.rejected) throw rejected(outcome)
      return c.json(tokensOf(outcome.value))
    },
  )

  api.openapi(
    route('post', '/api/auth/logout', {}, { summary: 'End the session', tag, answer: z.object({}) }),
    async (c) => {
      await c.get('system').login.signOut(callerOf(c).sid, commandContext(c))
      dropCookies(c)
      return c.json({})
    },
  )

  api.openapi(
    route(
      'get',
      '/api/auth/me',
      {},
      {
        summary: 'Who the caller is, and what they may do',
        tag,
        answer: user.extend({ permissions: z.array(z.string()) }),
      },
    ),
    async (c) => {
      const found = await userOf(c, callerOf(c).sub)
      return c.json({ ...found, permissions: [...permissionsOf(found.role)] })
    },
  )

  return api
}
