// The people who use the system: each account's e-mail is claimed by its key, and the system is never left without a super-admin.
import { claim, claimId } from '../domain/claims/claim.ts'
import type { PersonEvents } from '../domain/people/events.ts'
import { person } from '../domain/people/person.ts'
import { roster, rosterId } from '../domain/people/roster.ts'
import type { Role } from '../domain/values.ts'
import type { Context, Desk } from './handling.ts'
import type { Unit } from './unit.ts'

/** What accounts need besides: the key under which an e-mail address is claimed. */
export interface PeopleDesk extends Desk {
  readonly accountKey: (email: string) => string
}

export interface NewPerson {
  readonly name: string
  readonly email: string
  readonly phone: string | null
  readonly role: Role
  readonly departments: readonly string[]
  readonly locationId: string | null
}

const kind = 'email'
const claimEmail = (unit: Unit, key: string, holder: string): void => {
  unit.decide(claim, claimId(kind, key), 'ClaimName', { kind, name: key, holder })
}
const releaseEmail = (unit: Unit, key: string, holder: string): void => {
  unit.decide(claim, claimId(kind, key), 'ReleaseName', { kind, name: key, holder })
}

const keepRoster = (unit: Unit, personId: string, isSuperAdmin: boolean, at: string): void => {
  unit.decide(roster, rosterId, isSuperAdmin ? 'AddSuperAdmin' : 'RemoveSuperAdmin', { personId, at })
}

/** Whether the person is an active super-admin, as far as this unit has come. */
const isSuperAdmin = (unit: Unit, personId: string): boolean => {
  const known = unit.state(person, personId)
  return 'role' in known && known.role === 'super-admin' && known.status === 'active'
}

/** Adds an account. Rejected: `name-taken` when another account has the e-mail. */
export function addPerson({ commands, newId, now, accountKey }: PeopleDesk, added: NewPerson, context: Context) {
  const personId = newId()
  const at = now().toISOString()
  return commands.execute(context, (unit) => {
    claimEmail(unit, accountKey(added.email), personId)
    unit.create(person, personId, 'AddPerson', { ...added, departments: [...added.departments], personId, at })
    if (added.role === 'super-admin') keepRoster(unit, personId, true, at)
    return { id: personId }
  })
}

/** Rejected: `name-taken`, `unknown-person`, `erased`. */
export function changePersonDetails(
  { commands, now, accountKey }: PeopleDesk,
  details: { readonly personId: string; readonly name: string; readonly email: string; readonly phone: string | null },
  context: Context,
) {
  const { personId } = details
  return commands.execute(context, (unit) => {
    const before = unit.state(person, personId)
    const old = 'email' in before && before.email !== null ? accountKey(before.email) : undefined
    const key = accountKey(details.email)
    unit.decide(person, personId, 'ChangePersonDetails', { ...details, at: now().toISOString() })
    if (old !== key) {
      claimEmail(unit, key, personId)
      if (old !== undefined) releaseEmail(unit, old, personId)
    }
    return { id: personId }
  })
}

export const changePreferences = (
  { commands, now }: Desk,
  preferences: Omit<PersonEvents['PreferencesChanged'], 'at'>,
  context: Context,
) =>
  commands.execute(context, (unit) => {
    unit.decide(person, preferences.personId, 'ChangePreferences', { ...preferences, at: now().toISOString() })
    return { id: preferences.personId }
  })

export const changeWorkplace = (
  { commands, now }: Desk,
  workplace: Omit<PersonEvents['WorkplaceChanged'], 'at'>,
  context: Context,
) =>
  commands.execute(context, (unit) => {
    unit.decide(person, workplace.personId, 'ChangeWorkplace', { ...workplace, at: now().toISOString() })
    return { id: workplace.personId }
  })

/** Rejected: `last-super-admin`, `unknown-person`, `erased`. */
export const changeRole = (
  { commands, now }: Desk,
  { personId, role }: { readonly personId: string; readonly role: Role },
  context: Context,
) =>
  commands.execute(context, (unit) => {
    const at = now().toISOString()
    unit.decide(person, personId, 'ChangeRole', { personId, role, at })
    keepRoster(unit, personId, isSuperAdmin(unit, personId), at)
    return { id: personId }
  })

/** The person cannot sign in any more, and their sessions are refused. Rejected: `last-super-admin`, `unknown-person`, `erased`. */
export const deactivatePerson = ({ commands, now }: Desk, personId: string, context: Context) =>
  commands.execute(context, (unit) => {
    const at = now().toISOString()
    unit.decide(person, personId, 'DeactivatePerson', { personId, at })
    keepRoster(unit, personId, false, at)
    return { id: personId }
  })

export const reactivatePerson = ({ commands, now }: Desk, personId: string, context: Context) =>
  commands.execute(context, (unit) => {
    const at = now().toISOString()
    unit.decide(person, personId, 'ReactivatePerson', { personId, at })
    keepRoster(unit, personId, isSuperAdmin(unit, personId), at)
    return { id: personId }
  })

/** The password itself is kept elsewhere, before this is recorded. */
export const recordPasswordChange = (
  { commands, now }: Desk,
  { personId, by }: { readonly personId: string; readonly by: PersonEvents['PasswordChanged']['by'] },
  context: Context,
) =>
  commands.execute(context, (unit) => {
    unit.decide(person, personId, 'RecordPasswordChange', { personId, by, at: now().toISOString() })
    return { id: personId }
  })

/**
 * Records the erasure and frees the e-mail. The caller destroys the person's key and password afterwards: a crash in between leaves an erasure
 * that a repetition completes. Rejected: `last-super-admin`, `unknown-person`, `erased`.
 */
export const erasePerson = ({ commands, now, accountKey }: PeopleDesk, personId: string, context: Context) =>
  commands.execute(context, (unit) => {
    const at = now().toISOString()
    const before = unit.state(person, personId)
    unit.decide(person, personId, 'ErasePerson', { personId, at })
    if ('email' in before && before.email !== null) releaseEmail(unit, accountKey(before.email), personId)
    keepRoster(unit, personId, false, at)
    return { id: personId }
  })
