// The reader's language: what they chose, or what their browser prefers, or Portuguese.
import { getCookie } from 'hono/cookie'
import type { AppContext, Locale } from './environment.ts'

/** Set by the page's own script when the reader chooses. */
const cookie = 'locale'

const known = (value: string | undefined): Locale | undefined =>
  value === undefined ? undefined : /^pt\b/i.test(value) ? 'pt-MZ' : /^en\b/i.test(value) ? 'en' : undefined

/** The language of a request: the cookie that the person's choice set, then Accept-Language in its order, then pt-MZ. */
export function localeOf(c: AppContext): Locale {
  const chosen = known(getCookie(c, cookie))
  if (chosen) return chosen
  for (const part of (c.req.header('accept-language') ?? '').split(',')) {
    const locale = known(part.trim())
    if (locale) return locale
  }
  return 'pt-MZ'
}
