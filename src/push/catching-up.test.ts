// What a listener is caught up with, and the limits it must keep: the parts that need neither log nor socket.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conflated } from './catching-up.ts'
import type { Message } from './messages.ts'
import { type Outgoing, outgoingOf } from './outgoing.ts'
import { recentMessages } from './recent.ts'
import { tokenBucket } from './token-bucket.ts'

const outgoing = (position: bigint, state?: string): Outgoing => {
  const message: Message = {
    event: 'stock-changed',
    data: { productId: 'p', locationId: 'l', change: 'sold', onHand: Number(position) },
    rooms: ['all'],
    needs: 'stock.read',
    ...(state !== undefined && { state }),
  }
  const event = { id: '', type: '', stream: '', revision: 0n, position, recordedAt: '', schema: 1, data: {} }
  return outgoingOf({ ...event, metadata: { actor: '', correlationId: '' } }, message)
}
const positions = (outgoings: readonly Outgoing[]) => outgoings.map(({ position }) => Number(position))

test('of a state only the latest is left, of facts all', () => {
  const page = [outgoing(1n, 'a'), outgoing(2n), outgoing(3n, 'b'), outgoing(4n, 'a'), outgoing(5n), outgoing(6n, 'a')]
  assert.deepEqual(positions(conflated(page)), [2, 3, 5, 6])
})

test('the recent messages are whole from where they say they begin', () => {
  const recent = recentMessages(10, 100n)
  for (let position = 101n; position <= 150n; position += 1n) {
    recent.add(outgoing(position))
    const kept = positions(recent.after(recent.since))
    assert.equal(kept.length, Number(position - recent.since), `after ${recent.since} at ${position}`)
    assert(kept.length >= Math.min(10, Number(position - 100n)) && kept.length <= 20)
    assert.deepEqual(positions(recent.after(position)), [])
  }
  recent.reset(200n)
  assert.deepEqual([recent.since, recent.after(200n)], [200n, []])
})

test('a token bucket gives so many at once, and then so many a second', () => {
  const bucket = tokenBucket(3, 2)
  const taken = (now: number) => {
    let count = 0
    while (bucket.take(now)) count += 1
    return count
  }
  assert.deepEqual([taken(0), taken(100), taken(500), taken(10_000)], [3, 0, 1, 3])
})
