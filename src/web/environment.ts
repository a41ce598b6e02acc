// What every request carries through the app: who asks, in which language, and the system that answers.
import type { ServerResponse } from 'node:http'
import type { Context } from 'hono'
import type { Permission } from '../auth/permissions.ts'
import { may } from '../auth/permissions.ts'
import type { AccessClaims } from '../auth/tokens.ts'
import type { Context as CommandContext } from '../commands/handling.ts'
import type { System } from '../system.ts'

export type Locale = 'pt-MZ' | 'en'

export interface Environment {
  /** Of the HTTP server; there is none where the app is asked directly. */
  Bindings: { readonly outgoing?: ServerResponse }
  Variables: {
    readonly system: System
    readonly requestId: string
    readonly locale: Locale
    /** W3C trace context of the request: of its span, or as the caller sent it. */
    readonly traceparent: string | undefined
    /** Undefined for a request without a valid access token. */
    readonly caller: AccessClaims | undefined
  }
}

export type AppContext = Context<Environment>

/** The caller. Only behind `authorise`, which refuses requests without one. */
export function callerOf(c: AppContext): AccessClaims {
  const caller = c.get('caller')
  if (!caller) throw new TypeError('this route needs the middleware that authorises')
  return caller
}

/** Whether the caller may do something beyond what the route already asks for. */
export const callerMay = (c: AppContext, permission: Permission): boolean => may(callerOf(c).role, permission)

/** What is recorded about a command: who, in which request, with which key to repeat it by. */
export function commandContext(c: AppContext, content?: unknown): CommandContext {
  const caller = c.get('caller')
  const actor = caller ? `person:${caller.sub}` : 'anonymous'
  const traceparent = c.get('traceparent')
  const key = c.req.header('idempotency-key')
  return {
    actor,
    correlationId: c.get('requestId'),
    ...(traceparent && { traceparent }),
    ...(key && {
      request: { key: `${actor} ${key}`, content: `${c.req.method} ${c.req.path} ${JSON.stringify(content ?? null)}` },
    }),
  }
}

/** The same for a form that carries its key in a hidden field, made when it was shown: sent twice, it is done once. */
export function formContext(c: AppContext, key: string, content: unknown): CommandContext {
  const context = commandContext(c)
  if (key === '' || key.length > 100) return context
  const { method, path } = c.req
  return {
    ...context,
    request: { key: `${context.actor} form ${key}`, content: `${method} ${path} ${JSON.stringify(content)}` },
  }
}
