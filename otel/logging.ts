// Log lines over OTLP: what the log writes as JSON, with its level, its moment and the trace that it belongs to.

import { ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { type AnyValueMap, type Logger, SeverityNumber } from '@opentelemetry/api-logs'
import { z } from 'zod'

/** pino's levels. */
const severities: readonly (readonly [level: number, severity: SeverityNumber, text: string])[] = [
  [60, SeverityNumber.FATAL, 'FATAL'],
  [50, SeverityNumber.ERROR, 'ERROR'],
  [40, SeverityNumber.WARN, 'WARN'],
  [30, SeverityNumber.INFO, 'INFO'],
  [20, SeverityNumber.DEBUG, 'DEBUG'],
  [0, SeverityNumber.TRACE, 'TRACE'],
]

const line = z.looseObject({
  level: z.number(),
  time: z.number(),
  msg: z.string().default(''),
  trace_id: z.string().optional(),
  span_id: z.string().optional(),
})

/** Hands a line of the log to the logger. What is no line of the log is left out. */
export function emitLine(logger: Logger, text: string): void {
  const parsed = line.safeParse(JSON.parse(text))
  if (!parsed.success) return
  const { level, time, msg, trace_id: traceId, span_id: spanId, pid: _pid, hostname: _hostname, ...rest } = parsed.data
  const [, severityNumber, severityText] = severities.find(([least]) => level >= least) ?? [
    0,
    SeverityNumber.TRACE,
    'TRACE',
  ]
  logger.emit({
    timestamp: time,
    severityNumber,
    severityText,
    body: msg,
    attributes: rest as AnyValueMap,
    ...(traceId &&
      spanId && { context: trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: 1, isRemote: true }) }),
  })
}
