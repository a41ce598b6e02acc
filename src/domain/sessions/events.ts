// Everything that can happen to a login: sessions, their refresh tokens, and failed attempts.
import { z } from 'zod'
import { type DataOf, events, personal, v1 } from '../../kernel/event.ts'
import { id, instant } from '../values.ts'

const person = { person: 'personId' }

export const sessionEvents = events('session', {
  SessionStarted: v1(
    { sessionId: id, personId: id, address: personal(z.string()), userAgent: personal(z.string()), at: instant },
    person,
  ),
  /** The refresh token of `generation` is the only valid one from now on. */
  SessionRefreshed: v1({ sessionId: id, personId: id, generation: z.int().positive(), at: instant }),
  /** An old refresh token came back: somebody else may hold it. The session is revoked with it. */
  RefreshTokenReused: v1({ sessionId: id, personId: id, generation: z.int().nonnegative(), at: instant }),
  SessionEnded: v1({ sessionId: id, personId: id, at: instant }),
  SessionRevoked: v1({
    sessionId: id,
    personId: id,
    reason: z.enum(['by-person', 'by-administrator', 'token-reused', 'password-changed', 'deactivated']),
    at: instant,
  }),
})
export type SessionEvents = DataOf<typeof sessionEvents>

/** `accountKey` is a keyed hash of what was typed as e-mail; whether there is such an account is not told. */
export const loginEvents = events('login', {
  LoginFailed: v1(
    {
      accountKey: id,
      address: personal(z.string()),
      reason: z.enum(['credentials', 'deactivated', 'too-many']),
      at: instant,
    },
    { person: 'accountKey' },
  ),
})
export type LoginEvents = DataOf<typeof loginEvents>
