// Conditional reads: an answer that tells its version is not sent again to a caller who has it (RFC 9110, 13.1.2).
import type { MiddlewareHandler } from 'hono'
import type { AppContext, Environment } from '../environment.ts'

/** Tells the version of what is answered; it must change whenever the answer does. */
export function versioned(c: AppContext, version: string): void {
  c.header('ETag', `W/"${version}"`)
  c.header('Cache-Control', 'private, no-cache')
}

const names = (header: string, tag: string) => header.split(',').some((each) => [tag, '*'].includes(each.trim()))

/** Answers 304 to a caller who already has what would be answered. What tells no version is not to be kept at all. */
export const conditionalReads = (): MiddlewareHandler<Environment> => async (c, next) => {
  await next()
  const tag = c.res.headers.get('etag')
  if (tag === null) {
    // Not by `c.header`, which would build the finished answer a second time.
    if (!c.res.headers.has('cache-control')) c.res.headers.set('Cache-Control', 'no-store')
    return
  }
  const known = c.req.header('if-none-match')
  if (c.req.method !== 'GET' || c.res.status !== 200 || known === undefined || !names(known, tag)) return
  const headers = new Headers(c.res.headers)
  headers.delete('content-type')
  headers.delete('content-length')
  c.res = new Response(null, { status: 304, headers })
}
