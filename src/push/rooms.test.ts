// Who hears what: rooms, permissions, filters.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Room } from '../../client/push/protocol.ts'
import type { Role } from '../domain/values.ts'
import type { Message } from './messages.ts'
import { groupKey, mayEnter, roomFor, type Who, wantedOf } from './rooms.ts'

const somebody = (role: Role, departments: readonly string[] = []): Who => ({
  personId: 'ana',
  sessionId: 'session',
  role,
  departments,
})
const sale = (rooms: readonly Room[] = ['location:baixa', 'all']): Message => ({
  event: 'sale-changed',
  data: { saleId: 's1', locationId: 'baixa', change: 'voided', amount: 100 },
  rooms,
  needs: 'sales.read',
})
const everything = wantedOf({ events: ['*'] })

test('everybody is in all, in the room of their role, of each department, and in their own', () => {
  const who = somebody('manager', ['Vendas'])
  for (const room of ['all', 'role:manager', 'department:Vendas', 'user:ana', 'location:baixa'] as const)
    assert(mayEnter(who, room), room)
  for (const room of ['role:admin', 'role:employee', 'department:Armazém', 'user:rui'] as const)
    assert(!mayEnter(who, room), room)
})

test('a message is told in the first of its rooms in which the listener is', () => {
  const who = somebody('employee')
  assert.equal(roomFor(who, everything, sale()), 'location:baixa')
  assert.equal(roomFor(who, wantedOf({ events: ['*'], rooms: ['all'] }), sale()), 'all')
  assert.equal(roomFor(who, wantedOf({ events: ['*'], rooms: ['location:praia'] }), sale()), undefined)
  assert.equal(roomFor(who, everything, sale(['role:admin', 'department:Vendas'])), undefined)
})

test('without being asked for, only the four main events are told', () => {
  assert.equal(roomFor(somebody('admin'), wantedOf(), sale()), undefined)
  assert.equal(roomFor(somebody('admin'), wantedOf({ events: ['sale-changed'] }), sale()), 'location:baixa')
})

test('a message is told only to those who may do what it needs', () => {
  const alert: Message = {
    event: 'system-update',
    data: { change: 'alert-resolved', alertId: 'a', kind: null, subject: null, severity: null, detail: null },
    rooms: ['all'],
    needs: 'system.read',
  }
  const told = (role: Role) => roomFor(somebody(role), everything, alert) !== undefined
  assert.deepEqual((['employee', 'manager', 'admin', 'super-admin'] as const).filter(told), ['admin', 'super-admin'])
})

test('a filter asks for one value, or for any of several; what a message does not have does not match', () => {
  const passes = (filter: Parameters<typeof wantedOf>[0]) =>
    roomFor(somebody('admin'), wantedOf({ events: ['*'], ...filter }), sale()) !== undefined
  assert(passes({ filter: { locationId: 'baixa' } }))
  assert(passes({ filter: { locationId: ['praia', 'baixa'], amount: 100 } }))
  assert(!passes({ filter: { locationId: 'baixa', amount: 99 } }))
  assert(!passes({ filter: { productId: 'p1' } }))
  assert(!passes({ filter: { constructor: 'x', toString: 'y' } }))
})

test('who is due the same is of one group, whatever the order in which it was said', () => {
  const one = groupKey(somebody('admin', ['A', 'B']), wantedOf({ rooms: ['all', 'role:admin'] }))
  const two = groupKey(
    { ...somebody('admin', ['B', 'A']), personId: 'rui' },
    wantedOf({ rooms: ['role:admin', 'all'] }),
  )
  assert.equal(one, two)
  assert.notEqual(one, groupKey(somebody('manager', ['A', 'B']), wantedOf({ rooms: ['all', 'role:admin'] })))
})
