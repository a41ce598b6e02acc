// Who asks: a bearer token (programs) or cookies (pages), whose short-lived access token is renewed from the refresh token when it has run out.
import type { MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Issued } from '../auth/login.ts'
import type { Permission } from '../auth/permissions.ts'
import { may } from '../auth/permissions.ts'
import { type AccessClaims, accessCookie, accessSeconds, refreshSeconds } from '../auth/tokens.ts'
import type { Config } from '../config.ts'
import type { AppContext, Environment } from './environment.ts'
import { ProblemError } from './problems.ts'

const refreshCookie = 'caminho-refresh'

/** Whether people reach it by https. */
export const isHttps = ({ publicUrl }: Pick<Config, 'publicUrl'>): boolean => publicUrl?.startsWith('https:') ?? false

/** Hands the tokens of a session to the browser, out of reach of scripts and of other sites. */
export function keepInCookies(c: AppContext, { accessToken, refreshToken }: Issued): void {
  const options = { httpOnly: true, sameSite: 'Strict', path: '/', secure: isHttps(c.get('system').config) } as const
  setCookie(c, accessCookie, accessToken, { ...options, maxAge: accessSeconds })
  setCookie(c, refreshCookie, refreshToken, { ...options, maxAge: refreshSeconds })
}

export function dropCookies(c: AppContext): void {
  deleteCookie(c, accessCookie, { path: '/' })
  deleteCookie(c, refreshCookie, { path: '/' })
}

export const refreshTokenOf = (c: AppContext): string | undefined => getCookie(c, refreshCookie)

const bearerToken = (header: string): string | undefined => /^Bearer ([\w.~+/-]+=*)$/i.exec(header)?.[1]

async function byAccessToken(c: AppContext, token: string | undefined): Promise<AccessClaims | undefined> {
  const { tokens, revocations } = c.get('system')
  const claims = token ? await tokens.readAccess(token) : undefined
  return claims && !revocations.refuses(claims) ? claims : undefined
}

/** Who asks, by the access token alone: nothing is renewed, refused or read from a store. */
export const callerAsTold = (c: AppContext): Promise<AccessClaims | undefined> => {
  const header = c.req.header('authorization')
  return byAccessToken(c, header === undefined ? getCookie(c, accessCookie) : bearerToken(header))
}

async function byBearer(c: AppContext, header: string): Promise<AccessClaims> {
  const claims = await byAccessToken(c, bearerToken(header))
  if (!claims) throw new ProblemError('not-signed-in', {}, { 'www-authenticate': 'Bearer error="invalid_token"' })
  return claims
}

async function byCookies(c: AppContext): Promise<AccessClaims | undefined> {
  const { tokens, login } = c.get('system')
  const claims = await byAccessToken(c, getCookie(c, accessCookie))
  if (claims) return claims
  const refresh = getCookie(c, refreshCookie)
  if (!refresh) return undefined
  const renewed = await login.refresh(refresh, { actor: 'anonymous', correlationId: c.get('requestId') })
  if (renewed.rejected) {
    dropCookies(c)
    return undefined
  }
  keepInCookies(c, renewed.value)
  return tokens.readAccess(renewed.value.accessToken)
}

/** Finds out who asks. An invalid bearer token is refused at once; without credentials the caller stays unknown. */
export const authenticate = (): MiddlewareHandler<Environment> => async (c, next) => {
  const header = c.req.header('authorization')
  c.set('caller', header ? await byBearer(c, header) : await byCookies(c))
  await next()
}

/** Lets only callers through whose role holds the permission; `undefined`: any caller who has signed in. */
export const authorise =
  (permission: Permission | undefined): MiddlewareHandler<Environment> =>
  async (c, next) => {
    const caller = c.get('caller')
    if (!caller) throw new ProblemError('not-signed-in', {}, { 'www-authenticate': 'Bearer' })
    if (permission && !may(caller.role, permission)) throw new ProblemError('forbidden', { permission })
    await next()
  }
