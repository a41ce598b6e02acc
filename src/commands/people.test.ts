// Commands on people: one account an e-mail, and never a company without a super-admin.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Accounts, openAccounts } from '../../test/accounts.ts'
import { accepted, refused } from '../../test/shop.ts'
import { person } from '../domain/people/person.ts'
import {
  addPerson,
  changePersonDetails,
  changeRole,
  deactivatePerson,
  erasePerson,
  type NewPerson,
  reactivatePerson,
} from './people.ts'

const newcomer = (email: string, role: NewPerson['role'] = 'employee'): NewPerson => ({
  name: 'Ana Sitoe',
  email,
  phone: null,
  role,
  departments: [],
  locationId: null,
})

describe('the e-mail of an account', () => {
  let shop: Accounts
  before(async () => {
    shop = await openAccounts()
  })
  after(() => shop.close())
  const add = (email: string) => addPerson(shop.desk, newcomer(email), shop.by('owner'))

  test('is one account’s only, however it is written', async () => {
    const { id } = accepted(await add('ana@loja.test'))
    const [code, details] = refused(await add(' ANA@loja.test '))
    assert.equal(code, 'name-taken')
    assert.deepEqual(details, { kind: 'email', name: shop.desk.accountKey('ana@loja.test'), holder: id })
  })

  test('is one account’s only when two are added at the same moment', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => add('rui@loja.test')))
    assert.equal(outcomes.filter(({ rejected }) => !rejected).length, 1)
  })

  test('is free again once the person has another, or was erased', async () => {
    const { id } = accepted(await add('old@loja.test'))
    const renamed = { personId: id, name: 'Ana Sitoe', email: 'new@loja.test', phone: null }
    accepted(await changePersonDetails(shop.desk, renamed, shop.by('owner')))
    accepted(await add('old@loja.test'))
    assert.equal(refused(await add('new@loja.test'))[0], 'name-taken')
    accepted(await erasePerson(shop.desk, id, shop.by('owner')))
    accepted(await add('new@loja.test'))
  })

  test('stays theirs when only the name changes, or the case of its letters', async () => {
    const { id } = accepted(await add('eva@loja.test'))
    const changed = { personId: id, name: 'Eva Langa', email: 'Eva@loja.test', phone: '84' }
    accepted(await changePersonDetails(shop.desk, changed, shop.by('owner')))
    assert.equal(refused(await add('eva@loja.test'))[0], 'name-taken')
  })

  test('of somebody who was erased cannot be given back to them', async () => {
    const { id } = accepted(await add('gone@loja.test'))
    accepted(await erasePerson(shop.desk, id, shop.by('owner')))
    const details = { personId: id, name: 'Ana', email: 'gone@loja.test', phone: null }
    assert.deepEqual(refused(await changePersonDetails(shop.desk, details, shop.by('owner'))), [
      'erased',
      { personId: id },
    ])
  })
})

describe('the last super-admin', () => {
  let shop: Accounts
  let ana: string
  let rui: string
  before(async () => {
    shop = await openAccounts()
    ana = accepted(await addPerson(shop.desk, newcomer('ana@loja.test', 'super-admin'), shop.by('owner'))).id
  })
  after(() => shop.close())

  const superAdmins = async (ids: readonly string[]) => {
    const outcome = await shop.commands.execute(shop.by('owner'), (unit) =>
      ids.filter((id) => {
        const state = unit.state(person, id)
        return 'role' in state && state.role === 'super-admin' && state.status === 'active'
      }),
    )
    return accepted(outcome)
  }

  test('cannot be demoted, deactivated or erased', async () => {
    for (const command of [
      () => changeRole(shop.desk, { personId: ana, role: 'admin' }, shop.by(ana)),
      () => deactivatePerson(shop.desk, ana, shop.by(ana)),
      () => erasePerson(shop.desk, ana, shop.by(ana)),
    ])
      assert.deepEqual(refused(await command()), ['last-super-admin', { personId: ana }])
    assert.deepEqual(await superAdmins([ana]), [ana])
  })

  test('of two who demote each other at the same moment, one stays', async () => {
    rui = accepted(await addPerson(shop.desk, newcomer('rui@loja.test', 'super-admin'), shop.by(ana))).id
    const outcomes = await Promise.all([
      changeRole(shop.desk, { personId: rui, role: 'employee' }, shop.by(ana)),
      changeRole(shop.desk, { personId: ana, role: 'employee' }, shop.by(rui)),
    ])
    assert.equal(outcomes.filter(({ rejected }) => rejected).length, 1)
    assert.equal((await superAdmins([ana, rui])).length, 1)
  })

  test('who was deactivated counts no more, and counts again once reactivated', async () => {
    for (const personId of [ana, rui])
      accepted(await changeRole(shop.desk, { personId, role: 'super-admin' }, shop.by('owner')))
    accepted(await deactivatePerson(shop.desk, rui, shop.by(ana)))
    assert.equal(refused(await deactivatePerson(shop.desk, ana, shop.by(ana)))[0], 'last-super-admin')
    accepted(await reactivatePerson(shop.desk, rui, shop.by(ana)))
    accepted(await deactivatePerson(shop.desk, ana, shop.by(ana)))
    assert.deepEqual(await superAdmins([ana, rui]), [rui])
  })

  test('made while deactivated counts only once they are back', async () => {
    const eva = accepted(await addPerson(shop.desk, newcomer('eva@loja.test'), shop.by(rui))).id
    accepted(await deactivatePerson(shop.desk, eva, shop.by(rui)))
    accepted(await changeRole(shop.desk, { personId: eva, role: 'super-admin' }, shop.by(rui)))
    assert.equal(refused(await deactivatePerson(shop.desk, rui, shop.by(rui)))[0], 'last-super-admin')
  })
})
