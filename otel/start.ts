// The start of OpenTelemetry, when the standard OTEL_* variables ask for it. Nothing of it is loaded otherwise.
import type { PastSpan, Tracing } from '../src/kernel/tracing.ts'
import type { ReadMetrics, Timed } from './metering.ts'

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
}

/**
 * Starts the SDK as the environment says: exporters, protocol, sampler, resource, limits
 * (opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables).
 */
export async function startTelemetry({ version, node }: TelemetryOptions): Promise<Telemetry> {
  const [{ NodeSDK, resources }, { metrics, trace }, { logs }, ours] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@opentelemetry/api'),
    import('@opentelemetry/api-logs'),
    Promise.all([import('./tracing.ts'), import('./metering.ts'), import('./logging.ts')]),
  ])
  const [{ recordPast, tracingWith }, { meterWith }, { emitLine }] = ours
  const sdk = new NodeSDK({
    serviceName: process.env.OTEL_SERVICE_NAME ?? 'caminho-seguro',
    resource: resources.resourceFromAttributes({ 'service.version': version, 'service.instance.id': node }),
    instrumentations: [],
  })
  sdk.start()
  const scope = ['caminho-seguro', version] as const
  const tracer = trace.getTracer(...scope)
  const logger = logs.getLogger(...scope)
  return {
    tracing: tracingWith(tracer),
    record: (span) => recordPast(tracer, span),
    line: (text) => emitLine(logger, text),
    meter: (read) => meterWith(metrics.getMeter(...scope), read),
    async stop() {
      const given = Promise.withResolvers<void>()
      const timer = setTimeout(given.resolve, lastExport)
      // A collector that is gone must not keep the process from ending.
      await Promise.race([sdk.shutdown().catch(() => undefined), given.promise])
      clearTimeout(timer)
    },
  }
}
