// The tail of the log gives what was committed, or says that it does not reach back; it never leaves anything out.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Row } from './log-scan.ts'
import { logTail } from './log-tail.ts'

const row = (position: number, text = ''): Row => [position, position, '2026-01-01T00:00:00.000Z', '{}', text]

test('what lies beyond a position is all that was committed since, or is not known', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          {
            weight: 8,
            arbitrary: fc.record({ rows: fc.integer({ min: 1, max: 300 }), text: fc.constantFrom(1, 5_000) }),
          },
          { weight: 1, arbitrary: fc.constant('foreign' as const) },
        ),
        { maxLength: 20 },
      ),
      fc.nat({ max: 3_000 }),
      fc.integer({ min: 1, max: 600 }),
      (commits, position, count) => {
        const tail = logTail()
        let head = -1
        for (const commit of commits)
          if (commit === 'foreign') {
            tail.forget()
            head += 3
          } else {
            const rows = Array.from({ length: commit.rows }, (_, at) => row(head + 1 + at, 'x'.repeat(commit.text)))
            tail.add(head, rows)
            head += commit.rows
          }
        const found = tail.beyond(position, count)
        const expected = Array.from({ length: Math.max(0, head - position) }, (_, at) => position + 1 + at).slice(
          0,
          count,
        )
        if (found)
          assert.deepEqual(
            found.map(([key]) => key),
            expected,
          )
      },
    ),
  ))

test('what was just committed is known', () => {
  const tail = logTail()
  assert.equal(tail.beyond(-1, 10), undefined)
  tail.add(4, [row(6), row(7)])
  assert.deepEqual(
    tail.beyond(4, 10)?.map(([key]) => key),
    [6, 7],
  )
  assert.deepEqual(
    tail.beyond(6, 10)?.map(([key]) => key),
    [7],
  )
  assert.deepEqual(tail.beyond(7, 10), [])
  assert.equal(tail.beyond(3, 10), undefined)
})
