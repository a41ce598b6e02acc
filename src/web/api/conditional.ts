// Conditional reads: an answer that tells its version is not sent again to a caller who has it (RFC 9110, 13.1.2).
import type { MiddlewareHandler, Next } from 'hono'
import type { AppContext, Environment } from '../environment.ts'

/** Tells the version of what is answered; it must change whenever the answer does. */
export function versioned(c: AppContext, version: string): void {
  c.header('ETag', `W/"${version}"`)
  c.header('Cache-Control', 'private, no-cache')
}

const names = (header: string, tag: string) => header.split(',').some((each) => [tag, '*'].includes(each.trim()))

/** Answers 304 to a caller who already has what would be answered. */
export const conditionalReads = (): MiddlewareHandler<Environment> => (c, next) => {
  const known = c.req.method === 'GET' ? c.req.header('if-none-match') : undefined
  return known === undefined ? next() : answerIfNew(c, next, known)
}

async function answerIfNew(c: AppContext, next: Next, known: string): Promise<void> {
  await next()
  const tag = c.res.headers.get('etag')
  if (c.res.status !== 200 || tag === null || !names(known, tag)) return
  const headers = new Headers(c.res.headers)
  headers.delete('content-type')
  headers.delete('content-length')
  c.res = new Response(null, { status: 304, headers })
}
