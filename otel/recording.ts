// Spans that are over, recorded with OpenTelemetry's SDK under the ids that they were given when they began.
import {
  type Context,
  type Link,
  ROOT_CONTEXT,
  SamplingDecision,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import type { PastSpan } from '../src/kernel/tracing.ts'

const kinds = {
  server: SpanKind.SERVER,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
} as const

/** The context that a traceparent names. */
function contextOf(traceparent: string): SpanContext {
  const [, traceId = '', spanId = '', flags = '00'] = traceparent.split('-')
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true }
}

const parentOf = (traceparent: string | undefined): Context =>
  traceparent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, contextOf(traceparent))

/** Each trace context once. */
const linksTo = (traceparents: readonly (string | null | undefined)[]): Link[] =>
  [...new Set(traceparents)].flatMap((each) => (each ? [{ context: contextOf(each) }] : []))

/** What the SDK's own ids and samplers are replaced by: everything was decided when the span began. */
export function decided() {
  let context: SpanContext = contextOf('')
  return {
    idGenerator: { generateTraceId: () => context.traceId, generateSpanId: () => context.spanId },
    sampler: { shouldSample: () => ({ decision: SamplingDecision.RECORD_AND_SAMPLED }), toString: () => 'decided' },
    /** Records a span under its own ids. */
    record(tracer: Tracer, { name, options, traceparent, start, end, error }: PastSpan): void {
      if (traceparent === undefined) return
      context = contextOf(traceparent)
      const { kind, attributes, links, parent } = options
      const span = tracer.startSpan(
        name,
        {
          startTime: start,
          ...(kind && { kind: kinds[kind] }),
          ...(attributes && { attributes }),
          ...(links && { links: linksTo(links) }),
        },
        parentOf(parent),
      )
      if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error })
      span.end(end)
    },
  }
}
