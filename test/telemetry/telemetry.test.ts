// The real server with a real OTLP receiver: one sale can be followed from its request to the read models, and nothing of the collector's trouble is felt.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { attributes, spans } from '../../otel/spans.ts'
import { sell, signIn } from '../live/client.ts'
import { foundCompany, type LiveCompany, password } from '../live/company.ts'
import { startServer } from '../live/server.ts'
import { until } from '../support/until.ts'
import { attributeOf, type ReceivedSpan, type Receiver, startReceiver } from './receiver.ts'

const soon = { OTEL_BSP_SCHEDULE_DELAY: '100', OTEL_BLRP_SCHEDULE_DELAY: '100', OTEL_METRIC_EXPORT_INTERVAL: '500' }
const asked = (endpoint: string) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_METRIC_EXPORT_TIMEOUT: '400',
  ...soon,
})

let company: LiveCompany
before(async () => {
  company = await foundCompany()
})
after(() => company.destroy())

const orderOf = ({ tills: [till], ample: [productId = ''] }: LiveCompany) => {
  assert(till)
  return { ...till, lines: [{ productId, quantity: 1 }], payment: { method: 'card' } } as const
}

describe('with a collector', () => {
  let receiver: Receiver
  let server: Awaited<ReturnType<typeof startServer>>
  let token: string
  const listening = new AbortController()
  before(async () => {
    receiver = await startReceiver()
    server = await startServer(company.folder, { env: asked(receiver.url) })
    token = await signIn(server.url)
    // Somebody listens, so that the sale is pushed.
    await fetch(`${server.url}/api/events`, { headers: { authorization: `Bearer ${token}` }, signal: listening.signal })
    assert((await sell(server.url, token, orderOf(company))).sale)
  })
  after(async () => {
    listening.abort()
    await server.stop()
    await receiver.close()
  })

  const all = (name: string) => receiver.spans.filter((span) => span.name === name)
  const childOf = (parent: ReceivedSpan) => (span: ReceivedSpan) =>
    span.traceId === parent.traceId && span.parentSpanId === parent.spanId

  test('one trace leads from POST /api/sales through the command and the rules to the append, and from there to the read models and to who listens', async () => {
    const isSale = (span: ReceivedSpan) => attributeOf(span, attributes.eventTypes)?.includes('SaleRegistered')
    const linked = (append: ReceivedSpan, name: string = spans.project) =>
      all(name).find(({ links }) => links.some(({ spanId }) => spanId === append.spanId))
    await until(() => {
      const append = all(spans.append).find(isSale)
      return (
        append !== undefined &&
        linked(append) !== undefined &&
        linked(append, spans.push) !== undefined &&
        all('POST /api/sales').length > 0
      )
    })
    const [request] = all('POST /api/sales')
    assert(request)
    assert.equal(attributeOf(request, 'http.response.status_code'), '201')
    const command = all(spans.command).find(childOf(request))
    assert(command, 'the command is within the request')
    assert(all(spans.decide).some(childOf(command)), 'the rules run within the command')
    const append = all(spans.append).find(childOf(command))
    assert(append && isSale(append), 'the append is within the command')
    const project = linked(append)
    assert(project && project.endTimeUnixNano >= append.startTimeUnixNano)
    assert(linked(append, spans.push), 'the push links to the append')
    assert.notEqual(project.traceId, append.traceId, 'a batch has many causes, so its trace is its own')
  })

  test('metrics come under the names that the dashboard asks for, and logs with their level', async () => {
    await until(() => {
      const names = new Set(receiver.metrics.map(({ name }) => name))
      return (
        ['http.server.request.duration', 'caminho.events', 'caminho.projection.lag.time'].every((name) =>
          names.has(name),
        ) && receiver.logs.some(({ body }) => body.stringValue.startsWith('ready at '))
      )
    })
    assert.deepEqual([...receiver.services], ['caminho-seguro'])
    assert.equal(receiver.logs.find(({ body }) => body.stringValue.startsWith('ready at '))?.severityText, 'INFO')
  })

  test('no password, token or address of a person leaves with them', () => {
    const sent = receiver.texts.join('\n')
    for (const secret of [password, token, 'employee@caminho.test'])
      assert(!sent.includes(secret), `${secret} was exported`)
  })

  test('whoever calls with a trace of their own finds the sale in it', async () => {
    const theirs = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }
    const headers = { authorization: `Bearer ${token}`, traceparent: `00-${theirs.traceId}-${theirs.spanId}-01` }
    await fetch(`${server.url}/api/locations`, { headers })
    await until(() =>
      all('GET /api/locations').some(
        ({ traceId, parentSpanId }) => traceId === theirs.traceId && parentSpanId === theirs.spanId,
      ),
    )
  })
})

describe('the product does not notice', () => {
  const sells = async (endpoint: string) => {
    const server = await startServer(company.folder, { env: asked(endpoint) })
    const token = await signIn(server.url)
    const begun = performance.now()
    for (let count = 0; count < 20; count += 1) assert((await sell(server.url, token, orderOf(company))).sale)
    const took = performance.now() - begun
    const stopping = performance.now()
    await server.stop()
    return { took, stopping: performance.now() - stopping }
  }
  const calm = ({ took, stopping }: { readonly took: number; readonly stopping: number }) => {
    assert(took < 10_000, `twenty sales took ${Math.round(took)} ms`)
    assert(stopping < 10_000, `it took ${Math.round(stopping)} ms to stop`)
  }

  /** A server that does this to whoever connects, while the work goes on. */
  const beside = async (meet: (socket: Socket) => void, work: (endpoint: string) => Promise<void>) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      meet(socket)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    assert(typeof address === 'object' && address)
    try {
      await work(`http://127.0.0.1:${address.port}`)
    } finally {
      server.close()
    }
  }
  const unavailable = 'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'

  test('that the collector is gone', async () => {
    let gone = ''
    await beside(
      (socket) => socket.destroy(),
      async (endpoint) => {
        gone = endpoint
      },
    )
    calm(await sells(gone))
  })

  test('that it takes connections and never answers', () =>
    beside(
      () => undefined,
      async (endpoint) => calm(await sells(endpoint)),
    ))

  test('that it refuses everything', () =>
    beside(
      (socket) => socket.once('data', () => socket.end(unavailable)),
      async (endpoint) => calm(await sells(endpoint)),
    ))
})
