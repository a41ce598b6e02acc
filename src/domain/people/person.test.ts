import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import type { PersonEvents } from './events.ts'
import { person } from './person.ts'
import { roster } from './roster.ts'

/** An event of a person, its data held against the schema's type. */
const fact = <K extends keyof PersonEvents & string>(type: K, data: PersonEvents[K]) => event(type, data)

const at = '2026-03-02T08:00:00.000Z'
const personId = 'ana'
const details = { name: 'Ana Macuácua', email: 'ana@loja.co.mz', phone: null }
const added = fact('PersonAdded', {
  personId,
  ...details,
  role: 'employee',
  departments: ['caixa'],
  locationId: null,
  at,
})
const deactivated = event('PersonDeactivated', { personId, at })
const erased = event('PersonErased', { personId, at })

test('a person is added once', () => {
  given(person).when('AddPerson', added.data).then([added])
  given(person, [added]).when('AddPerson', added.data).thenRejected('already-added', { personId })
})

test('a change of role tells the role before, and the same role again changes nothing', () => {
  given(person, [added])
    .when('ChangeRole', { personId, role: 'manager', at })
    .then([fact('RoleChanged', { personId, role: 'manager', previous: 'employee', at })])
  given(person, [added]).when('ChangeRole', { personId, role: 'employee', at }).thenNothing()
})

test('a person is deactivated and reactivated, each only once', () => {
  given(person, [added]).when('DeactivatePerson', { personId, at }).then([deactivated])
  given(person, [added, deactivated]).when('DeactivatePerson', { personId, at }).thenNothing()
  given(person, [added, deactivated])
    .when('ReactivatePerson', { personId, at })
    .then([event('PersonReactivated', { personId, at })])
  given(person, [added]).when('ReactivatePerson', { personId, at }).thenNothing()
})

test('who was erased cannot be changed any more, and who never was cannot either', () => {
  given(person, [added]).when('ErasePerson', { personId, at }).then([erased])
  given(person, [added, erased])
    .when('ChangeRole', { personId, role: 'admin', at })
    .thenRejected('erased', { personId })
  given(person).when('ChangeRole', { personId, role: 'admin', at }).thenRejected('unknown-person', { personId })
})

test('the last super-admin cannot be released, one of two can', () => {
  const ana = event('SuperAdminJoined', { personId: 'ana', at })
  const rui = event('SuperAdminJoined', { personId: 'rui', at })
  given(roster, [ana])
    .when('RemoveSuperAdmin', { personId: 'ana', at })
    .thenRejected('last-super-admin', { personId: 'ana' })
  given(roster, [ana, rui])
    .when('RemoveSuperAdmin', { personId: 'ana', at })
    .then([event('SuperAdminLeft', { personId: 'ana', at })])
  given(roster, [ana]).when('AddSuperAdmin', { personId: 'ana', at }).thenNothing()
  given(roster, [ana]).when('RemoveSuperAdmin', { personId: 'rui', at }).thenNothing()
})
