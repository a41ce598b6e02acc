// From where each person logged in: one document a person, so that an erasure reaches it. The last hundred sessions are kept.
import { projection } from './projection.ts'

export interface SessionOrigin {
  readonly sessionId: string
  readonly address: string | null
  readonly userAgent: string | null
}

export interface SessionOrigins {
  readonly personId: string
  /** Oldest first. */
  readonly origins: readonly SessionOrigin[]
}

const kept = 100
const key = ({ data }: { readonly data: { readonly personId: string } }) => data.personId

export const sessionOrigins = projection<SessionOrigins>('session-origins', {
  version: 1,
  indexes: [],
  on: {
    SessionStarted: {
      key,
      initial: ({ data }) => ({ personId: data.personId, origins: [] }),
      apply: (person, { data: { sessionId, address, userAgent } }) => ({
        ...person,
        origins: [...person.origins.slice(1 - kept), { sessionId, address, userAgent }],
      }),
    },
    PersonErased: {
      key,
      apply: (person) => ({
        ...person,
        origins: person.origins.map(({ sessionId }) => ({ sessionId, address: null, userAgent: null })),
      }),
    },
  },
})
