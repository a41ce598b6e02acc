// What a thread hands to the thread that exports: gathered for a moment, sent many at a time, given up where the other does not keep up.
import type { Attributes } from '@opentelemetry/api'
import type { PastSpan } from '../src/kernel/tracing.ts'
import type { MetricName } from './metrics.ts'

/** One duration, in milliseconds. */
export type Timing = readonly [name: MetricName, milliseconds: number, attributes: Attributes]

export interface Batch {
  readonly spans: readonly PastSpan[]
  readonly timings: readonly Timing[]
  /** Lines of the log, in JSON. */
  readonly lines: readonly string[]
}

export interface Outbox {
  span(span: PastSpan): void
  timing(timing: Timing): void
  line(line: string): void
  /** Sends what has been gathered. */
  flush(): void
}

/** Milliseconds for which things are gathered, and how many at the most. */
const gathering = 100
const most = 512
/** Batches on their way: more of them would only fill memory. */
const mostUnderway = 16

/** `underway` counts the batches sent and not taken; whoever takes one counts it down. */
export function openOutbox(send: (batch: string) => void, underway: Int32Array): Outbox {
  let spans: PastSpan[] = []
  let timings: Timing[] = []
  let lines: string[] = []
  let timer: NodeJS.Timeout | undefined

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (Atomics.load(underway, 0) < mostUnderway) {
      Atomics.add(underway, 0, 1)
      // As text: cloning objects costs more than both ways of JSON.
      send(JSON.stringify({ spans, timings, lines } satisfies Batch))
    }
    spans = []
    timings = []
    lines = []
  }
  const gathered = (): void => {
    if (spans.length + timings.length + lines.length >= most) flush()
    else timer ??= setTimeout(flush, gathering).unref()
  }

  return {
    span(span) {
      spans.push(span)
      gathered()
    },
    timing(timing) {
      timings.push(timing)
      gathered()
    },
    line(line) {
      lines.push(line)
      gathered()
    },
    flush,
  }
}
