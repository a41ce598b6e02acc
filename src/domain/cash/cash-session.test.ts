import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { event } from '../../kernel/event.ts'
import { cashSession } from './cash-session.ts'

const cashSessionId = 'drawer-1'
const at = '2026-03-02T06:00:00.000Z'
const opening = {
  cashSessionId,
  locationId: 'baixa',
  till: 1,
  cashierId: 'ana',
  openingFloat: 50_000,
  at,
  day: '2026-03-02',
}
const opened = event('CashSessionOpened', opening)
const taken = (amount: number) => event('CashTaken', { cashSessionId, sourceId: 'sale-1', amount, at })
const givenBack = (amount: number) => event('CashGivenBack', { cashSessionId, sourceId: 'refund-1', amount, at })
const moved = (amount: number) => event('CashMoved', { cashSessionId, amount, reason: 'depósito', by: 'ana', at })
const closing = (counted: number) => ({ cashSessionId, counted, note: '', closedBy: 'ana', at })
const closed = event('CashSessionClosed', { ...closing(0), expected: 0, difference: 0 })

test('a drawer is opened once', () => {
  given(cashSession).when('OpenCashSession', opening).then([opened])
  given(cashSession, [opened]).when('OpenCashSession', opening).thenRejected('already-opened')
})

test('at the close there should be the float, and what was taken, less what was given back, and what was moved', () =>
  given(cashSession, [opened, taken(30_000), givenBack(5_000), moved(-60_000), moved(2_000)])
    .when('CloseCashSession', closing(16_500))
    .then([event('CashSessionClosed', { ...closing(16_500), expected: 17_000, difference: -500 })]))

test('no more is taken out than should be there', () => {
  given(cashSession, [opened])
    .when('MoveCash', moved(-50_001).data)
    .thenRejected('not-enough-cash', { expected: 50_000, asked: 50_001 })
  given(cashSession, [opened])
    .when('MoveCash', moved(-50_000).data)
    .then([moved(-50_000)])
})

test('a customer gets the money back even where the drawer should not hold it', () =>
  given(cashSession, [opened])
    .when('GiveCashBack', givenBack(60_000).data)
    .then([givenBack(60_000)]))

test('nothing taken, given back or moved is nothing to record', () => {
  given(cashSession, [opened]).when('TakeCash', taken(0).data).thenNothing()
  given(cashSession, [opened]).when('GiveCashBack', givenBack(0).data).thenNothing()
  given(cashSession, [opened]).when('MoveCash', moved(0).data).thenNothing()
})

test('a closed drawer stays closed, and one that was never opened is unknown', () => {
  given(cashSession, [opened, closed]).when('TakeCash', taken(1).data).thenRejected('cash-session-closed')
  given(cashSession, [opened, closed]).when('CloseCashSession', closing(0)).thenRejected('cash-session-closed')
  given(cashSession).when('MoveCash', moved(1).data).thenRejected('unknown-cash-session')
})
