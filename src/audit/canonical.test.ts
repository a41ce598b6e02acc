import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { RecordedEvent } from '../kernel/event.ts'
import { canonicalBytes, canonicalJson, canonicalText } from './canonical.ts'

test('JSON is written as in the examples of RFC 8785', () => {
  const example = `{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
    "literals": [null, true, false]
  }`
  assert.equal(
    canonicalJson(JSON.parse(example)),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
  const names = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
  }
  const more = {
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  }
  assert.deepEqual(Object.values(JSON.parse(canonicalJson({ ...names, ...more }).replace('"1":"One",', ''))), [
    'Carriage Return',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ])
  assert.equal(canonicalJson([-0, 1e21, 1e-7, 2 ** 53]), '[0,1e+21,1e-7,9007199254740992]')
})

test('it is the same JSON, and the same text however the names were ordered', () =>
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json: unknown = JSON.parse(JSON.stringify(value))
      assert.deepEqual(JSON.parse(canonicalJson(json)), json)
      assert.equal(canonicalJson(JSON.parse(canonicalJson(json))), canonicalJson(json))
      assert.equal(canonicalJson(turned(json)), canonicalJson(json))
    }),
    { numRuns: 300 },
  ))

/** The same JSON with the names of its objects in the opposite order. */
const turned = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(turned)
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, turned(member)]),
  )
}

const event: RecordedEvent = {
  id: '0198b5a0-0000-7000-8000-000000000001',
  type: 'StockSold',
  stream: 'stock-p1@shop',
  revision: 7n,
  position: 4_711n,
  recordedAt: '2026-03-02T08:00:00.000Z',
  schema: 1,
  data: { quantity: 3, name: { sealed: 'AAAA' } },
  metadata: { correlationId: 'c1', actor: 'person:ana' },
}

test('an event is written with all that it is, but not where a store has put it', () => {
  assert.equal(
    canonicalText(event),
    '{"data":{"name":{"sealed":"AAAA"},"quantity":3},"id":"0198b5a0-0000-7000-8000-000000000001",' +
      '"metadata":{"actor":"person:ana","correlationId":"c1"},"recordedAt":"2026-03-02T08:00:00.000Z","revision":"7","schema":1,' +
      '"stream":"stock-p1@shop","type":"StockSold"}',
  )
  assert.equal(canonicalText({ ...event, position: 1n }), canonicalText(event))
  assert.equal(canonicalText(event), canonicalJson(JSON.parse(canonicalText(event))))
})

test('no field of an event can change, and no text be moved from one to another, without a change of the bytes', () => {
  const others: readonly RecordedEvent[] = [
    { ...event, id: 'x' },
    { ...event, type: 'StockSold2' },
    { ...event, stream: 'stock-p1@shoq' },
    { ...event, revision: 8n },
    { ...event, recordedAt: '2026-03-02T08:00:00.001Z' },
    { ...event, schema: 2 },
    { ...event, data: { quantity: 4, name: { sealed: 'AAAA' } } },
    { ...event, metadata: { ...event.metadata, actor: 'person:rui' } },
    { ...event, metadata: { ...event.metadata, traceparent: '00' } },
    { ...event, stream: 'stock-p1@shop","type":"StockSold', type: '' },
  ]
  for (const other of others) assert.notDeepEqual(canonicalBytes(other), canonicalBytes(event))
})

test('an event with a broken character can be sealed too', () => {
  assert.equal(canonicalJson('\ud800'), '"\\ud800"')
})
