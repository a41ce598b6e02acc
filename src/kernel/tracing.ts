// Tracing as the layers see it: spans around what they do, handed to whoever exports them. By default nobody does, and it costs nothing.

export type Attributes = Readonly<Record<string, string | number | boolean>>

/** One piece of work, while it goes on. */
export interface Span {
  /** Its W3C trace context, sampled or not: what is kept with what the work causes. Undefined when nothing is traced. */
  readonly traceparent: string | undefined
  set(attributes: Attributes): void
  /** It did not work, although nothing was thrown. */
  failed(reason: string): void
  end(): void
}

export interface SpanOptions {
  readonly kind?: 'server' | 'producer' | 'consumer' | 'client'
  /** The trace context of the work that this is a part of. Without it, a trace of its own begins. */
  readonly parent?: string | undefined
  /** The trace contexts of what caused it earlier and elsewhere. */
  readonly links?: readonly (string | undefined)[]
  readonly attributes?: Attributes
}

export interface Tracing {
  /** False: spans go nowhere, and whatever only serves them can be left undone. */
  readonly on: boolean
  /** Begins a span; whoever begins it ends it. */
  begin(name: string, options: SpanOptions): Span
  /** Does the work within a span, which ends with it. The work begins at once, in this turn. */
  span<Result>(name: string, options: SpanOptions, work: (span: Span) => Promise<Result>): Promise<Result>
}

const noSpan: Span = {
  traceparent: undefined,
  set: () => undefined,
  failed: () => undefined,
  end: () => undefined,
}

/** Nothing is traced. */
export const noTracing: Tracing = { on: false, begin: () => noSpan, span: (_name, _options, work) => work(noSpan) }

/** A span that is over. Times in milliseconds since 1970. */
export interface PastSpan {
  readonly name: string
  readonly options: SpanOptions
  /** Its own trace context; without one, nothing can be within it. */
  readonly traceparent?: string | undefined
  readonly start: number
  readonly end: number
  /** Why it did not work. */
  readonly error?: string | undefined
}

export interface Telling {
  /** Told of each span when it is over, unless it is not sampled. */
  readonly tell: (span: PastSpan) => void
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Gives the trace context of a new span. Without it spans have none. */
  readonly contextIn?: (parent: string | undefined) => string
}

/** Spans that are told when they are over, by a thread that exports nothing itself. */
export function toldTracing({ tell, now, contextIn }: Telling): Tracing {
  const begin: Tracing['begin'] = (name, options) => {
    const traceparent = contextIn?.(options.parent)
    if (traceparent !== undefined && !isSampled(traceparent)) return { ...noSpan, traceparent }
    const start = now()
    let { attributes } = options
    let error: string | undefined
    return {
      traceparent,
      set: (more) => {
        attributes = { ...attributes, ...more }
      },
      failed: (reason) => {
        error = reason
      },
      end: () =>
        tell({
          name,
          options: attributes ? { ...options, attributes } : options,
          traceparent,
          start,
          end: now(),
          error,
        }),
    }
  }
  return {
    on: true,
    begin,
    async span(name, options, work) {
      const span = begin(name, options)
      try {
        return await work(span)
      } catch (error) {
        span.failed(error instanceof Error ? error.name : 'error')
        throw error
      } finally {
        span.end()
      }
    },
  }
}

/** The last bit of a trace context: whether whoever began the trace records it. Of 1, 3, 5 … f in ASCII the digits are odd, the letters even. */
export const isSampled = (traceparent: string): boolean => {
  const last = traceparent.charCodeAt(traceparent.length - 1)
  return last < 0x40 ? last % 2 === 1 : last % 2 === 0
}

/** version, trace id, parent id, flags (www.w3.org/TR/trace-context). */
const pattern = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/

/** The trace context that a caller sent, if it is one. */
export const traceparentIn = (header: string | undefined): string | undefined =>
  header !== undefined && pattern.test(header) ? header : undefined

/** What a line of the log says of the trace that it belongs to. */
export function traceIds(traceparent: string | undefined): { readonly trace_id?: string; readonly span_id?: string } {
  const [, traceId, spanId] = traceparent?.split('-') ?? []
  return traceId && spanId ? { trace_id: traceId, span_id: spanId } : {}
}
