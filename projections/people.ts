// The people who use the system. What identifies them is null once they are erased.

import type { DomainEvents } from '../src/domain/events.ts'
import type { Role } from '../src/domain/values.ts'
import { folded } from './folded.ts'
import { asItBegan, projection } from './projection.ts'

export interface Person {
  readonly personId: string
  readonly name: string | null
  readonly nameKey: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly role: Role
  readonly departments: readonly string[]
  /** Where they usually work. */
  readonly locationId: string | null
  readonly locale: DomainEvents['PreferencesChanged']['locale']
  readonly theme: DomainEvents['PreferencesChanged']['theme']
  readonly active: boolean
  readonly erased: boolean
  readonly addedAt: string
  readonly passwordChangedAt: string | null
  /** When they last chose language and theme; null for who never did. */
  readonly preferencesChangedAt: string | null
}

const key = ({ data }: { readonly data: { readonly personId: string } }) => data.personId

export const people = projection<Person>('people', {
  version: 2,
  indexes: ['nameKey', 'email', ['role', 'nameKey'], ['active', 'nameKey']],
  search: ['name', 'email', 'phone'],
  on: {
    PersonAdded: {
      key,
      initial: ({ data: { personId, name, email, phone, role, departments, locationId, at } }) => ({
        personId,
        name,
        nameKey: folded(name),
        email,
        phone,
        role,
        departments,
        locationId,
        locale: 'pt-MZ',
        theme: 'system',
        active: true,
        erased: false,
        addedAt: at,
        passwordChangedAt: null,
        preferencesChangedAt: null,
      }),
      apply: asItBegan,
    },
    PersonDetailsChanged: {
      key,
      apply: (person, { data: { name, email, phone } }) => ({ ...person, name, nameKey: folded(name), email, phone }),
    },
    PreferencesChanged: {
      key,
      apply: (person, { data: { locale, theme, at } }) => ({ ...person, locale, theme, preferencesChangedAt: at }),
    },
    WorkplaceChanged: {
      key,
      apply: (person, { data: { departments, locationId } }) => ({ ...person, departments, locationId }),
    },
    RoleChanged: { key, apply: (person, { data }) => ({ ...person, role: data.role }) },
    PasswordChanged: { key, apply: (person, { data }) => ({ ...person, passwordChangedAt: data.at }) },
    PersonDeactivated: { key, apply: (person) => ({ ...person, active: false }) },
    PersonReactivated: { key, apply: (person) => ({ ...person, active: true }) },
    PersonErased: {
      key,
      apply: (person) => ({
        ...person,
        name: null,
        nameKey: null,
        email: null,
        phone: null,
        active: false,
        erased: true,
      }),
    },
  },
})
