// The rules of a cash session: one till's drawer from the opening float to the count at the close.
import { type Decider, type Rejection, reject } from '../../kernel/decider.ts'
import { event } from '../../kernel/event.ts'
import { type CashEvents, cashEvents } from './events.ts'

export type CashCommands = {
  OpenCashSession: CashEvents['CashSessionOpened']
  TakeCash: CashEvents['CashTaken']
  GiveCashBack: CashEvents['CashGivenBack']
  MoveCash: CashEvents['CashMoved']
  CloseCashSession: Omit<CashEvents['CashSessionClosed'], 'expected' | 'difference'>
}

export type CashSession = {
  readonly status: 'unknown' | 'open' | 'closed'
  readonly locationId: string
  readonly till: number
  /** What should be in the drawer. */
  readonly expected: number
}

/** The id of the claim that the open session of a till holds. */
export const tillName = (locationId: string, till: number): string => `${locationId}/${till}`

const notOpen = ({ status }: CashSession): Rejection | undefined => {
  if (status === 'open') return undefined
  return reject(status === 'closed' ? 'cash-session-closed' : 'unknown-cash-session')
}

/**
 * `cash-session-closed`, `unknown-cash-session`. MoveCash: `not-enough-cash` { expected, asked } when more is taken out than should be there.
 * A customer's money is given back even if the drawer should not hold it: the figure may be wrong, and the count at the close shows it.
 */
export const cashSession: Decider<CashCommands, CashEvents, CashSession> = {
  events: cashEvents,
  initial: { status: 'unknown', locationId: '', till: 0, expected: 0 },
  snapshotVersion: 1,

  decide: {
    OpenCashSession: ({ status }, opened) =>
      status === 'unknown' ? [event('CashSessionOpened', opened)] : reject('already-opened'),
    TakeCash: (session, taken) => notOpen(session) ?? (taken.amount === 0 ? [] : [event('CashTaken', taken)]),
    GiveCashBack: (session, given) => notOpen(session) ?? (given.amount === 0 ? [] : [event('CashGivenBack', given)]),
    MoveCash: (session, moved) => {
      const refused = notOpen(session)
      if (refused) return refused
      if (moved.amount === 0) return []
      return session.expected + moved.amount < 0
        ? reject('not-enough-cash', { expected: session.expected, asked: -moved.amount })
        : [event('CashMoved', moved)]
    },
    CloseCashSession: (session, closed) => {
      const { expected } = session
      return (
        notOpen(session) ?? [event('CashSessionClosed', { ...closed, expected, difference: closed.counted - expected })]
      )
    },
  },

  evolve: {
    CashSessionOpened: (_, { locationId, till, openingFloat }) => ({
      status: 'open',
      locationId,
      till,
      expected: openingFloat,
    }),
    CashTaken: (session, { amount }) => ({ ...session, expected: session.expected + amount }),
    CashGivenBack: (session, { amount }) => ({ ...session, expected: session.expected - amount }),
    CashMoved: (session, { amount }) => ({ ...session, expected: session.expected + amount }),
    CashSessionClosed: (session) => ({ ...session, status: 'closed' }),
  },
}
