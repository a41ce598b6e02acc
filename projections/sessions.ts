// Logins: which sessions there are, and which are still good. From where they came is in session-origins, by person.
import type { DomainEvents } from '../src/domain/events.ts'
import { asItBegan, projection } from './projection.ts'

export interface Session {
  readonly sessionId: string
  readonly personId: string
  readonly status: 'active' | 'ended' | 'revoked'
  readonly startedAt: string
  readonly refreshedAt: string
  /** Of the refresh token that is valid. */
  readonly generation: number
  readonly endedAt: string | null
  readonly revokedAt: string | null
  readonly reason: DomainEvents['SessionRevoked']['reason'] | null
}

const key = ({ data }: { readonly data: { readonly sessionId: string } }) => data.sessionId

export const sessions = projection<Session>('sessions', {
  version: 1,
  indexes: ['startedAt', ['personId', 'startedAt'], ['personId', 'status'], ['status', 'startedAt'], 'revokedAt'],
  on: {
    SessionStarted: {
      key,
      initial: ({ data: { sessionId, personId, at } }) => ({
        sessionId,
        personId,
        status: 'active',
        startedAt: at,
        refreshedAt: at,
        generation: 0,
        endedAt: null,
        revokedAt: null,
        reason: null,
      }),
      apply: asItBegan,
    },
    SessionRefreshed: {
      key,
      apply: (session, { data: { generation, at } }) => ({ ...session, generation, refreshedAt: at }),
    },
    SessionEnded: { key, apply: (session, { data }) => ({ ...session, status: 'ended', endedAt: data.at }) },
    SessionRevoked: {
      key,
      apply: (session, { data: { reason, at } }) => ({ ...session, status: 'revoked', revokedAt: at, reason }),
    },
  },
})
