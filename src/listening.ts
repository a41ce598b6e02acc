// Where people reach this process: an HTTP server, whose app may change while it listens, and the WebSocket gateway beside it.
import { once } from 'node:events'
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { type Config, ConfigError } from './config.ts'
import type { Push } from './push/index.ts'

type App = { readonly fetch: Parameters<typeof createAdaptorServer>[0]['fetch'] }

export interface Listening {
  /** Where people reach it. */
  readonly url: string
  /** Has another app answer from now on. */
  answerWith(app: App): void
  /** Opens the gateway beside the server. @throws ConfigError when its address cannot be had */
  openGateway(push: Push): Promise<void>
  /** Takes no more requests; resolves when those under way are answered, or cut off after so many milliseconds. */
  close(patience: number): Promise<void>
}

/** Listens at the configured address. @throws ConfigError when that cannot be had */
export async function listen(config: Config, first: App): Promise<Listening> {
  const { host, port, pushPort, publicUrl } = config
  let app = first
  const server = createAdaptorServer({ fetch: (request, bindings) => app.fetch(request, bindings) }) as Server
  server.listen(port, host)
  await had(once(server, 'listening'), `HOST ${host}, PORT ${port}`)
  const address = server.address()
  const opened = typeof address === 'object' && address ? address.port : port
  return {
    url: publicUrl ?? `http://${host}:${opened}`,
    answerWith(next) {
      app = next
    },
    async openGateway(push) {
      await had(push.listen(server), `HOST ${host}, PUSH_PORT ${pushPort}`)
    },
    async close(patience) {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), patience).unref()
      await closed
    },
  }
}

async function had(listening: Promise<unknown>, address: string): Promise<void> {
  try {
    await listening
  } catch (error) {
    throw new ConfigError(`cannot listen at ${address}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
