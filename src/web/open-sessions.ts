// The sessions of a person that are still good.
import { sessions } from '../../projections/sessions.ts'
import { caughtUp } from './consistency.ts'
import type { AppContext } from './environment.ts'

/** More than anybody has: a session that is not renewed for thirty days is over. */
const most = 1_000

/** Their ids, of all that is recorded so far: a session that was started a moment ago must not be missed. */
export async function openSessionsOf(c: AppContext, personId: string): Promise<string[]> {
  await caughtUp(c)
  const open = await c.get('system').models.find(sessions, { where: { personId, status: 'active' }, limit: most })
  return open.items.map(({ id }) => id)
}
