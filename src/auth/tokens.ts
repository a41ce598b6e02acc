// Tokens: short-lived access tokens and rotating refresh tokens, JWTs signed with EdDSA (RFC 8037) by a key that the first start makes.
import { exportJWK, generateKeyPair, importJWK, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { role } from '../domain/values.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import { seal, unseal } from '../kernel/vault.ts'

/** The cookie in which the pages of a browser carry their access token. */
export const accessCookie = 'caminho-access'
/** Seconds that an access token is good for. */
export const accessSeconds = 15 * 60
/** Seconds that an unused refresh token is good for. */
export const refreshSeconds = 30 * 24 * 3600

const accessClaims = z.object({ sub: z.string(), sid: z.string(), role, iat: z.number(), exp: z.number() })
const refreshClaims = z.object({ sub: z.string(), sid: z.string(), generation: z.int().nonnegative() })

/** Who a request comes from, as its access token says. `iat`, `exp`: seconds since 1970, `iat` to the millisecond. */
export type AccessClaims = z.infer<typeof accessClaims>
export type RefreshClaims = z.infer<typeof refreshClaims>

export interface Tokens {
  /** `issued`: when it was decided to issue it, if not now; a revocation after that refuses it. */
  access(claims: Pick<AccessClaims, 'sub' | 'sid' | 'role'>, issued?: Date): Promise<string>
  refresh(claims: RefreshClaims): Promise<string>
  /** Undefined for a token that is not ours, or expired. */
  readAccess(token: string): Promise<AccessClaims | undefined>
  readRefresh(token: string): Promise<RefreshClaims | undefined>
}

const issuer = 'caminho-seguro'
const keySpace = 'signing-key'
const storedKey = z.object({ sealed: z.string() })

async function signingKeys(store: KeyValueStore, masterKey: Buffer) {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const fresh = JSON.stringify(await exportJWK(privateKey))
  // Two nodes may start at once: the first one's key counts.
  await store.put(keySpace, 'current', { sealed: seal(masterKey, fresh, keySpace) }, { expected: 0 })
  const entry = await store.get(keySpace, 'current')
  const kept = storedKey.parse(entry?.value).sealed
  const jwk = JSON.parse(unseal(masterKey, kept, keySpace, 'the signing key in the data directory').toString())
  const { d: _private, ...publicJwk } = jwk
  return { sign: await importJWK(jwk, 'EdDSA'), verify: await importJWK(publicJwk, 'EdDSA') }
}

/** Tokens signed with the key in the key-value store, sealed there under the master key. */
export async function openTokens(store: KeyValueStore, masterKey: Buffer, now: () => Date): Promise<Tokens> {
  const keys = await signingKeys(store, masterKey)
  // An Ed25519 verification costs about 0.1 ms: a token that was good stays good until it expires (revocation is judged elsewhere).
  const verified = new Map<string, AccessClaims>()

  const sign = (claims: JWTPayload, use: string, seconds: number, date = now()) => {
    // A NumericDate may have a fraction (RFC 7519, 2): what is revoked in the same second must still refuse the token.
    const issued = date.getTime() / 1000
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', typ: use })
      .setIssuer(issuer)
      .setAudience(use)
      .setIssuedAt(issued)
      .setExpirationTime(Math.floor(issued) + seconds)
      .sign(keys.sign)
  }

  const read = async (token: string, use: string): Promise<unknown> => {
    try {
      const options = { issuer, audience: use, algorithms: ['EdDSA'], currentDate: now() }
      return (await jwtVerify(token, keys.verify, options)).payload
    } catch {
      return undefined
    }
  }

  return {
    access: (claims, issued) => sign(claims, 'access', accessSeconds, issued),
    refresh: (claims) => sign(claims, 'refresh', refreshSeconds),
    async readAccess(token) {
      const known = verified.get(token)
      if (known) {
        if (known.exp * 1000 > now().getTime()) return known
        verified.delete(token)
        return undefined
      }
      const claims = accessClaims.safeParse(await read(token, 'access')).data
      if (claims) {
        if (verified.size >= 10_000) verified.clear()
        verified.set(token, claims)
      }
      return claims
    },
    readRefresh: async (token) => refreshClaims.safeParse(await read(token, 'refresh')).data,
  }
}
