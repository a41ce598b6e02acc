// How many logins failed on each day, and why. Days are UTC, since nobody has logged in whose company's day it could be.
import type { DomainEvents } from '../src/domain/events.ts'
import { projection } from './projection.ts'

type Reason = DomainEvents['LoginFailed']['reason']

export interface LoginFailures {
  readonly day: string
  readonly failures: number
  readonly byReason: Readonly<Record<Reason, number>>
}

const dayOf = (at: string) => at.slice(0, 10)

export const loginFailures = projection<LoginFailures>('login-failures', {
  version: 1,
  indexes: ['day'],
  on: {
    LoginFailed: {
      key: ({ data }) => dayOf(data.at),
      initial: ({ data }) => ({
        day: dayOf(data.at),
        failures: 0,
        byReason: { credentials: 0, deactivated: 0, 'too-many': 0 },
      }),
      apply: (day, { data: { reason } }) => ({
        ...day,
        failures: day.failures + 1,
        byReason: { ...day.byReason, [reason]: day.byReason[reason] + 1 },
      }),
    },
  },
})
