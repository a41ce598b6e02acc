import { test } from 'node:test'
import { fact } from '../test/specification/facts.ts'
import { project } from '../test/specification/projection.ts'
import { cashSessions } from './cash-sessions.ts'

const at = '2026-01-05T08:00:00.000Z'
const drawer = { cashSessionId: 'cash-1', at }

const opened = fact('CashSessionOpened', {
  ...drawer,
  locationId: 'shop',
  till: 1,
  cashierId: 'ana',
  openingFloat: 500_00,
  day: '2026-01-05',
})
const morning = [
  opened,
  fact('CashTaken', { ...drawer, sourceId: 'sale-1', amount: 116_00 }),
  fact('CashGivenBack', { ...drawer, sourceId: 'refund-1', amount: 16_00 }),
  fact('CashMoved', { ...drawer, amount: -200_00, reason: 'deposit', by: 'rui' }),
]
const seen = {
  cashSessionId: 'cash-1',
  locationId: 'shop',
  till: 1,
  cashierId: 'ana',
  openedAt: at,
  day: '2026-01-05',
  openingFloat: 500_00,
  taken: 116_00,
  givenBack: 16_00,
  moved: [{ amount: -200_00, reason: 'deposit', by: 'rui', at }],
  expected: 400_00,
}

test('an open session says what should be in the drawer so far', () =>
  project(cashSessions, morning).equals({
    'cash-1': {
      ...seen,
      status: 'open',
      counted: null,
      difference: null,
      note: null,
      closedBy: null,
      closedAt: null,
    },
  }))

test('a closed session says what was counted and by how much it differs', () => {
  const count = { expected: 400_00, counted: 395_00, difference: -5_00, note: 'coins', closedBy: 'ana' }
  project(cashSessions, [...morning, fact('CashSessionClosed', { ...drawer, ...count })]).equals({
    'cash-1': { ...seen, ...count, status: 'closed', closedAt: at },
  })
})
