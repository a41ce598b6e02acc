// Each till's drawer: what should be in it so far, and what was counted at the close.
import { asItBegan, projection } from './projection.ts'

export interface CashMovement {
  readonly amount: number
  readonly reason: string
  readonly by: string
  readonly at: string
}

export interface CashSession {
  readonly cashSessionId: string
  readonly locationId: string
  readonly till: number
  readonly cashierId: string
  readonly status: 'open' | 'closed'
  readonly openedAt: string
  readonly day: string
  readonly openingFloat: number
  readonly taken: number
  readonly givenBack: number
  /** Put in and taken out by hand. */
  readonly moved: readonly CashMovement[]
  /** What should be in the drawer. */
  readonly expected: number
  readonly counted: number | null
  /** Counted less expected. */
  readonly difference: number | null
  readonly note: string | null
  readonly closedBy: string | null
  readonly closedAt: string | null
}

const key = ({ data }: { readonly data: { readonly cashSessionId: string } }) => data.cashSessionId

export const cashSessions = projection<CashSession>('cash-sessions', {
  version: 1,
  indexes: [
    'openedAt',
    ['status', 'openedAt'],
    ['locationId', 'till', 'openedAt'],
    ['locationId', 'openedAt'],
    ['cashierId', 'openedAt'],
  ],
  on: {
    CashSessionOpened: {
      key,
      initial: ({ data: { cashSessionId, locationId, till, cashierId, openingFloat, at, day } }) => ({
        cashSessionId,
        locationId,
        till,
        cashierId,
        status: 'open',
        openedAt: at,
        day,
        openingFloat,
        taken: 0,
        givenBack: 0,
        moved: [],
        expected: openingFloat,
        counted: null,
        difference: null,
        note: null,
        closedBy: null,
        closedAt: null,
      }),
      apply: asItBegan,
    },
    CashTaken: {
      key,
      apply: (session, { data: { amount } }) => ({
        ...session,
        taken: session.taken + amount,
        expected: session.expected + amount,
      }),
    },
    CashGivenBack: {
      key,
      apply: (session, { data: { amount } }) => ({
        ...session,
        givenBack: session.givenBack + amount,
        expected: session.expected - amount,
      }),
    },
    CashMoved: {
      key,
      apply: (session, { data: { amount, reason, by, at } }) => ({
        ...session,
        moved: [...session.moved, { amount, reason, by, at }],
        expected: session.expected + amount,
      }),
    },
    CashSessionClosed: {
      key,
      apply: (session, { data: { expected, counted, difference, note, closedBy, at } }) => ({
        ...session,
        status: 'closed',
        expected,
        counted,
        difference,
        note,
        closedBy,
        closedAt: at,
      }),
    },
  },
})
