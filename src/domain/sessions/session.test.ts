import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import { session } from './session.ts'

const sessionId = 's1'
const personId = 'ana'
const at = '2026-03-02T08:00:00.000Z'
const later = (seconds: number) => new Date(Date.parse(at) + seconds * 1000).toISOString()
const started = event('SessionStarted', { sessionId, personId, address: null, userAgent: null, at })
const refreshed = (generation: number, when: string) =>
  event('SessionRefreshed', { sessionId, personId, generation, at: when })

test('the current refresh token gives the next one', () =>
  given(session, [started])
    .when('RefreshSession', { sessionId, generation: 0, at: later(60) })
    .then([refreshed(1, later(60))]))

test('two tabs that refresh at once both go on', () =>
  given(session, [started, refreshed(1, later(60))])
    .when('RefreshSession', { sessionId, generation: 0, at: later(65) })
    .thenNothing())

test('an old refresh token that comes back is recorded and ends the session', () =>
  given(session, [started, refreshed(1, later(60))])
    .when('RefreshSession', { sessionId, generation: 0, at: later(75) })
    .then([
      event('RefreshTokenReused', { sessionId, personId, generation: 0, at: later(75) }),
      event('SessionRevoked', { sessionId, personId, reason: 'token-reused' as const, at: later(75) }),
    ]))

test('a token from two generations ago is a reuse however quickly it comes', () =>
  given(session, [started, refreshed(1, at), refreshed(2, at)])
    .when('RefreshSession', { sessionId, generation: 0, at })
    .then([
      event('RefreshTokenReused', { sessionId, personId, generation: 0, at }),
      event('SessionRevoked', { sessionId, personId, reason: 'token-reused' as const, at }),
    ]))

test('a session that is over is not refreshed, and ends only once', () => {
  const ended = event('SessionEnded', { sessionId, personId, at })
  given(session, [started]).when('EndSession', { sessionId, at }).then([ended])
  given(session, [started, ended]).when('EndSession', { sessionId, at }).thenNothing()
  given(session, [started, ended]).when('RevokeSession', { sessionId, reason: 'by-person', at }).thenNothing()
  given(session, [started, ended]).when('RefreshSession', { sessionId, generation: 0, at }).thenRejected('session-over')
  given(session).when('RefreshSession', { sessionId, generation: 0, at }).thenRejected('unknown-session')
})
