import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { instantOf, instantsAround, localTime, startOfDay } from './calendar.ts'

test('late evening in UTC is already the next day in Maputo', () =>
  assert.deepEqual(localTime('2026-03-31T22:30:00.000Z', 'Africa/Maputo'), { day: '2026-04-01', hour: 0 }))

test('the year turns by local time', () =>
  assert.deepEqual(localTime('2025-12-31T22:00:00Z', 'Africa/Maputo'), { day: '2026-01-01', hour: 0 }))

test('an hour of the afternoon is counted from midnight', () =>
  assert.deepEqual(localTime('2026-06-15T13:59:59Z', 'Africa/Maputo'), { day: '2026-06-15', hour: 15 }))

test('a local day begins at local midnight, on days when the clocks change too', () => {
  assert.equal(startOfDay('2026-03-02', 'Africa/Maputo'), '2026-03-01T22:00:00.000Z')
  assert.equal(startOfDay('2026-03-29', 'Europe/Lisbon'), '2026-03-29T00:00:00.000Z')
  assert.equal(startOfDay('2026-03-30', 'Europe/Lisbon'), '2026-03-29T23:00:00.000Z')
  assert.equal(startOfDay('2026-11-01', 'America/New_York'), '2026-11-01T04:00:00.000Z')
})

test('the instants around days hold every moment of them, in every time zone', () =>
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-30'), noInvalidDate: true }),
      fc.constantFrom('Africa/Maputo', 'Pacific/Kiritimati', 'Etc/GMT+12', 'America/Sao_Paulo', 'Asia/Kathmandu'),
      (moment, zone) => {
        const at = moment.toISOString()
        const { day } = localTime(at, zone)
        const { gte = '', lt = '' } = instantsAround({ from: day, to: day })
        assert.ok(gte <= at && at < lt)
      },
    ),
  ))

test('a moment of the local clock is an instant', () => {
  assert.equal(instantOf('2026-03-02T17:00', 'Africa/Maputo'), '2026-03-02T15:00:00.000Z')
  assert.equal(instantOf('2026-07-01T00:30:15', 'Europe/Lisbon'), '2026-06-30T23:30:15.000Z')
})
