// What telemetry costs: sales over HTTP with it on, with it off, and by a build without it, each on a copy of the same company.
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { signIn } from '../test/live/client.ts'
import { npmStartOptions, type ServerOptions, startServer } from '../test/live/server.ts'
import { type Contender, type Figure, inTurns } from './figure.ts'
import type { History } from './history.ts'
import { selling } from './web.ts'

/** Many: a hundredth is to be seen. */
const rounds = 10
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

/** Does something with a server for each of these, all at once: what disturbs the machine for a while disturbs all. Each has a copy of the company. */
async function withServers<Answer>(
  history: History,
  all: readonly ServerOptions[],
  use: (selling: readonly Contender[]) => Promise<Answer>,
): Promise<Answer> {
  const ends: (() => Promise<void>)[] = []
  try {
    const contenders: Contender[] = []
    for (const options of all) {
      const folder = await mkdtemp(join(tmpdir(), 'caminho-'))
      ends.push(() => rm(folder, { recursive: true }))
      await cp(history.folder, folder, { recursive: true })
      const server = await startServer(folder, { nodeOptions: npmStartOptions, patience: 600_000, ...options })
      ends.push(server.stop)
      contenders.push(selling(server.url, history, { authorization: `Bearer ${await signIn(server.url)}` }))
    }
    return await use(contenders)
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

export async function telemetry([history]: readonly History[]): Promise<readonly Figure[]> {
  if (!history) return []
  const collector = await sink()
  const servers = [
    { env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } },
    {},
    { nodeOptions: [...npmStartOptions, '--import', without] },
  ]
  const [on = 0, off = 0, baseline = 0] = await withServers(history, servers, (each) => inTurns(rounds, each))
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
      'a span for the request, the command, each run of the rules and the append, told to the thread that exports, which shares the cores',
    ),
    figure('off', off, 0.99, 'two histograms and a route name a request'),
  ]
}
