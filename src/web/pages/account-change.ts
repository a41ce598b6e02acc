// An account's form as the commands it asks for: only what differs is recorded.
import type { Person } from '../../../projections/people.ts'
import { changeAccountRole } from '../../auth/accounts.ts'
import type { Context, Outcome } from '../../commands/handling.ts'
import { changePersonDetails, changeWorkplace } from '../../commands/people.ts'
import { changes } from '../../domain/changes.ts'
import type { Role } from '../../domain/values.ts'
import type { AppContext } from '../environment.ts'

export interface AccountDetails {
  readonly name: string
  readonly email: string
  readonly phone: string | null
  readonly role: Role
  readonly departments: string[]
  readonly locationId: string | null
}

/** The role first, since it alone can be refused for the sake of others. `contextOf`: the context of each part. */
export async function changeAccount(
  c: AppContext,
  person: Person,
  wanted: AccountDetails,
  contextOf: (part: string) => Context,
): Promise<Outcome<object>> {
  const system = c.get('system')
  const { personId } = person
  const { name, email, phone, role, departments, locationId } = wanted
  const parts = [
    changes(person, { role }) && (() => changeAccountRole(system, { personId, role }, contextOf('role'))),
    changes(person, { name, email, phone }) &&
      (() => changePersonDetails(system, { personId, name, email, phone }, contextOf('details'))),
    changes(person, { departments, locationId }) &&
      (() => changeWorkplace(system, { personId, departments, locationId }, contextOf('workplace'))),
  ]
  let position = 0n
  for (const part of parts) {
    if (!part) continue
    const outcome = await part()
    if (outcome.rejected) return outcome
    position = outcome.position
  }
  return { rejected: false, value: {}, position }
}
