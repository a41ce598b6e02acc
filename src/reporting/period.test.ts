// Which days a report is about, and with which it is compared.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayCount, daysIn, daysOfMonth, monthsIn, mostDays, periodFrom, wholeMonths } from './period.ts'

/** A Tuesday. */
const today = '2026-11-24'

test('today is compared with the same weekday a week ago', () =>
  assert.deepEqual(periodFrom({ period: 'today' }, today), {
    name: 'today',
    from: today,
    to: today,
    before: { from: '2026-11-17', to: '2026-11-17' },
  }))

test('a week begins on Monday and is compared with the same days of the week before', () => {
  const { from, to, before } = periodFrom({ period: 'week' }, today)
  assert.deepEqual([from, to, before], ['2026-11-23', today, { from: '2026-11-16', to: '2026-11-17' }])
  assert.equal(periodFrom({ period: 'week' }, '2026-11-29').from, '2026-11-23', 'Sunday ends it')
})

test('a month that is under way is compared with the same days of the month before', () => {
  assert.deepEqual(periodFrom({}, today).before, { from: '2026-10-01', to: '2026-10-24' })
  assert.deepEqual(periodFrom({ period: 'month' }, '2026-03-30').before, { from: '2026-02-01', to: '2026-02-28' })
  assert.deepEqual(periodFrom({ period: 'month' }, '2026-01-05').before, { from: '2025-12-01', to: '2025-12-05' })
})

test('last month is whole, and so is the month that it is compared with', () => {
  const { from, to, before } = periodFrom({ period: 'last-month' }, '2026-03-30')
  assert.deepEqual([from, to, before], ['2026-02-01', '2026-02-28', { from: '2026-01-01', to: '2026-01-31' }])
})

test('dates of one’s own are compared with as many days just before them, and put in order', () => {
  const { name, from, to, before } = periodFrom({ from: '2026-11-10', to: '2026-11-01' }, today)
  assert.deepEqual([name, from, to], ['custom', '2026-11-01', '2026-11-10'])
  assert.deepEqual(before, { from: '2026-10-22', to: '2026-10-31' })
})

test('what is no date gives the month so far; what is too long is cut', () => {
  for (const from of ['2026-02-30', 'yesterday', '', '0000-01-01', '2026-1-1'])
    assert.equal(periodFrom({ period: 'custom', from, to: today }, today).name, 'month', from)
  assert.equal(dayCount(periodFrom({ from: '1990-01-01', to: today }, today)), mostDays)
})

test('a tax is declared by whole months, against as many before them', () => {
  const { from, to, before } = wholeMonths(periodFrom({ from: '2026-01-15', to: '2026-02-03' }, today))
  assert.deepEqual([from, to, before], ['2026-01-01', '2026-02-28', { from: '2025-11-01', to: '2025-12-31' }])
})

test('days and months of a range are listed in order, over the end of a leap February and of a year', () => {
  assert.deepEqual(daysIn({ from: '2028-02-28', to: '2028-03-01' }), ['2028-02-28', '2028-02-29', '2028-03-01'])
  assert.deepEqual(monthsIn({ from: '2026-12-31', to: '2027-01-01' }), ['2026-12', '2027-01'])
  assert.deepEqual(daysOfMonth('2026-12'), { from: '2026-12-01', to: '2026-12-31' })
})
