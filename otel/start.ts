// The start of OpenTelemetry, when the standard OTEL_* variables ask for it: its SDK runs on a thread of its own. Nothing of it is loaded otherwise.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { isSampled, noTracing, type PastSpan, type Tracing, toldTracing } from '../src/kernel/tracing.ts'
import { traceContexts } from './contexts.ts'
import type { ReadMetrics, Timed } from './metering.ts'
import { openOutbox } from './outbox.ts'
import { fromThread, type ToThread } from './threads.ts'

export interface Telemetry {
  readonly tracing: Tracing
  /** Adds a span that another thread has told of. */
  record(span: PastSpan): void
  /** Hands over a line of the log, in JSON. */
  line(text: string): void
  /** Exports the metrics from now on. */
  meter(read: ReadMetrics): Timed
  /** Exports what is left, for a few seconds at the most. */
  stop(): Promise<void>
}

type Env = Readonly<Record<string, string | undefined>>

const signals = ['TRACES', 'METRICS', 'LOGS'] as const
const asking = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  ...signals.map((signal) => `OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`),
  ...signals.map((signal) => `OTEL_${signal}_EXPORTER`),
]

/** Whether the variables name somewhere to export to, and do not forbid it. */
export const isAskedFor = (env: Env): boolean =>
  env.OTEL_SDK_DISABLED?.toLowerCase() !== 'true' &&
  asking.some((name) => env[name] !== undefined && env[name] !== '' && env[name] !== 'none')

/** Milliseconds that the last export may take. */
const lastExport = 3_000

export interface TelemetryOptions {
  readonly version: string
  /** Names this node among those of the system. */
  readonly node: string
  readonly env: Env
  /** The thread that exports has died: nothing is exported from now on. */
  readonly onDeath: (error: unknown) => void
}

/** Milliseconds since 1970, with fractions; never back, unless the machine's clock is set. */
function preciseClock(): () => number {
  let offset = Date.now() - performance.now()
  return () => {
    const monotonic = performance.now()
    const wall = Date.now()
    if (Math.abs(wall - offset - monotonic) > 2) offset = wall - monotonic
    return offset + monotonic
  }
}

/**
 * Starts the thread that exports, with the SDK as the environment says: exporters, protocol, sampler, resource, limits
 * (opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables).
 */
export function startTelemetry({ version, node, env, onDeath }: TelemetryOptions): Telemetry {
  const underway = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const thread = new Worker(new URL('thread.ts', import.meta.url), {
    env: { ...env },
    workerData: { version, node, underway },
  })
  const ended = once(thread, 'exit')
  const tell = (message: ToThread) => thread.postMessage(message)
  const outbox = openOutbox((batch) => tell({ kind: 'batch', batch }), underway)
  const contextIn = traceContexts(env)
  let read: ReadMetrics = async () => ({})

  thread.on('error', onDeath)
  thread.on('message', async (message: unknown) => {
    if (fromThread.parse(message).kind === 'read') tell({ kind: 'values', values: await read().catch(() => ({})) })
  })

  return {
    tracing:
      env.OTEL_TRACES_EXPORTER === 'none'
        ? noTracing
        : toldTracing({ tell: outbox.span, now: preciseClock(), contextIn }),
    record(span) {
      const traceparent = contextIn(span.options.parent)
      if (isSampled(traceparent)) outbox.span({ ...span, traceparent })
    },
    line: outbox.line,
    meter(from) {
      read = from
      return (...timing) => outbox.timing(timing)
    },
    async stop() {
      read = async () => ({})
      outbox.flush()
      tell({ kind: 'stop' })
      // A collector that does not answer must not keep the process from ending.
      const timer = setTimeout(() => void thread.terminate(), lastExport)
      await ended
      clearTimeout(timer)
    },
  }
}
