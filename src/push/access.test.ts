// What events mean for who listens.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AccessEvent, consequenceFor, isAccessEvent } from './access.ts'

const who = { personId: 'ana', sessionId: 's1', role: 'manager', departments: [] } as const
const at = '2026-03-02T08:15:00.000Z'
const recorded = { id: 'e', stream: 's', revision: 0n, position: 1n, recordedAt: at, schema: 1 }
const meaning = (type: AccessEvent['type'], data: object) => {
  const event = { ...recorded, type, data: { at, ...data }, metadata: { actor: 'a', correlationId: 'c' } }
  assert(isAccessEvent(event))
  return consequenceFor(who, event)
}

test('the end of their session puts them out, that of another does not', () => {
  for (const type of ['SessionEnded', 'SessionRevoked'] as const) {
    assert.equal(meaning(type, { sessionId: 's1', personId: 'ana' }), 'out')
    assert.equal(meaning(type, { sessionId: 's2', personId: 'ana' }), 'none')
  }
})

test('so does what happens to the person, whichever their session', () => {
  for (const type of ['PersonDeactivated', 'PersonErased'] as const) {
    assert.equal(meaning(type, { personId: 'ana' }), 'out')
    assert.equal(meaning(type, { personId: 'rui' }), 'none')
  }
})

test('another role puts them out; the one that their token tells does not', () => {
  assert.equal(meaning('RoleChanged', { personId: 'ana', role: 'employee', previous: 'manager' }), 'out')
  assert.equal(meaning('RoleChanged', { personId: 'ana', role: 'manager', previous: 'employee' }), 'none')
  assert.equal(meaning('RoleChanged', { personId: 'rui', role: 'employee', previous: 'manager' }), 'none')
})

test('other departments move them', () => {
  assert.equal(meaning('WorkplaceChanged', { personId: 'ana', departments: ['Caixa'], locationId: null }), 'moved')
})
