// Compression of what is read: pages and lists. The answers to commands are short, and are sent as they are.
import type { MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'

/** Compresses the answers to those who ask for it. Where nobody does, the answer is not touched: that alone would make it be built anew. */
export function compressed(): MiddlewareHandler {
  const compressing = compress({ threshold: 1400 })
  return (c, next) =>
    c.req.method === 'GET' && c.req.header('accept-encoding') !== undefined ? compressing(c, next) : next()
}
