// What protects every answer and every request, whoever asks: headers, origin, size.
import type { MiddlewareHandler, Next } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { AppContext, Environment } from './environment.ts'
import { ProblemError } from './problems.ts'
import { standing } from './standing-headers.ts'

const ownOnly = [
  "default-src 'none'",
  ...['script', 'style', 'font', 'connect', 'frame', 'manifest'].map((kind) => `${kind}-src 'self'`),
  "img-src 'self' data: blob:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
]

/** After the OWASP Secure Headers Project: no inline code, nothing from elsewhere, no frame around us. */
const securing = {
  'content-security-policy': ownOnly.join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(self), geolocation=(), microphone=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
}

/** Security headers of every answer, unless it says what holds for itself. `https`: how people reach it. */
export function securityHeaders({ https }: { readonly https: boolean }): MiddlewareHandler<Environment> {
  const headers = Object.entries({ ...securing, ...(https && { 'strict-transport-security': 'max-age=31536000' }) })
  return (c, next) => {
    for (const [name, value] of headers) standing(c, name, value)
    return next()
  }
}

/** HTML that is not ours to trust, such as a mail as it reads: shown within a page of ours, with its own styles, and nothing else. */
export function framedByOurselves(c: AppContext, html: string): Response {
  c.header(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'",
  )
  c.header('x-frame-options', 'SAMEORIGIN')
  return c.html(html)
}

/**
 * What people are shown is theirs: no shared cache keeps it, and nothing is shown again unasked. A browser may keep a page for the step back, so
 * that the answer to a form is still there; signing out takes it away.
 */
export const keepPrivate = (): MiddlewareHandler<Environment> => (c, next) => {
  const isApi = c.req.path.startsWith('/api/')
  standing(c, 'cache-control', isApi ? 'no-store' : 'private, no-cache')
  return isApi ? next() : keepNoFile(c, next)
}

/** What is asked for as a page and is none, such as a file to download, is not kept at all. */
async function keepNoFile(c: AppContext, next: Next): Promise<void> {
  await next()
  const { headers } = c.res
  if (headers.has('cache-control') && headers.get('cache-control') !== 'private, no-cache') return
  if (!headers.get('content-type')?.startsWith('text/html')) c.header('cache-control', 'no-store')
}

/**
 * Leads nobody elsewhere: what a browser would take for an address of another site leads home instead. It strips tabs and line breaks and takes
 * a backslash for a slash, so what it would make of the address is asked of the same rules (WHATWG URL).
 */
export const leadNobodyElsewhere = (): MiddlewareHandler => async (c, next) => {
  await next()
  if (c.res.status < 300 || c.res.status > 399) return
  const location = c.res.headers.get('location')
  const base = 'http://here.invalid'
  if (location !== null && URL.parse(location, base)?.origin !== base) c.header('location', '/')
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether a browser's page of that origin is one of ours: at the host that was asked, or where the proxy before us is reached. */
function isOurs(c: AppContext, origin: string): boolean {
  const from = URL.parse(origin)
  if (!from || from.host === '') return false
  const { publicUrl } = c.get('system').config
  return from.host === c.req.header('host') || (publicUrl !== undefined && from.origin === URL.parse(publicUrl)?.origin)
}

/**
 * Refuses changes that another site's page asks a browser for (OWASP CSRF cheat sheet: fetch metadata, then origin). A request with a bearer
 * token is exempt: no browser adds that by itself, and whatever else the header holds is refused later. Cookies are SameSite=Strict besides.
 */
export const sameOriginOnly = (): MiddlewareHandler<Environment> => (c, next) => {
  if (safe.has(c.req.method) || c.req.header('authorization')) return next()
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  const elsewhere =
    site === undefined ? origin !== undefined && !isOurs(c, origin) : site !== 'same-origin' && site !== 'none'
  if (elsewhere) throw new ProblemError('cross-site')
  return next()
}

/** The largest body that a request may have, in bytes; photos and CSV files included. */
export const largestBody = 6 * 1024 * 1024

function refuseLarge(): never {
  throw new ProblemError('too-large', { largest: largestBody })
}

/** What a streamed body adds up to is only known while it is read. */
const limitStream = bodyLimit({ maxSize: largestBody, onError: refuseLarge })

/** Refuses bodies beyond `largestBody`. One that says its length is judged by that, so that it is not opened before it is read. */
export const limitBody = (): MiddlewareHandler<Environment> => (c, next) => {
  if (safe.has(c.req.method)) return next()
  const length = c.req.header('content-length')
  if (length === undefined || c.req.header('transfer-encoding') !== undefined) return limitStream(c, next)
  if (Number(length) > largestBody) refuseLarge()
  return next()
}
