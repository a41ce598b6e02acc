// People, their sessions, and the rest of the office over the network.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Role } from '../../src/domain/values.ts'
import { emailOf, password, type RunningShop, startShop } from '../support/app.ts'

describe('the office over the API', () => {
  let shop: RunningShop
  before(async () => {
    shop = await startShop()
  })
  after(() => shop.close())

  const post = (path: string, body?: unknown, as: Role = 'admin') => shop.call('POST', path, { as, body })
  const signIn = (email: string, word: string) =>
    shop.call('POST', '/api/auth/login', { body: { email, password: word } })
  const by = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
  const newcomer = { name: 'Amélia', email: 'amelia@shop.test', role: 'employee', password: 'amelia has a secret' }

  it('adds a person who can sign in, until they are deactivated', async () => {
    const added = await post('/api/people', newcomer)
    assert.equal(added.status, 201)
    await shop.fresh('/api/people')
    const { status, body } = await signIn(newcomer.email, newcomer.password)
    assert.equal(status, 200)
    assert.equal((await post(`/api/people/${added.body.id}/deactivate`)).status, 200)
    await shop.fresh('/api/people')
    assert.equal((await shop.call('GET', '/api/auth/me', by(body.accessToken))).status, 401)
    assert.equal((await signIn(newcomer.email, newcomer.password)).status, 401)
    assert.equal((await post('/api/people', { ...newcomer, name: 'Another' })).body.code, 'name-taken')
  })

  it('adds a person without a password, who has none until they have chosen one by a link', async () => {
    const { password: _, ...withoutPassword } = newcomer
    for (const [email, more] of [
      ['c@shop.test', {}],
      ['d@shop.test', { password: null }],
    ] as const) {
      assert.equal((await post('/api/people', { ...withoutPassword, ...more, email })).status, 201)
      await shop.fresh('/api/people')
      for (const word of ['', 'null', 'undefined', newcomer.password])
        assert.notEqual((await signIn(email, word)).status, 200)
    }
    assert.equal((await post('/api/people', { ...newcomer, email: 'e@shop.test', password: '' })).status, 422)
  })

  it('lets an administrator neither make a super-admin nor take over the account of one', async () => {
    const { body } = await shop.fresh('/api/people?role=super-admin')
    const { id } = body.items[0]
    const made = await post('/api/people', { ...newcomer, email: 'b@shop.test', role: 'super-admin' })
    assert.equal(made.status, 403)
    assert.equal((await post(`/api/people/${id}/password`, { password: 'taken over by me' })).status, 403)
    assert.equal((await post(`/api/people/${id}/role`, { role: 'employee' })).status, 403)
    const last = await post(`/api/people/${id}/deactivate`, undefined, 'super-admin')
    assert.deepEqual([last.status, last.body.code], [409, 'last-super-admin'])
  })

  it('erases a person: nothing that identifies them can be read any more', async () => {
    const { id } = (await post('/api/people', { ...newcomer, email: 'gone@shop.test' })).body
    assert.equal((await post(`/api/people/${id}/erase`)).status, 403)
    assert.equal((await post(`/api/people/${id}/erase`, undefined, 'super-admin')).status, 200)
    const { body } = await shop.fresh(`/api/people/${id}`)
    assert.deepEqual([body.name, body.email, body.erased], [null, null, true])
  })

  it('changes the own password with the current one, which ends the other sessions', async () => {
    const other = (await signIn(emailOf('manager'), password)).body.accessToken
    const change = (current: string) =>
      post('/api/profile/password', { current, password: 'another long password' }, 'manager')
    assert.equal((await change('not mine at all')).status, 422)
    assert.equal((await change(password)).status, 200)
    assert.equal((await shop.call('GET', '/api/auth/me', by(other))).status, 401)
    assert.equal((await shop.call('GET', '/api/auth/me', { as: 'manager' })).status, 200)
    assert.equal((await signIn(emailOf('manager'), 'another long password')).status, 200)
  })

  it('lists the own sessions and revokes one', async () => {
    const { accessToken } = (await signIn(emailOf('employee'), password)).body
    const { items } = (await shop.fresh('/api/sessions?status=active', 'employee')).body
    assert.equal(items.filter(({ current }: { current: boolean }) => current).length, 1)
    const other = items.find(({ current }: { current: boolean }) => !current)
    assert.equal((await post(`/api/sessions/${other.id}/revoke`, undefined, 'employee')).status, 200)
    assert.equal((await shop.call('GET', '/api/auth/me', by(accessToken))).status, 401)
  })

  it('opens, moves and closes the cash of a till around a sale', async () => {
    const opened = await post('/api/cash-sessions', { locationId: shop.ids.shop, openingFloat: 10_000 }, 'employee')
    assert.equal(opened.status, 201)
    const path = `/api/cash-sessions/${opened.body.id}`
    const lines = [{ productId: shop.ids.oil, quantity: 1 }]
    const sale = { locationId: shop.ids.shop, lines, payment: { method: 'cash' } }
    const { total } = (await post('/api/sales', sale, 'employee')).body
    assert.equal((await post(`${path}/movements`, { amount: -1_000, reason: 'Bank' }, 'employee')).status, 201)
    const closed = await post(`${path}/close`, { counted: 10_000 }, 'employee')
    assert.deepEqual([closed.body.expected, closed.body.difference], [9_000 + total, 1_000 - total])
    assert.equal((await post(`${path}/close`, { counted: 1 }, 'employee')).body.code, 'cash-session-closed')
  })

  it('sells on account to a customer, receives the payment, and erases the customer', async () => {
    const { id } = (await post('/api/customers', { name: 'Restaurante Sol' }, 'employee')).body
    const lines = [{ productId: shop.ids.oil, quantity: 2 }]
    const sale = { locationId: shop.ids.shop, lines, payment: { method: 'account' }, customerId: id }
    const sold = (await post('/api/sales', sale, 'employee')).body
    const paid = await post(`/api/sales/${sold.id}/payments`, { amount: 1_000, method: 'card' }, 'employee')
    assert.deepEqual([paid.status, paid.body.outstanding], [201, sold.total - 1_000])
    assert.equal((await shop.fresh(`/api/customers/${id}`)).body.balance, sold.total - 1_000)
    assert.equal((await shop.fresh(`/api/customers/${id}/purchases`)).body.items.length, 1)
    assert.equal((await post(`/api/customers/${id}/erase`)).status, 200)
    assert.equal((await shop.fresh(`/api/customers/${id}`)).body.name, null)
  })

  it('gives tasks, which are done by those to whom they are given', async () => {
    const employee = (await shop.call('GET', '/api/auth/me', { as: 'employee' })).body.id
    const task = { title: 'Contar o arroz', assignee: { kind: 'person', id: employee } }
    const { id } = (await post('/api/tasks', task, 'manager')).body
    assert.equal((await shop.fresh('/api/tasks', 'employee')).body.items[0].id, id)
    assert.equal((await post(`/api/tasks/${id}/cancel`, undefined, 'employee')).status, 403)
    assert.equal((await post(`/api/tasks/${id}/complete`, undefined, 'employee')).status, 200)
    assert.equal((await shop.fresh(`/api/tasks/${id}`)).body.status, 'done')
  })

  it('reports what was sold, and proves its documents', async () => {
    const { body } = await shop.fresh('/api/reports/sales?by=product')
    assert.equal(body.rows[0].cells.product, 'Óleo 1 l')
    const { series } = (await shop.fresh('/api/fiscal/documents?type=VD')).body.items[0]
    const proof = await shop.fresh(`/api/fiscal/verify?series=${encodeURIComponent(series)}`)
    assert.deepEqual([proof.body.whole, proof.body.documents], [true, 1])
    assert.equal((await shop.fresh('/api/dashboard')).body.today.sales, 2)
  })

  it('changes the settings and builds a projection anew', async () => {
    const changed = await shop.call('PATCH', '/api/settings', { as: 'admin', body: { name: 'Loja Nova' } })
    assert.equal(changed.status, 200)
    assert.equal((await shop.fresh('/api/settings')).body.name, 'Loja Nova')
    assert.equal((await post('/api/system/projections/tasks/rebuild')).status, 403)
    assert.equal((await post('/api/system/projections/tasks/rebuild', undefined, 'super-admin')).status, 200)
    assert.equal((await post('/api/system/projections/none/rebuild', undefined, 'super-admin')).status, 404)
  })
})
