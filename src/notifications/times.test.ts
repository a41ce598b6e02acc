import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dueReports } from './due-reports.ts'
import { quietUntil, timeOfDayIn } from './quiet-hours.ts'

const zone = 'Africa/Maputo'
/** Maputo is two hours ahead of UTC, all year. */
const local = (day: string, time: string) => new Date(`${day}T${time}:00+02:00`)
const night = { from: '21:00', to: '06:30', zone }

test('quiet hours hold over midnight, and end when they say', () => {
  assert.deepEqual(quietUntil(night, local('2026-03-02', '23:10')), local('2026-03-03', '06:30'))
  assert.deepEqual(quietUntil(night, local('2026-03-03', '05:00')), local('2026-03-03', '06:30'))
  assert.equal(quietUntil(night, local('2026-03-03', '06:30')), undefined)
  assert.equal(quietUntil(night, local('2026-03-03', '12:00')), undefined)
  assert.deepEqual(
    quietUntil({ from: '12:00', to: '13:00', zone }, local('2026-03-02', '12:00')),
    local('2026-03-02', '13:00'),
  )
  assert.equal(quietUntil({ from: '08:00', to: '08:00', zone }, local('2026-03-02', '08:00')), undefined)
  assert.equal(quietUntil(null, new Date()), undefined)
})

test('whoever is told later is told at the end of the quiet hours, at most a day later', () => {
  const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 })
  const written = (of: number) => `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`
  fc.assert(
    fc.property(
      minutes,
      minutes,
      fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
      (from, to, at) => {
        const until = quietUntil({ from: written(from), to: written(to), zone }, at)
        if (!until) return
        assert.equal(timeOfDayIn(until, zone), written(to))
        assert(until > at && until.getTime() - at.getTime() <= 24 * 3_600_000)
      },
    ),
  )
})

const subscription = (every: 'daily' | 'weekly' | 'monthly') => ({ every, time: '07:00', zone, locationId: null })
const longAgo = new Date(0)
const periods = (every: 'daily' | 'weekly' | 'monthly', now: Date, after = longAgo) =>
  dueReports(subscription(every), after, now).map(({ from, to }) => `${from}..${to}`)

test('a daily report is due once its time has come, about the day before', () => {
  assert.deepEqual(periods('daily', local('2026-03-02', '06:59')), ['2026-02-28..2026-02-28'])
  assert.deepEqual(periods('daily', local('2026-03-02', '07:00')), ['2026-03-01..2026-03-01'])
})

test('a weekly report is due on Mondays, a monthly one on the first', () => {
  assert.deepEqual(periods('weekly', local('2026-03-02', '07:15')), ['2026-02-23..2026-03-01'])
  assert.deepEqual(periods('weekly', local('2026-03-04', '07:15')), [])
  assert.deepEqual(periods('monthly', local('2026-03-01', '07:15')), ['2026-02-01..2026-02-28'])
  assert.deepEqual(periods('monthly', local('2026-03-03', '07:15')), [])
})

test('who subscribes after its time gets none before the next', () =>
  assert.deepEqual(periods('daily', local('2026-03-02', '15:00'), local('2026-03-02', '14:00')), []))
