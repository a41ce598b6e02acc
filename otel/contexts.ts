// The trace contexts of new spans: their ids, and whether they are sampled, as OTEL_TRACES_SAMPLER and OTEL_TRACES_SAMPLER_ARG say.
// The SDK decides the same, but on the thread that exports, too late for what is kept in events.
import { randomFillSync } from 'node:crypto'
import { isSampled } from '../src/kernel/tracing.ts'

type Env = Readonly<Record<string, string | undefined>>

/** Whether a trace that begins here is sampled. */
type Sampler = (traceId: string) => boolean

const always: Sampler = () => true
const never: Sampler = () => false

/** So large a share of all traces, decided alike by everybody, from the random part of the id (w3.org/TR/trace-context-2, "random trace ID flag"). */
const share = (argument: string | undefined): Sampler => {
  const ratio = Number(argument || 1)
  const from = 1 - (ratio >= 0 && ratio <= 1 ? ratio : 1)
  return (traceId) => Number.parseInt(traceId.slice(-14), 16) / 2 ** 56 >= from
}

/** opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables: those that begin with `parentbased_` do as their caller does. */
function samplerOf(name: string, argument: string | undefined): Sampler {
  if (name.endsWith('always_off')) return never
  return name.endsWith('traceidratio') ? share(argument) : always
}

const idsAtOnce = 256

/** Random ids in hexadecimal, fetched many at a time. */
function randomIds(bytes: number): () => string {
  const pool = Buffer.alloc(bytes * idsAtOnce)
  let used = pool.length
  return () => {
    if (used === pool.length) {
      randomFillSync(pool)
      used = 0
    }
    used += bytes
    return pool.toString('hex', used - bytes, used)
  }
}

/** Gives the W3C trace context of a new span, within its parent's trace where there is one. */
export function traceContexts({
  OTEL_TRACES_SAMPLER,
  OTEL_TRACES_SAMPLER_ARG,
}: Env): (parent: string | undefined) => string {
  const name = OTEL_TRACES_SAMPLER || 'parentbased_always_on'
  const sampler = samplerOf(name, OTEL_TRACES_SAMPLER_ARG)
  const heedsParents = !['always_on', 'always_off', 'traceidratio'].includes(name)
  const newTraceId = randomIds(16)
  const newSpanId = randomIds(8)
  return (parent) => {
    const traceId = parent === undefined ? newTraceId() : parent.slice(3, 35)
    const sampled = heedsParents && parent !== undefined ? isSampled(parent) : sampler(traceId)
    return `00-${traceId}-${newSpanId()}-${sampled ? '01' : '00'}`
  }
}
