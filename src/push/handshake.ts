// The handshake of a WebSocket: the token that comes with it, and whether a page's cookie may be counted.
import { accessCookie } from '../auth/tokens.ts'

const bearer = 'bearer.'

export interface Handshake {
  /** Undefined: it is to come as the first message. */
  readonly token: string | undefined
  /** The subprotocol to answer with: one of those offered, as RFC 6455 demands, the token's only where there is no other. */
  readonly protocol: string
  /** Another site's page has asked a browser for it, which adds the cookie by itself (cross-site WebSocket hijacking, OWASP). */
  readonly isForeign: boolean
}

const cookieIn = (header: string): string | undefined =>
  header
    .split(/; */)
    .find((pair) => pair.startsWith(`${accessCookie}=`))
    ?.slice(accessCookie.length + 1)

function isOwnOrigin(origin: string, host: string, publicUrl: string | undefined): boolean {
  const from = URL.parse(origin)
  if (!from) return false
  return from.host === host || (publicUrl !== undefined && from.origin === URL.parse(publicUrl)?.origin)
}

/** Reads the headers of an upgrade; an absent one is ''. `publicUrl`: where people reach us, when not at the host that they ask for. */
export function readHandshake(header: (name: string) => string, publicUrl: string | undefined): Handshake {
  const protocols = header('sec-websocket-protocol').split(/, */).filter(Boolean)
  const byProtocol = protocols.find((name) => name.startsWith(bearer))?.slice(bearer.length)
  const said = /^Bearer (.+)$/i.exec(header('authorization'))?.[1] ?? byProtocol
  const cookie = said === undefined ? cookieIn(header('cookie')) : undefined
  return {
    token: said ?? cookie,
    protocol: protocols.find((name) => !name.startsWith(bearer)) ?? protocols[0] ?? '',
    isForeign: cookie !== undefined && !isOwnOrigin(header('origin'), header('host'), publicUrl),
  }
}
