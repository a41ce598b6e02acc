// A real OTLP/HTTP receiver: takes traces, metrics and logs as the protocol's JSON (opentelemetry.io/docs/specs/otlp), and keeps them to be asked about.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'

const attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) })
const attributes = z.array(attribute).default([])
const inScopes = <Item extends z.ZodType>(scopes: string, list: string, item: Item) =>
  z.object({
    resource: z.object({ attributes }),
    [scopes]: z.array(z.looseObject({ [list]: z.array(item) })),
  })

const span = z.object({
  traceId: z.string().length(32),
  spanId: z.string().length(16),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  startTimeUnixNano: z.coerce.bigint(),
  endTimeUnixNano: z.coerce.bigint(),
  attributes,
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).default([]),
  status: z.object({ code: z.number().default(0) }).default({ code: 0 }),
})
const metric = z.looseObject({ name: z.string(), unit: z.string().optional() })
const record = z.object({
  timeUnixNano: z.coerce.bigint(),
  severityText: z.string(),
  body: z.object({ stringValue: z.string() }),
  attributes,
  traceId: z.string().optional(),
  spanId: z.string().optional(),
})

const traces = z.object({ resourceSpans: z.array(inScopes('scopeSpans', 'spans', span)) })
const metrics = z.object({ resourceMetrics: z.array(inScopes('scopeMetrics', 'metrics', metric)) })
const logs = z.object({ resourceLogs: z.array(inScopes('scopeLogs', 'logRecords', record)) })

export type ReceivedSpan = z.infer<typeof span>
export type ReceivedMetric = z.infer<typeof metric>
export type ReceivedLog = z.infer<typeof record>

/** The value of an attribute as text. */
export const attributeOf = (
  item: { readonly attributes: z.infer<typeof attributes> },
  key: string,
): string | undefined => {
  const found = item.attributes.find((each) => each.key === key)
  return found && String(Object.values(found.value)[0])
}

export interface Receiver {
  readonly url: string
  readonly spans: ReceivedSpan[]
  readonly metrics: ReceivedMetric[]
  readonly logs: ReceivedLog[]
  /** The text of everything that came, to look for what must not be there. */
  readonly texts: string[]
  /** Names of the services that sent it. */
  readonly services: Set<string>
  close(): Promise<void>
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()
}

type Scoped = { readonly resource: { readonly attributes: z.infer<typeof attributes> } }

/** Listens at a free port of the loopback. What does not follow the protocol is answered with 400. */
export async function startReceiver(): Promise<Receiver> {
  const received = { spans: [], metrics: [], logs: [], texts: [], services: new Set<string>() } as unknown as Receiver
  const noteServices = (all: readonly Scoped[]) => {
    for (const { resource } of all) received.services.add(attributeOf(resource, 'service.name') ?? '')
  }
  // biome-ignore lint/suspicious/noExplicitAny: parsed by the schemas above
  const flat = (all: readonly any[], scopes: string, list: string) => {
    noteServices(all)
    return all.flatMap((one) => one[scopes].flatMap((scope: Record<string, unknown[]>) => scope[list]))
  }
  const take: Readonly<Record<string, (body: unknown) => void>> = {
    '/v1/traces': (body) => received.spans.push(...flat(traces.parse(body).resourceSpans, 'scopeSpans', 'spans')),
    '/v1/metrics': (body) =>
      received.metrics.push(...flat(metrics.parse(body).resourceMetrics, 'scopeMetrics', 'metrics')),
    '/v1/logs': (body) => received.logs.push(...flat(logs.parse(body).resourceLogs, 'scopeLogs', 'logRecords')),
  }
  const server: Server = createServer(async (request, response) => {
    try {
      const text = await bodyOf(request)
      received.texts.push(text)
      take[request.url ?? '']?.(JSON.parse(text))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    } catch (error) {
      response.writeHead(400).end(String(error))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(received, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  })
}
