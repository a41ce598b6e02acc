// The sessions of a person that are still good.
import { sessions } from '../../projections/sessions.ts'
import type { AppContext } from './environment.ts'
import { ProblemError } from './problems.ts'

/** More than anybody has: a session that is not renewed for thirty days is over. */
const most = 1_000

/** Their ids, of all that is recorded so far: a session that was started a moment ago must not be missed. */
export async function openSessionsOf(c: AppContext, personId: string): Promise<string[]> {
  const { store, progress, models } = c.get('system')
  if (!(await progress.waitFor(await store.head(), 2_000)))
    throw new ProblemError('not-caught-up', {}, { 'retry-after': '1' })
  const open = await models.find(sessions, { where: { personId, status: 'active' }, limit: most })
  return open.items.map(({ id }) => id)
}
