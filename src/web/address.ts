// Where a request comes from.
import { getConnInfo } from '@hono/node-server/conninfo'
import type { AppContext } from './environment.ts'

/** The caller's network address; behind a trusted proxy, the one that it tells. Null when it is not known. */
export function callerAddress(c: AppContext): string | null {
  if (c.get('system').config.trustProxy) {
    const told = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
    if (told) return told
  }
  // A request that did not come through a socket (a test's) has no address.
  return Object.hasOwn(c.env ?? {}, 'incoming') ? (getConnInfo(c).remote.address ?? null) : null
}
