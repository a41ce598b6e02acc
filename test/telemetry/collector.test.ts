// A real OpenTelemetry collector takes all that is exported, by each protocol of OTLP, and hands it on to a receiver that is asked about it.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { spans } from '../../otel/spans.ts'
import { startTelemetry } from '../../otel/start.ts'
import { type Collector, collectorProgram, lacksCollector, startCollector } from '../servers/collector.ts'
import { until } from '../support/until.ts'
import { attributeOf, type Receiver, startReceiver } from './receiver.ts'

const skip = lacksCollector()

describe('an OpenTelemetry collector', { skip }, () => {
  let receiver: Receiver
  let collector: Collector | undefined
  before(async () => {
    receiver = await startReceiver()
    collector = await startCollector(receiver.url)
  })
  after(async () => {
    await collector?.stop()
    await receiver.close()
  })

  for (const protocol of ['grpc', 'http/protobuf', 'http/json'] as const)
    test(`takes traces, metrics and logs by ${protocol}`, async () => {
      const name = `shop by ${protocol}`
      const telemetry = startTelemetry({
        version: '1.2.3',
        node: 'here',
        env: {
          ...process.env,
          OTEL_SERVICE_NAME: name,
          OTEL_EXPORTER_OTLP_ENDPOINT: collector?.[protocol === 'grpc' ? 'grpc' : 'http'],
          OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
          OTEL_METRIC_EXPORT_INTERVAL: '200',
          OTEL_METRIC_EXPORT_TIMEOUT: '200',
        },
        onDeath: (error) => assert.fail(String(error)),
      })
      const timed = telemetry.meter(async () => ({ 'caminho.sales.today': 7 }))
      let parent: string | undefined
      await telemetry.tracing.span(`${spans.command} of ${name}`, { kind: 'server' }, async (command) => {
        parent = command.traceparent
        telemetry.tracing
          .begin(`${spans.append} of ${name}`, { kind: 'producer', parent, attributes: { text: 'ção' } })
          .end()
      })
      timed('http.server.request.duration', 12, { 'http.route': name })
      telemetry.line(JSON.stringify({ level: 40, time: 1_700_000_000_000, msg: `a line of ${name}` }))
      const together = (...parts: readonly string[]) =>
        receiver.texts.some((text) => parts.every((part) => text.includes(part)))
      await until(() => together(name, 'caminho.sales.today'), { what: `the metrics of ${name}` })
      await telemetry.stop()

      const command = receiver.spans.find((span) => span.name === `${spans.command} of ${name}`)
      const append = receiver.spans.find((span) => span.name === `${spans.append} of ${name}`)
      assert(command && append)
      assert.equal(`00-${command.traceId}-${command.spanId}-01`, parent, 'under the ids that were told when it began')
      assert.deepEqual([append.traceId, append.parentSpanId], [command.traceId, command.spanId])
      assert.equal(attributeOf(append, 'text'), 'ção')
      const line = receiver.logs.find(({ body }) => body.stringValue === `a line of ${name}`)
      assert.equal(line?.severityText, 'WARN')
      assert(together(name, 'http.server.request.duration'))
    })

  test('accepts the configuration of infra/ as one that it can run', () => {
    const file = join(import.meta.dirname, '../../infra/collector.yaml')
    execFileSync(collectorProgram, ['validate', `--config=${file}`])
  })
})
