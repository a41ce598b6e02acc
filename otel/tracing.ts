// The kernel's tracing port over OpenTelemetry's API. Contexts are passed on as W3C trace contexts, so that no store of asynchronous contexts is needed.
import {
  type Context,
  type Link,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import type { PastSpan, Span, SpanOptions, Tracing } from '../src/kernel/tracing.ts'

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

export const traceparentOf = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`

const parentOf = (traceparent: string | undefined): Context =>
  traceparent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, contextOf(traceparent))

/** Each trace context once. */
const linksTo = (traceparents: readonly (string | undefined)[]): Link[] =>
  [...new Set(traceparents)].flatMap((each) => (each === undefined ? [] : [{ context: contextOf(each) }]))

/** Adds a span of another thread. */
export function recordPast(tracer: Tracer, { name, options, start, end, error }: PastSpan): void {
  const span = begin(tracer, name, options, start)
  if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error })
  span.end(end)
}

const begin = (tracer: Tracer, name: string, options: SpanOptions, startTime?: number) =>
  tracer.startSpan(
    name,
    {
      ...(options.kind && { kind: kinds[options.kind] }),
      ...(options.attributes && { attributes: { ...options.attributes } }),
      ...(options.links && { links: linksTo(options.links) }),
      ...(startTime !== undefined && { startTime }),
    },
    parentOf(options.parent),
  )

function open(tracer: Tracer, name: string, options: SpanOptions): Span {
  const span = begin(tracer, name, options)
  return {
    traceparent: traceparentOf(span.spanContext()),
    set: (attributes) => void span.setAttributes(attributes),
    failed: (reason) => void span.setStatus({ code: SpanStatusCode.ERROR, message: reason }),
    end: () => span.end(),
  }
}

/** Spans of this tracer. */
export const tracingWith = (tracer: Tracer): Tracing => ({
  on: true,
  begin: (name, options) => open(tracer, name, options),
  async span(name, options, work) {
    const span = open(tracer, name, options)
    try {
      return await work(span)
    } catch (error) {
      span.failed(error instanceof Error ? error.name : 'error')
      throw error
    } finally {
      span.end()
    }
  },
})
