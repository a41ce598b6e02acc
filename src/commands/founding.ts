// The beginning of a company: its settings, its first location and its first super-admin, in one append: all of it, or nothing.
import { claim, claimId } from '../domain/claims/claim.ts'
import { location } from '../domain/locations/location.ts'
import { person } from '../domain/people/person.ts'
import { roster, rosterId } from '../domain/people/roster.ts'
import { settings, settingsId } from '../domain/settings/settings.ts'
import type { Context, Outcome } from './handling.ts'
import type { NewLocation } from './locations.ts'
import type { PeopleDesk } from './people.ts'
import type { NewCompany } from './settings.ts'

export interface Founding {
  readonly company: NewCompany
  readonly location: NewLocation
  /** `personId`: made by the caller, who has kept the password under it. */
  readonly founder: { readonly personId: string; readonly name: string; readonly email: string }
}

/** Rejections: `already-set-up` { name }, `invalid-nuit` { nuit }. */
export function foundCompany(
  { commands, newId, now, accountKey }: PeopleDesk,
  { company, location: place, founder }: Founding,
  context: Context,
): Promise<Outcome<{ locationId: string; personId: string }>> {
  const at = now().toISOString()
  const locationId = newId()
  const { personId, name, email } = founder
  return commands.execute(context, (unit) => {
    unit.decide(settings, settingsId, 'SetUpCompany', { ...company, at })

    const code = { kind: 'location-code', name: place.code, holder: locationId }
    unit.decide(claim, claimId(code.kind, code.name), 'ClaimName', code)
    unit.create(location, locationId, 'OpenLocation', { locationId, ...place, at })

    const account = { kind: 'email', name: accountKey(email), holder: personId }
    unit.decide(claim, claimId(account.kind, account.name), 'ClaimName', account)
    const added = { personId, name, email, phone: null, departments: [], locationId, at }
    unit.create(person, personId, 'AddPerson', { ...added, role: 'super-admin' })
    unit.decide(person, personId, 'RecordPasswordChange', { personId, by: 'self', at })
    unit.decide(roster, rosterId, 'AddSuperAdmin', { personId, at })
    return { locationId, personId }
  })
}
