// One sale, followed from its request to everything that came of it: the read models, who listens, and a mail that is written minutes later.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { attributes, spans } from '../../otel/spans.ts'
import { startTelemetry } from '../../otel/start.ts'
import { type MoodyServer, startMoodyServer } from '../mail/moody-server.ts'
import { emailOf, type RunningShop, startShop } from '../support/app.ts'
import { startTelling, type Telling } from '../support/telling.ts'
import { until } from '../support/until.ts'
import { attributeOf, type ReceivedSpan, type Receiver, startReceiver } from './receiver.ts'

let receiver: Receiver
let telemetry: ReturnType<typeof startTelemetry>
let mailServer: MoodyServer
let shop: RunningShop
let telling: Telling
const listening = new AbortController()

before(async () => {
  receiver = await startReceiver()
  telemetry = startTelemetry({
    version: '1',
    node: 'here',
    env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
    onDeath: (error) => assert.fail(String(error)),
  })
  mailServer = await startMoodyServer()
  shop = await startShop({ telemetry, env: { SMTP_URL: mailServer.url, MAIL_TLS: 'none' } })
  telling = await startTelling(shop)
})
after(async () => {
  listening.abort()
  await telling?.stop()
  await shop?.close()
  await mailServer?.close()
  await receiver.close()
})

const all = (name: string) => receiver.spans.filter((span) => span.name === name)
const linkedTo = (cause: ReceivedSpan, name: string) =>
  all(name).find(({ links }) => links.some(({ spanId }) => spanId === cause.spanId))
const recording = (type: string) =>
  all(spans.append).filter((span) => attributeOf(span, attributes.eventTypes)?.includes(type))

test('the trace of POST /api/sales leads to the read models, the listener, and the mail of what ran low', async () => {
  const headers = { authorization: `Bearer ${shop.tokenOf('manager')}` }
  await fetch(`${shop.url}/api/events`, { headers, signal: listening.signal })
  const { shop: locationId, rice: productId } = shop.ids
  const body = { locationId, till: 1, lines: [{ productId, quantity: 97 }], payment: { method: 'card' } }
  assert.equal((await shop.call('POST', '/api/sales', { as: 'employee', body })).status, 201)
  await telling.digest()
  await until(() => mailServer.delivered.some(({ to }) => to === emailOf('manager')), { what: 'the mail' })
  // Stopped, it has exported all.
  await telemetry.stop()

  const [request] = all('POST /api/sales')
  const [sold] = recording('SaleRegistered')
  assert(request && sold)
  assert.equal(sold.traceId, request.traceId)
  assert.match(attributeOf(sold, attributes.eventTypes) ?? '', /StockFellBelowReorderPoint/)
  assert(linkedTo(sold, spans.project), 'the read models')
  assert(linkedTo(sold, spans.push), 'the listener')
  assert(linkedTo(sold, spans.react), 'the notification')
  const queued = recording('MailQueued').find(({ traceId }) => traceId === request.traceId)
  assert(queued, 'the mail is queued in the trace of the sale')
  const mail = linkedTo(queued, spans.mail)
  assert.equal(mail && attributeOf(mail, attributes.verdict), 'sent')
})
