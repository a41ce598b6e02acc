// Everything that can happen to a person who uses the system. Passwords are never in an event.
import { z } from 'zod'
import { type DataOf, events, personal, v1 } from '../../kernel/event.ts'
import { id, instant, role, text } from '../values.ts'

const details = { name: personal(z.string()), email: personal(z.string()), phone: personal(z.string()) }
const person = { person: 'personId' }

export const personEvents = events('person', {
  PersonAdded: v1(
    {
      personId: id,
      ...details,
      role,
      departments: z.array(text),
      /** Where they usually work. */
      locationId: id.nullable(),
      at: instant,
    },
    person,
  ),
  PersonDetailsChanged: v1({ personId: id, ...details, at: instant }, person),
  PreferencesChanged: v1({
    personId: id,
    locale: z.enum(['pt-MZ', 'en']),
    theme: z.enum(['light', 'dark', 'system']),
    at: instant,
  }),
  WorkplaceChanged: v1({ personId: id, departments: z.array(text), locationId: id.nullable(), at: instant }),
  RoleChanged: v1({ personId: id, role, previous: role, at: instant }),
  PasswordChanged: v1({ personId: id, by: z.enum(['self', 'administrator']), at: instant }),
  PersonDeactivated: v1({ personId: id, at: instant }),
  PersonReactivated: v1({ personId: id, at: instant }),
  PersonErased: v1({ personId: id, at: instant }, { ...person, erases: true }),
})
export type PersonEvents = DataOf<typeof personEvents>

/**
 * Who may do everything. One stream, written in the same append as the change of role, so that two administrators at once cannot each remove
 * the other and leave nobody.
 */
export const rosterEvents = events('roster', {
  SuperAdminJoined: v1({ personId: id, at: instant }),
  SuperAdminLeft: v1({ personId: id, at: instant }),
})
export type RosterEvents = DataOf<typeof rosterEvents>
