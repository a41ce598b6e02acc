import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { traceContexts } from './contexts.ts'

const theirs = {
  sampled: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  not: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`,
}
const contexts = (sampler?: string, argument?: string) =>
  traceContexts({ OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: argument })
const sampledOf = (context: string) => context.endsWith('-01')

describe('the context of a new span', () => {
  test('is a valid one, of a trace of its own or of its parent’s', () => {
    const contextIn = contexts()
    const many = new Set(Array.from({ length: 1_000 }, () => contextIn(undefined)))
    assert.equal(many.size, 1_000)
    for (const context of many) assert.match(context, /^00-[\da-f]{32}-[\da-f]{16}-01$/)
    assert.equal(contextIn(theirs.sampled).slice(0, 36), theirs.sampled.slice(0, 36))
  })

  test('is sampled as the standard variable says, and as its parent is where that is said', () => {
    const decisions = (sampler?: string) => {
      const contextIn = contexts(sampler)
      return [undefined, theirs.sampled, theirs.not].map((parent) => sampledOf(contextIn(parent)))
    }
    assert.deepEqual(decisions(), [true, true, false])
    assert.deepEqual(decisions('parentbased_always_off'), [false, true, false])
    assert.deepEqual(decisions('always_on'), [true, true, true])
    assert.deepEqual(decisions('always_off'), [false, false, false])
    assert.deepEqual(decisions('no_such_sampler'), [true, true, false])
  })

  test('is sampled in so large a share of all traces, the same for all who see the trace', () => {
    const contextIn = contexts('parentbased_traceidratio', '0.25')
    const roots = Array.from({ length: 4_000 }, () => contextIn(undefined))
    const share = roots.filter(sampledOf).length / roots.length
    assert(share > 0.2 && share < 0.3, `${share}`)
    const others = contexts('traceidratio', '0.25')
    for (const root of roots) assert.equal(sampledOf(others(root)), sampledOf(root))
    assert(sampledOf(contexts('traceidratio', '7')(undefined)), 'a share that is none is all')
  })
})
