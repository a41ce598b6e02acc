// Rank: only those who may make super-admins may touch their accounts, or else an administrator could take one over.
import { person } from '../domain/people/person.ts'
import type { Role } from '../domain/values.ts'
import { type AppContext, callerMay, callerOf } from './environment.ts'
import { ProblemError } from './problems.ts'

/** Whether the caller may touch the account: that of a super-admin only if they may make one. */
export async function mayTouch(c: AppContext, personId: string): Promise<boolean> {
  if (callerMay(c, 'people.super')) return true
  const { commands } = c.get('system')
  const context = { actor: `person:${callerOf(c).sub}`, correlationId: c.get('requestId') }
  const known = await commands.execute(context, (unit) => {
    const state = unit.state(person, personId)
    return { role: 'role' in state ? state.role : null }
  })
  return known.rejected || known.value.role !== 'super-admin'
}

/** Refuses a change of a super-admin's account, or one that makes a super-admin, by a caller who may not. */
export async function guardRank(c: AppContext, personId: string | undefined, role?: Role): Promise<void> {
  if (callerMay(c, 'people.super')) return
  if (role === 'super-admin') throw new ProblemError('forbidden', { permission: 'people.super' })
  if (personId !== undefined && !(await mayTouch(c, personId)))
    throw new ProblemError('forbidden', { permission: 'people.super' })
}
