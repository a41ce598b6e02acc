// The caller's own account: password and preferences.
import { z } from '@hono/zod-openapi'
import { setPassword } from '../../auth/accounts.ts'
import { newPassword } from '../../auth/passwords.ts'
import { changePreferences } from '../../commands/people.ts'
import { callerOf, commandContext } from '../environment.ts'
import { openSessionsOf } from '../open-sessions.ts'
import { ProblemError } from '../problems.ts'
import { apiRoutes, commandAnswer, done, route } from './route.ts'

const tag = 'Access'
const changed = commandAnswer({ id: z.string() })

export function profileApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'post',
      '/api/profile/password',
      { body: z.strictObject({ current: z.string().min(1).max(200), password: newPassword }) },
      { summary: 'Change your password; your other sessions end', tag, answer: changed },
    ),
    async (c) => {
      const { sub: personId, sid } = callerOf(c)
      const { current, password } = c.req.valid('json')
      if (!(await c.get('system').passwords.matches(personId, current)))
        throw new ProblemError('invalid-input', {
          errors: [{ field: 'current', message: 'This is not your password' }],
        })
      const others = (await openSessionsOf(c, personId)).filter((sessionId) => sessionId !== sid)
      const change = { personId, password, by: 'self', sessions: others } as const
      return c.json(done(c, await setPassword(c.get('system'), change, commandContext(c))))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/profile/preferences',
      { body: z.strictObject({ locale: z.enum(['pt-MZ', 'en']), theme: z.enum(['light', 'dark', 'system']) }) },
      { summary: 'Choose your language and theme', tag, answer: changed },
    ),
    async (c) => {
      const preferences = c.req.valid('json')
      const change = { personId: callerOf(c).sub, ...preferences }
      return c.json(done(c, await changePreferences(c.get('system'), change, commandContext(c, preferences))))
    },
  )

  return api
}
