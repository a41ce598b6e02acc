// The gateway on the main port: an upgrade to /ws is passed through to it as it came, so that one origin is enough for pages and pushes.
import type { IncomingMessage, Server } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { accessCookie } from '../auth/tokens.ts'

/** What the gateway reads; whatever else a browser sends stays here. */
const passed = /^(host|origin|authorization|upgrade|connection|sec-websocket-.+)$/i

function* headerLines({ rawHeaders, headers: { cookie = '' } }: IncomingMessage): Generator<string> {
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (passed.test(rawHeaders[at] ?? '')) yield `${rawHeaders[at]}: ${rawHeaders[at + 1]}`
  const access = cookie.split(/; */).find((pair) => pair.startsWith(`${accessCookie}=`))
  if (access) yield `Cookie: ${access}`
}

/** An address that listens everywhere is reached at the loopback. */
const reachable = (host: string): string => ({ '0.0.0.0': '127.0.0.1', '::': '::1' })[host] ?? host

/** Passes upgrades to /ws of a server on to the gateway; others are refused. */
export function passThrough(server: Server, gateway: { readonly host: string; readonly port: number }): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!/^\/ws(\?|$)/.test(request.url ?? '')) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    const upstream = connect(gateway.port, reachable(gateway.host))
    upstream.setNoDelay(true)
    upstream.write(`GET ${request.url} HTTP/1.1\r\n${[...headerLines(request)].join('\r\n')}\r\n\r\n`)
    if (head.length > 0) upstream.write(head)
    for (const [from, to] of [
      [upstream, socket],
      [socket, upstream],
    ] as const) {
      from.pipe(to)
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
  })
}
