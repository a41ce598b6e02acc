// What telemetry costs: sales over HTTP with it on, with it off, and by a build without it, each server in turn on the same company.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { signIn } from '../test/live/client.ts'
import { npmStartOptions, type ServerOptions, startServer } from '../test/live/server.ts'
import { type Contender, type Figure, inTurns } from './figure.ts'
import type { History } from './history.ts'
import { selling } from './web.ts'

const rounds = 3
const without = fileURLToPath(new URL('without-telemetry.ts', import.meta.url))

/** Takes whatever is exported, and answers at once. */
async function sink() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

const contender =
  (history: History, options: ServerOptions): Contender =>
  async () => {
    const server = await startServer(history.folder, { nodeOptions: npmStartOptions, patience: 600_000, ...options })
    try {
      const sell = selling(server.url, history, { authorization: `Bearer ${await signIn(server.url)}` })
      // The first load only warms up.
      await sell()
      return await sell()
    } finally {
      await server.stop()
    }
  }

export async function telemetry([history]: readonly History[]): Promise<readonly Figure[]> {
  if (!history) return []
  const collector = await sink()
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }
  const [on = 0, off = 0, baseline = 0] = await inTurns(rounds, [
    contender(history, { env }),
    contender(history, {}),
    contender(history, { nodeOptions: ['--import', without] }),
  ])
  collector.close()
  const figure = (name: string, value: number, ratio: number, limitedBy: string): Figure => ({
    name: `POST /api/sales, telemetry ${name}`,
    value,
    baseline,
    unit: '/s',
    against: 'a build without it',
    bound: { ratio },
    limitedBy,
  })
  return [
    figure(
      'on',
      on,
      0.85,
      'a span for the request, the command, each run of the rules and the append, and their encoding',
    ),
    figure('off', off, 0.99, 'two histograms and a route name a request'),
  ]
}
