import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fact, person } from '../test/specification/facts.ts'
import { project } from '../test/specification/projection.ts'
import { people } from './people.ts'
import { sessionOrigins } from './session-origins.ts'
import { sessions } from './sessions.ts'

const at = '2026-02-01T09:00:00.000Z'
const erased = fact('PersonErased', { personId: 'ana', at })
const login = (address: string | null, userAgent: string | null) =>
  fact('SessionStarted', { sessionId: 'session-1', personId: 'ana', address, userAgent, at })

test('a person begins active, in Portuguese, and sorted without accents', () =>
  project(people, [person()]).equals({
    ana: {
      personId: 'ana',
      name: 'Ana Conceição',
      nameKey: 'ana conceicao',
      email: 'ana@example.com',
      phone: null,
      role: 'employee',
      departments: ['loja'],
      locationId: 'shop',
      locale: 'pt-MZ',
      theme: 'system',
      active: true,
      erased: false,
      addedAt: '2026-01-05T08:00:00.000Z',
      passwordChangedAt: null,
      preferencesChangedAt: null,
    },
  }))

test('each change is seen in the person', () => {
  const { ana } = project(people, [
    person(),
    fact('PersonDetailsChanged', { personId: 'ana', name: 'Ana Sitoe', email: 'a@example.com', phone: '84', at }),
    fact('RoleChanged', { personId: 'ana', role: 'manager', previous: 'employee', at }),
    fact('WorkplaceChanged', { personId: 'ana', departments: ['armazém'], locationId: null, at }),
    fact('PreferencesChanged', { personId: 'ana', locale: 'en', theme: 'dark', at }),
    fact('PasswordChanged', { personId: 'ana', by: 'self', at }),
    fact('PersonDeactivated', { personId: 'ana', at }),
  ]).documents
  assert.deepEqual(ana, {
    personId: 'ana',
    name: 'Ana Sitoe',
    nameKey: 'ana sitoe',
    email: 'a@example.com',
    phone: '84',
    role: 'manager',
    departments: ['armazém'],
    locationId: null,
    locale: 'en',
    theme: 'dark',
    active: false,
    erased: false,
    addedAt: '2026-01-05T08:00:00.000Z',
    passwordChangedAt: at,
    preferencesChangedAt: at,
  })
})

test('an erased person is the same, byte for byte, as one replayed after the erasure, when the log no longer tells who it was', () => {
  const readNow = [person(), login('41.220.0.1', 'Firefox'), erased]
  const readLater = [person({ name: null, email: null, phone: null }), login(null, null), erased]
  for (const projection of [people, sessions, sessionOrigins]) {
    const [now, later] = [readNow, readLater].map((log) => JSON.stringify(project<object>(projection, log).documents))
    assert.equal(now, later)
    assert(!now?.includes('Concei') && !now?.includes('Firefox'))
  }
})

test('a session is active until it is ended or revoked', () => {
  const started = login('41.220.0.1', 'Firefox')
  const session = { sessionId: 'session-1', personId: 'ana' }
  const refreshed = fact('SessionRefreshed', { ...session, generation: 1, at })
  project(sessions, [started, refreshed]).equals({
    'session-1': {
      ...session,
      status: 'active',
      startedAt: at,
      refreshedAt: at,
      generation: 1,
      endedAt: null,
      revokedAt: null,
      reason: null,
    },
  })
  const ended = project(sessions, [started, fact('SessionEnded', { ...session, at })]).documents['session-1']
  assert.equal(ended?.status, 'ended')
  const revoked = [started, fact('SessionRevoked', { ...session, reason: 'token-reused', at })]
  assert.equal(project(sessions, revoked).documents['session-1']?.reason, 'token-reused')
})

test('of each person the origins of the last hundred sessions are kept', () => {
  const logins = Array.from({ length: 120 }, (_, index) =>
    fact('SessionStarted', { sessionId: `session-${index}`, personId: 'ana', address: null, userAgent: null, at }),
  )
  const origins = project(sessionOrigins, logins).documents.ana?.origins ?? []
  assert.equal(origins.length, 100)
  assert.equal(origins[0]?.sessionId, 'session-20')
})
