// Everything that can happen in a cash session: from the opening float to the count at its close.
import { z } from 'zod'
import { type DataOf, events, v1 } from '../../kernel/event.ts'
import { amount, day, id, instant, money, note, text } from '../values.ts'

export const cashEvents = events('cash', {
  CashSessionOpened: v1({
    cashSessionId: id,
    locationId: id,
    till: z.int().min(1),
    cashierId: id,
    openingFloat: amount,
    at: instant,
    day,
  }),
  /** By a sale or the payment of an invoice; `sourceId` is its id. */
  CashTaken: v1({ cashSessionId: id, sourceId: id, amount, at: instant }),
  /** By a refund or a void. */
  CashGivenBack: v1({ cashSessionId: id, sourceId: id, amount, at: instant }),
  /** Put in (positive) or taken out (negative) by hand: change fetched, a delivery paid, a deposit made. */
  CashMoved: v1({ cashSessionId: id, amount: money, reason: text, by: id, at: instant }),
  CashSessionClosed: v1({
    cashSessionId: id,
    expected: money,
    counted: amount,
    difference: money,
    note,
    closedBy: id,
    at: instant,
  }),
})
export type CashEvents = DataOf<typeof cashEvents>
