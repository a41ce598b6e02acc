// Push: tells people what happens, when it happens. What other areas and the composition root may know of it.
import type { Server } from 'node:http'
import type { Revocations } from '../auth/revocations.ts'
import type { Tokens } from '../auth/tokens.ts'
import type { CommandHandling, Context } from '../commands/handling.ts'
import type { Config } from '../config.ts'
import type { EventStore } from '../kernel/event-store.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import type { Tracing } from '../kernel/tracing.ts'
import type { Log } from '../subscribers/log.ts'
import { openAdmission } from './admission.ts'
import { eventStream, type StreamAsked } from './event-stream.ts'
import type { Gateway, GatewayOptions } from './gateway.ts'
import { type Limits, openHub } from './hub.ts'
import { passThrough } from './passing-through.ts'
import { notePresence } from './presence.ts'

export { asyncApiDocument } from './asyncapi.ts'
export { position, subscription } from './schemas.ts'

export interface Push {
  /** Opens the WebSocket gateway at the configured port, and at /ws of the server. @throws when the port cannot be had */
  listen(server: Server): Promise<{ readonly port: number }>
  /** A stream of server-sent events; undefined when the caller may not listen (any more), `barred` when they may not be in a room. */
  stream(asked: StreamAsked): Promise<ReadableStream<Uint8Array> | { readonly barred: string } | undefined>
  /** Whether a position is one of this log. */
  knows(after: bigint): Promise<boolean>
  /** Ids of the people who are connected, at any node. */
  present(): Promise<readonly string[]>
  stats(): PushStats
  /** Sends everybody away, telling when to come back. */
  close(): Promise<void>
}

export interface PushStats {
  /** Everybody who is told, over WebSockets and event streams. */
  readonly listeners: number
  readonly sockets: number
  /** Up to where the live listeners have been told. */
  readonly position: bigint
}

export interface PushOptions {
  readonly config: Pick<Config, 'host' | 'pushPort' | 'publicUrl'>
  readonly store: EventStore
  readonly keyValue: KeyValueStore
  readonly commands: CommandHandling
  readonly tokens: Tokens
  readonly revocations: Revocations
  readonly newId: () => string
  readonly now: () => Date
  readonly log: Log
  readonly tracing?: Tracing
  readonly self: (part: string) => Context
  readonly limits?: Partial<Limits>
  readonly gateway?: Partial<Pick<GatewayOptions, 'most' | 'idleSeconds'>>
}

/** Push over an event store. It follows the log once it listens, or somebody asks for a stream. */
export function openPush(options: PushOptions): Push {
  const { config, store, keyValue, log, tokens, revocations, commands, self, limits } = options
  const now = () => options.now().getTime()
  let gateway: Gateway | undefined

  const hub = openHub({
    store,
    log,
    ...(options.tracing && { tracing: options.tracing }),
    ...(limits && { limits }),
    onAccessEvent: (event) => revocations.learn(event, options.now()),
    onAttendance: () => presence.changed(),
  })
  const presence = notePresence({
    keyValue,
    node: options.newId(),
    now,
    *here() {
      for (const { who } of hub.all()) yield who.personId
    },
    onFailure: (error) => log.warn({ err: error }, 'who is connected could not be noted'),
  })
  const admission = openAdmission({ tokens, revocations, commands, hub, self })

  return {
    async listen(server) {
      await hub.open()
      const { openGateway } = await import('./gateway.ts')
      const { host, pushPort: port, publicUrl } = config
      const parts = { hub, admission, presence: presence.tell, now, ...options.gateway }
      gateway = await openGateway({ host, port, publicUrl, ...parts })
      passThrough(server, { host, port: gateway.port })
      return { port: gateway.port }
    },
    stream: (asked) => eventStream({ hub, admission, now }, asked),
    async knows(after) {
      await hub.open()
      return hub.knows(after)
    },
    present: () => presence.people(),
    stats: () => ({ listeners: hub.listeners, sockets: gateway?.connections() ?? 0, position: hub.position }),
    async close() {
      const open = gateway
      gateway = undefined
      await open?.close()
      await hub.close('goingAway')
      await presence.close()
    },
  }
}
