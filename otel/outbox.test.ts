import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openOutbox } from './outbox.ts'

const span = { name: 'work', options: {}, start: 1, end: 2 }

test('what is told is sent many at a time, and all that is left when asked', () => {
  const sent: string[] = []
  const underway = new Int32Array(new SharedArrayBuffer(4))
  const outbox = openOutbox((batch) => sent.push(batch), underway)
  for (let count = 0; count < 600; count += 1) outbox.span(span)
  assert.equal(sent.length, 1)
  outbox.timing(['caminho.append.duration', 3, {}])
  outbox.line('{}')
  outbox.flush()
  const batches = sent.map((batch) => JSON.parse(batch))
  assert.equal(batches.flatMap(({ spans }) => spans).length, 600)
  assert.deepEqual([batches[1].timings, batches[1].lines], [[['caminho.append.duration', 3, {}]], ['{}']])
  assert.equal(underway[0], 2)
})

test('what nobody takes is given up, and memory does not grow', () => {
  let sent = 0
  const underway = new Int32Array(new SharedArrayBuffer(4))
  const outbox = openOutbox(() => {
    sent += 1
  }, underway)
  for (let count = 0; count < 100_000; count += 1) outbox.span(span)
  assert.equal(sent, 16)
  Atomics.sub(underway, 0, 1)
  for (let count = 0; count < 512; count += 1) outbox.span(span)
  assert.equal(sent, 17, 'once one is taken, the next is sent')
})
