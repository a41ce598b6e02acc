// The gateway: WebSockets by uWebSockets, on a port of their own. Every connection is a conversation; what many are due is published once.

import type { us_listen_socket, WebSocket } from 'uWebSockets.js'
import { setTimeout as wait } from 'node:timers/promises'
import { type Control, closeCodes, longestMessage } from '../../client/push/protocol.ts'
import type { Admission } from './admission.ts'
import { type Conversation, converse, type Presence, type SpokenLine } from './conversation.ts'
import { readHandshake } from './handshake.ts'
import type { Hub } from './hub.ts'
import type { Closing } from './listener.ts'

export interface GatewayOptions {
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  /** Where people reach it, when not at the host that they ask for: pages from there may connect by cookie. */
  readonly publicUrl: string | undefined
  readonly hub: Hub
  readonly admission: Admission
  readonly presence: Presence
  readonly now: () => number
  readonly random?: () => number
  /** Connections at the most, of all, and of those who have not signed in. */
  readonly most?: number
  /** Seconds without a sign of life after which a connection is given up; pings go out well before. */
  readonly idleSeconds?: number
}

export interface Gateway {
  readonly port: number
  connections(): number
  /** Tells everybody when to come back, sends what is on its way, closes. */
  close(): Promise<void>
}

interface Session {
  readonly token: string | undefined
  readonly after: string | undefined
  readonly crowded: boolean
  conversation?: Conversation
}

/** Everybody is in it, so that no one ever leaves the last group: what is on its way to them would be lost with that. */
const everybody = 'everybody'
/** Longer messages are worth compressing. */
const compressedFrom = 1024
/** Where uWebSockets itself ends a connection that takes nothing; the hub has stopped sending long before. */
const lastResort = 1024 * 1024
/** Milliseconds within which those who are sent away come back, spread evenly. */
const spread = 5_000
/** Milliseconds that what is on its way has at the end. */
const farewell = 2_000
/** LIBUS_LISTEN_EXCLUSIVE_PORT: two processes at one port would share its connections by chance. */
const exclusive = 1

const reasons: Readonly<Record<Closing, string>> = {
  goingAway: 'the server stops; come back shortly',
  unsupported: 'only text is understood',
  tooLong: `a message has at most ${longestMessage} bytes`,
  tryLater: 'try again later',
  malformed: 'the message does not follow the protocol; see /api/asyncapi.json',
  unauthorised: 'sign in again, then resume',
  unknownPosition: 'this log has no such position; forget what you know and begin anew',
  silent: 'no token came',
  tooSlow: 'too slow in reading; resume from your last position',
  tooMany: 'too many messages at once',
}

/** A socket's outgoing side; uWebSockets allows no call after its end. */
interface SocketLine extends SpokenLine {
  readonly ended: () => void
}

function lineOn(ws: WebSocket<Session>): SocketLine {
  let open = true
  const send = (text: string) => {
    if (open) ws.send(text, false, text.length >= compressedFrom)
  }
  return {
    send: (outgoing, room) => send(outgoing.text(room)),
    say: (control: Control) => send(JSON.stringify(control)),
    buffered: () => (open ? ws.getBufferedAmount() : 0),
    close(closing) {
      if (open) ws.end(closeCodes[closing], reasons[closing])
    },
    group: {
      join: (name) => open && void ws.subscribe(name),
      leave: (name) => open && void ws.unsubscribe(name),
    },
    ended: () => {
      open = false
    },
  }
}

/** Opens the gateway. @throws when the address cannot be had */
export async function openGateway({
  host,
  port,
  publicUrl,
  hub,
  admission,
  presence,
  now,
  random = Math.random,
  most = 20_000,
  idleSeconds = 60,
}: GatewayOptions): Promise<Gateway> {
  const uWS = await import('uWebSockets.js')
  // The package's types have the names of its constants, not their values.
  const { SHARED_COMPRESSOR: compression } = uWS as unknown as { readonly SHARED_COMPRESSOR: number }
  const app = uWS.App()
  const sockets = new Map<WebSocket<Session>, SocketLine>()
  let stopping = false

  app.ws<Session>('/ws', {
    compression,
    maxPayloadLength: 4 * longestMessage,
    maxBackpressure: lastResort,
    closeOnBackpressureLimit: true,
    idleTimeout: idleSeconds,
    sendPingsAutomatically: true,

    upgrade(res, req, context) {
      const { token, protocol, isForeign } = readHandshake((name) => req.getHeader(name), publicUrl)
      if (isForeign) return void res.writeStatus('403 Forbidden').end('pages of other sites are not let in')
      if (stopping) return void res.writeStatus('503 Service Unavailable').writeHeader('retry-after', '5').end()
      const session = { token, after: req.getQuery('after'), crowded: sockets.size >= most }
      const [key, extensions] = [req.getHeader('sec-websocket-key'), req.getHeader('sec-websocket-extensions')]
      res.upgrade<Session>(session, key, protocol, extensions, context)
    },

    open(ws) {
      const session = ws.getUserData()
      const line = lineOn(ws)
      sockets.set(ws, line)
      ws.subscribe(everybody)
      if (session.crowded) return line.close('tryLater')
      session.conversation = converse({ hub, admission, presence, line, now })
      session.conversation.begin(session.token, session.after)
    },

    message(ws, message, isBinary) {
      const line = sockets.get(ws)
      if (isBinary) return line?.close('unsupported')
      if (message.byteLength > longestMessage) return line?.close('tooLong')
      ws.getUserData().conversation?.hear(Buffer.from(message).toString())
    },

    drain: (ws) => ws.getUserData().conversation?.drained(),

    close(ws) {
      sockets.get(ws)?.ended()
      sockets.delete(ws)
      ws.getUserData().conversation?.ended()
    },
  })
  app.any('/*', (res) => void res.writeStatus('404 Not Found').end('WebSockets are at /ws'))

  // The types know fewer ways to call it than there are.
  const listen = app.listen.bind(app) as unknown as (
    host: string,
    port: number,
    options: number,
    heard: (socket: us_listen_socket | false) => void,
  ) => void
  const socket = await new Promise<us_listen_socket | false>((resolve) => listen(host, port, exclusive, resolve))
  if (!socket) throw new Error(`${host}:${port} is taken, or may not be had`)
  hub.reachGroups((group, text) => void app.publish(group, text, false, text.length >= compressedFrom))

  return {
    port: uWS.us_socket_local_port(socket),
    connections: () => sockets.size,
    async close() {
      stopping = true
      uWS.us_listen_socket_close(socket)
      let untaken = 0
      for (const line of [...sockets.values()]) {
        line.say({ reconnect: { after: Math.round(random() * spread) } })
        untaken += line.buffered()
        line.close('goingAway')
      }
      if (untaken > 0) await wait(farewell)
      app.close()
    },
  }
}
