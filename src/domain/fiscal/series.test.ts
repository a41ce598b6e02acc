import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { given } from '../../../test/specification/decider.ts'
import { fold, isRejection } from '../../kernel/decider.ts'
import type { EventIn } from '../../kernel/event.ts'
import { verifyChain } from './chain.ts'
import type { SeriesEvents } from './events.ts'
import { type SeriesCommands, series, seriesId, seriesName, seriesOf } from './series.ts'

const name = 'VD BXA1-2026'
const issuing = (total: number): SeriesCommands['IssueDocument'] => ({
  series: name,
  type: 'VD',
  sourceId: `sale-${total}`,
  saleId: `sale-${total}`,
  locationId: 'baixa',
  subjectId: `sale-${total}`,
  customerNuit: '400339910',
  companyNuit: '400005834',
  total,
  tax: Math.round((total * 16) / 116),
  refersTo: null,
  at: '2026-03-02T08:15:00.000Z',
  day: '2026-03-02',
})
const cancelling = (document: string): SeriesCommands['CancelDocument'] => ({
  series: name,
  document,
  saleId: 'sale-100',
  reason: 'engano',
  at: '2026-03-02T08:20:00.000Z',
  day: '2026-03-02',
})

type Fact = EventIn<SeriesEvents>
const issued = (totals: readonly number[]): Fact[] => {
  const events: Fact[] = []
  for (const total of totals) {
    const decided = series.decide.IssueDocument(fold(series, events), issuing(total))
    assert(!isRejection(decided))
    events.push(...decided)
  }
  return events
}
const altered = (events: readonly Fact[], index: number, data: object): Fact[] =>
  events.map((event, at) => (at === index ? ({ ...event, data: { ...event.data, ...data } } as Fact) : event))

test('a series is named by type, till and year, and its stream has no space in its name', () => {
  assert.equal(seriesName('VD', 'BXA', 1, '2026-03-02'), name)
  assert.equal(seriesId(name), 'VD-BXA1-2026')
  assert.equal(seriesOf('VD BXA1-2026/12'), name)
})

test('the first document has number 1 and is chained to zeros, the next to the first', () => {
  const [first, second] = issued([100, 200])
  assert(first?.type === 'FiscalDocumentIssued' && second?.type === 'FiscalDocumentIssued')
  assert.equal(first.data.document, 'VD BXA1-2026/1')
  assert.equal(first.data.previousHash, '0'.repeat(64))
  assert.equal(second.data.number, 2)
  assert.equal(second.data.previousHash, first.data.hash)
})

test('the hash is the one that docs/fiscal.md tells how to compute', () => {
  const [first] = issued([11_600])
  assert(first?.type === 'FiscalDocumentIssued')
  const text = `["VD BXA1-2026",1,"2026-03-02","2026-03-02T08:15:00.000Z","sale-11600",11600,1600,"400005834",null,"${'0'.repeat(64)}"]`
  assert.equal(first.data.hash, createHash('sha256').update(text).digest('hex'))
})

test('the series follows from its last event alone, a cancellation too', () => {
  const events = issued([100, 200])
  const cancelled = series.decide.CancelDocument(fold(series, events), cancelling(`${name}/1`))
  assert(!isRejection(cancelled))
  assert.deepEqual(fold(series, cancelled), fold(series, events))
  assert.deepEqual(fold(series, events.slice(-1)), fold(series, events))
})

test('a document that was never issued is not cancelled', () => {
  given(series, issued([100]))
    .when('CancelDocument', cancelling(`${name}/2`))
    .thenRejected('unknown-document')
  given(series, issued([100]))
    .when('CancelDocument', cancelling('FT BXA1-2026/1'))
    .thenRejected('unknown-document')
})

test('an untouched chain is whole, with cancellations in it', () => {
  const events = issued([100, 200])
  const cancelled = series.decide.CancelDocument(fold(series, events), cancelling(`${name}/1`))
  assert(!isRejection(cancelled))
  const third = series.decide.IssueDocument(fold(series, [...events, ...cancelled]), issuing(300))
  assert(!isRejection(third))
  const verdict = verifyChain([...events, ...cancelled, ...third])
  assert.deepEqual(verdict.whole && verdict.documents, 3)
})

test('an erased customer does not break the chain', () => {
  const verdict = verifyChain(altered(issued([100, 200]), 0, { customerNuit: null }))
  assert(verdict.whole)
})

test('whatever is changed, left out, put in or swapped, the auditor is told where', () => {
  const events = issued([100, 200, 300])
  const [first, second, third] = events
  assert(first && second && third)
  const first2 = `${name}/2`
  assert.deepEqual(verifyChain(altered(events, 1, { total: 201 })), { whole: false, document: first2, problem: 'hash' })
  assert.deepEqual(verifyChain(altered(events, 1, { companyNuit: null })), {
    whole: false,
    document: first2,
    problem: 'hash',
  })
  assert.deepEqual(verifyChain([first, third]), { whole: false, document: `${name}/3`, problem: 'number' })
  assert.deepEqual(verifyChain([second, third]), { whole: false, document: first2, problem: 'number' })
  assert.deepEqual(verifyChain([first, first]), { whole: false, document: `${name}/1`, problem: 'number' })
  const forged = issued([101, 200])
  assert.deepEqual(verifyChain([first, ...forged.slice(1)]), {
    whole: false,
    document: first2,
    problem: 'previous-hash',
  })
})
