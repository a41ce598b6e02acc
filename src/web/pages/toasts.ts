// What to tell after a redirect: kept for the next page in a short-lived cookie, as message keys, never as text.
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import type { Tone } from '../../../views/components/status.ts'
import type { Toast } from '../../../views/components/toast.ts'
import { catalogue, type PlainKey } from '../../../views/locales/index.ts'
import type { Reader } from '../../../views/reader.ts'
import type { AppContext } from '../environment.ts'

const cookie = 'caminho-told'
const told = z.object({
  key: z.string(),
  tone: z.enum(['good', 'warning', 'danger', 'info', 'neutral']),
  undo: z
    .string()
    .regex(/^\/(?![/\\])/)
    .optional(),
})

const isPlainKey = (key: string): key is PlainKey => Object.hasOwn(catalogue, key)

/** Tells the person something on the page that they are led to; `undo`: the address of our own to which a POST takes it back. */
export function tell(c: AppContext, key: PlainKey, tone: Tone = 'good', undo?: string): void {
  setCookie(c, cookie, JSON.stringify({ key, tone, undo }), {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    maxAge: 30,
  })
}

/** Whether there is something to tell. */
export const hasToasts = (c: AppContext): boolean => getCookie(c, cookie) !== undefined

/** What is to be told now; it is told once, and not to a live part of a page, which would throw it away. */
export function takeToasts(c: AppContext, { t }: Reader): readonly Toast[] {
  const kept = c.req.header('caminho-refresh') ? undefined : getCookie(c, cookie)
  if (kept === undefined) return []
  deleteCookie(c, cookie, { path: '/' })
  try {
    const { key, tone, undo } = told.parse(JSON.parse(kept))
    return isPlainKey(key) ? [{ tone, text: t(key), ...(undo && { undo: { action: undo } }) }] : []
  } catch {
    return []
  }
}
