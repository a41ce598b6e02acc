// The thread that exports: OpenTelemetry's SDK with all its work, beside the thread that serves people.

import { parentPort, workerData } from 'node:worker_threads'
import { metrics, trace } from '@opentelemetry/api'
import { logs } from '@opentelemetry/api-logs'
import { NodeSDK, resources } from '@opentelemetry/sdk-node'
import { z } from 'zod'
import { emitLine } from './logging.ts'
import { meterWith } from './metering.ts'
import type { MetricName } from './metrics.ts'
import type { Batch } from './outbox.ts'
import { decided } from './recording.ts'
import { type FromThread, toThread } from './threads.ts'

const { version, node, underway } = z
  .object({ version: z.string(), node: z.string(), underway: z.instanceof(Int32Array) })
  .parse(workerData)
if (!parentPort) throw new Error('thread.ts runs as a worker thread of main.ts')
const port = parentPort
const tell = (message: FromThread) => port.postMessage(message)

const { idGenerator, sampler, record } = decided()
const sdk = new NodeSDK({
  serviceName: process.env.OTEL_SERVICE_NAME ?? 'caminho-seguro',
  resource: resources.resourceFromAttributes({ 'service.version': version, 'service.instance.id': node }),
  instrumentations: [],
  idGenerator,
  sampler,
})
sdk.start()
const scope = ['caminho-seguro', version] as const
const tracer = trace.getTracer(...scope)
const logger = logs.getLogger(...scope)

type Values = Partial<Record<MetricName, number>>
let answer = Promise.withResolvers<Values>()

/** The metrics as the main thread knows them, which tells them when it is asked. */
const timed = meterWith(metrics.getMeter(...scope), () => {
  answer = Promise.withResolvers()
  tell({ kind: 'read' })
  return answer.promise
})

function take(text: string): void {
  const { spans, timings, lines }: Batch = JSON.parse(text)
  for (const span of spans) record(tracer, span)
  for (const timing of timings) timed(...timing)
  for (const line of lines) emitLine(logger, line)
  Atomics.sub(underway, 0, 1)
}

port.on('message', async (message: unknown) => {
  const asked = toThread.parse(message)
  if (asked.kind === 'batch') take(asked.batch)
  if (asked.kind === 'values') answer.resolve(asked.values)
  if (asked.kind !== 'stop') return
  await sdk.shutdown().catch(() => undefined)
  port.close()
})
