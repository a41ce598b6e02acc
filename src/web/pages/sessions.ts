// Sessions as pages show and end them: somebody's, or one's own.
import { sessionOrigins } from '../../../projections/session-origins.ts'
import { sessions } from '../../../projections/sessions.ts'
import type { SessionLine } from '../../../views/pages/sessions.ts'
import { revokeSession } from '../../auth/accounts.ts'
import { tellDone } from '../consistency.ts'
import { type AppContext, callerOf, commandContext } from '../environment.ts'
import { ProblemError } from '../problems.ts'

/** As many as a page shows. */
const shown = 50

/** The person's open sessions, the latest first, each with where it comes from. */
export async function sessionLines(c: AppContext, personId: string): Promise<readonly SessionLine[]> {
  const { models } = c.get('system')
  const latestFirst = { by: 'startedAt', direction: 'descending' } as const
  const [open, origins] = await Promise.all([
    models.find(sessions, { where: { personId, status: 'active' }, sort: latestFirst, limit: shown }),
    models.get(sessionOrigins, personId),
  ])
  return open.items.map(({ document: session }) => {
    const origin = origins?.document.origins.find(({ sessionId }) => sessionId === session.sessionId)
    return {
      session,
      address: origin?.address ?? null,
      userAgent: origin?.userAgent ?? null,
      current: session.sessionId === callerOf(c).sid,
    }
  })
}

/** Ends one session of that person; 404 when it is not theirs. */
export async function endSession(
  c: AppContext,
  ended: {
    readonly personId: string
    readonly sessionId: string
    readonly reason: 'by-person' | 'by-administrator'
  },
): Promise<void> {
  const { personId, ...revoked } = ended
  const found = await c.get('system').models.get(sessions, ended.sessionId)
  if (found?.document.personId !== personId) throw new ProblemError('unknown-session')
  const outcome = await revokeSession(c.get('system'), revoked, commandContext(c))
  tellDone(c, outcome)
}
