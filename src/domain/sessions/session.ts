// The rules of a session: one valid refresh token at a time, and an old one that comes back ends it (OAuth 2.0 Security BCP, RFC 9700, 4.14).
import { type Decider, nothing, reject } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { type SessionEvents, sessionEvents } from './events.ts'

export type SessionCommands = {
  StartSession: SessionEvents['SessionStarted']
  /** `generation`: that of the refresh token which was presented. */
  RefreshSession: { readonly sessionId: string; readonly generation: number; readonly at: string }
  EndSession: Pick<SessionEvents['SessionEnded'], 'sessionId' | 'at'>
  RevokeSession: Omit<SessionEvents['SessionRevoked'], 'personId'>
}

export interface Session {
  readonly status: 'unknown' | 'open' | 'over'
  readonly personId: string
  /** Of the only refresh token that is valid. */
  readonly generation: number
  readonly refreshedAt: string
}

/** Milliseconds in which the token before is still taken for the current one: two tabs, or an answer that was lost. */
const leeway = 10_000

/**
 * `unknown-session`; `session-over` for one that was ended or revoked. RefreshSession with an old token records its reuse and revokes the
 * session; with the token before, within the leeway, nothing is recorded: the current token is to be issued again.
 */
export const session: Decider<SessionCommands, SessionEvents, Session> = {
  events: sessionEvents,
  initial: { status: 'unknown', personId: '', generation: 0, refreshedAt: '' },

  decide: {
    StartSession: (session, started) =>
      session.status === 'unknown' ? [event('SessionStarted', started)] : reject('session-over'),

    RefreshSession: (session, { sessionId, generation, at }) => {
      if (session.status !== 'open') return reject(session.status === 'over' ? 'session-over' : 'unknown-session')
      const { personId } = session
      if (generation === session.generation)
        return [event('SessionRefreshed', { sessionId, personId, generation: generation + 1, at })]
      const isTwin = generation === session.generation - 1 && Date.parse(at) - Date.parse(session.refreshedAt) <= leeway
      if (isTwin) return nothing
      return [
        event('RefreshTokenReused', { sessionId, personId, generation, at }),
        event('SessionRevoked', { sessionId, personId, reason: 'token-reused' as const, at }),
      ]
    },

    EndSession: ({ status, personId }, command) =>
      status === 'open' ? [event('SessionEnded', { ...command, personId })] : nothing,
    RevokeSession: ({ status, personId }, command) => {
      if (status === 'unknown') return reject('unknown-session')
      return status === 'open' ? [event('SessionRevoked', { ...command, personId })] : nothing
    },
  },

  evolve: {
    SessionStarted: (_, { personId, at }) => ({ status: 'open', personId, generation: 0, refreshedAt: at }),
    SessionRefreshed: (session, { generation, at }) => ({ ...session, generation, refreshedAt: at }),
    SessionEnded: (session) => ({ ...session, status: 'over' }),
    SessionRevoked: (session) => ({ ...session, status: 'over' }),
  },
}
