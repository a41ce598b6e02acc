// What protects every answer and every request, whoever asks: headers, origin, size.
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import type { Environment } from './environment.ts'
import { ProblemError } from './problems.ts'

/** Security headers, with a Content-Security-Policy that allows no inline code and nothing from elsewhere. */
export const securityHeaders = (): MiddlewareHandler =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
    permissionsPolicy: { camera: ['self'], geolocation: [], microphone: [] },
  })

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses changes that another site's page asks a browser for (OWASP CSRF cheat sheet: fetch metadata, then origin). A request with a bearer
 * token is exempt: no browser adds that by itself. Cookies are SameSite=Strict besides.
 */
export const sameOriginOnly = (): MiddlewareHandler<Environment> => async (c, next) => {
  if (safe.has(c.req.method) || c.req.header('authorization')) return next()
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  const elsewhere =
    site === undefined
      ? origin !== undefined && URL.parse(origin)?.host !== c.req.header('host')
      : site !== 'same-origin' && site !== 'none'
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
export const limitBody = (): MiddlewareHandler<Environment> => async (c, next) => {
  if (safe.has(c.req.method)) return next()
  const length = c.req.header('content-length')
  if (length === undefined || c.req.header('transfer-encoding') !== undefined) return limitStream(c, next)
  if (Number(length) > largestBody) refuseLarge()
  return next()
}
