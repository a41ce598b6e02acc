// A real OpenTelemetry collector for the tests: takes OTLP by gRPC and HTTP, and hands on all it took as the protocol's JSON.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../support/until.ts'
import { programPath, whyNotBuilt } from './go-program.ts'

/** False where the collector can be started; else what is missing and how to get it. */
export function lacksCollector(): string | false {
  const reason = whyNotBuilt('collector')
  return reason === undefined
    ? false
    : `needs Go 1.26 or newer on the PATH, to build the OpenTelemetry collector (${reason})`
}

export const collectorProgram = programPath('collector')

export interface Collector {
  readonly grpc: string
  readonly http: string
  stop(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const configuration = (grpc: number, http: number, to: string) => `
receivers:
  otlp:
    protocols:
      grpc: { endpoint: 127.0.0.1:${grpc} }
      http: { endpoint: 127.0.0.1:${http} }
exporters:
  otlp_http: { endpoint: "${to}", encoding: json, sending_queue: { enabled: false } }
service:
  telemetry: { metrics: { level: none }, logs: { level: warn } }
  pipelines:
    traces: { receivers: [otlp], exporters: [otlp_http] }
    metrics: { receivers: [otlp], exporters: [otlp_http] }
    logs: { receivers: [otlp], exporters: [otlp_http] }
`

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })

/** Starts one that hands on to an OTLP/HTTP receiver. */
export async function startCollector(to: string): Promise<Collector> {
  const folder = await mkdtemp(join(tmpdir(), 'caminho-collector-'))
  const [grpc, http] = [await freePort(), await freePort()]
  const file = join(folder, 'collector.yaml')
  await writeFile(file, configuration(grpc, http, to))
  const child = spawn(collectorProgram, [`--config=${file}`], { stdio: ['ignore', 'inherit', 'inherit'] })
  const ended = once(child, 'exit')
  await until(async () => (await answers(grpc)) && (await answers(http)), { what: 'the collector to listen' })
  return {
    grpc: `http://127.0.0.1:${grpc}`,
    http: `http://127.0.0.1:${http}`,
    async stop() {
      child.kill()
      await ended
      await rm(folder, { recursive: true })
    },
  }
}
