// The rules of a person who uses the system: who they are, what role they have, and whether they may still come in.
import { type Decider, nothing, type Rejection, reject } from '../../kernel/decider.ts'
import { type EventIn, event } from '../../kernel/event.ts'
import type { Role } from '../values.ts'
import { type PersonEvents, personEvents } from './events.ts'

export type PersonCommands = {
  AddPerson: PersonEvents['PersonAdded']
  ChangePersonDetails: PersonEvents['PersonDetailsChanged']
  ChangePreferences: PersonEvents['PreferencesChanged']
  ChangeWorkplace: PersonEvents['WorkplaceChanged']
  ChangeRole: Omit<PersonEvents['RoleChanged'], 'previous'>
  RecordPasswordChange: PersonEvents['PasswordChanged']
  DeactivatePerson: PersonEvents['PersonDeactivated']
  ReactivatePerson: PersonEvents['PersonReactivated']
  ErasePerson: PersonEvents['PersonErased']
}

export type Person =
  | { readonly status: 'unknown' | 'erased' }
  | {
      readonly status: 'active' | 'deactivated'
      readonly name: string | null
      readonly email: string | null
      readonly role: Role
      readonly departments: readonly string[]
      readonly locale: PersonEvents['PreferencesChanged']['locale']
    }

type Known = Extract<Person, { readonly role: Role }>
type Decision = readonly EventIn<PersonEvents>[] | Rejection

const known = (person: Person): person is Known => 'role' in person

/** Most commands are for people who are there; the others are refused. */
const forKnown =
  <Command extends { readonly personId: string }>(decide: (person: Known, command: Command) => Decision) =>
  (person: Person, command: Command): Decision =>
    known(person)
      ? decide(person, command)
      : reject(person.status === 'erased' ? 'erased' : 'unknown-person', { personId: command.personId })

/** `unknown-person` and `erased` { personId } for people who are not there (any more); `already-added` for one who is. */
export const person: Decider<PersonCommands, PersonEvents, Person> = {
  events: personEvents,
  initial: { status: 'unknown' },

  decide: {
    AddPerson: (person, added) =>
      person.status === 'unknown'
        ? [event('PersonAdded', added)]
        : reject('already-added', { personId: added.personId }),
    ChangePersonDetails: forKnown((_, details) => [event('PersonDetailsChanged', details)]),
    ChangePreferences: forKnown((_, preferences) => [event('PreferencesChanged', preferences)]),
    ChangeWorkplace: forKnown((_, workplace) => [event('WorkplaceChanged', workplace)]),
    ChangeRole: forKnown(({ role: previous }, { personId, role, at }) =>
      role === previous ? nothing : [event('RoleChanged', { personId, role, previous, at })],
    ),
    RecordPasswordChange: forKnown((_, change) => [event('PasswordChanged', change)]),
    DeactivatePerson: forKnown(({ status }, command) =>
      status === 'active' ? [event('PersonDeactivated', command)] : nothing,
    ),
    ReactivatePerson: forKnown(({ status }, command) =>
      status === 'deactivated' ? [event('PersonReactivated', command)] : nothing,
    ),
    ErasePerson: forKnown((_, command) => [event('PersonErased', command)]),
  },

  evolve: {
    PersonAdded: (_, { name, email, role, departments }) => ({
      status: 'active',
      name,
      email,
      role,
      departments,
      locale: 'pt-MZ',
    }),
    PreferencesChanged: (person, { locale }) => ({ ...person, locale }),
    PersonDetailsChanged: (person, { name, email }) => ({ ...person, name, email }),
    WorkplaceChanged: (person, { departments }) => ({ ...person, departments }),
    RoleChanged: (person, { role }) => ({ ...person, role }),
    PersonDeactivated: (person) => (known(person) ? { ...person, status: 'deactivated' } : person),
    PersonReactivated: (person) => (known(person) ? { ...person, status: 'active' } : person),
    PersonErased: () => ({ status: 'erased' }),
  },
}
