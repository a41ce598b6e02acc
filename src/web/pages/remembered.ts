// Pages that are asked for again and again while nothing changes: kept as they were written, until the read models move on.
import { getCookie } from 'hono/cookie'
import type { AppContext } from '../environment.ts'
import { callerOf } from '../environment.ts'
import { hasToasts } from './toasts.ts'

/** Pages kept at the most; one has some 40 kB. */
const most = 200

export type RememberedPage = (c: AppContext, parts: readonly string[], write: () => Promise<string>) => Promise<string>

/**
 * A page's text, written anew only when the read models have changed since, for another reader, or when another of `parts` differs: whatever else
 * the page shows, such as the hour.
 */
export function rememberedPage(): RememberedPage {
  const pages = new Map<string, string>()
  let seen: bigint | undefined

  return async (c, parts, write) => {
    // What is told once must not be told again.
    if (hasToasts(c)) return write()
    const { position } = c.get('system').progress
    if (position !== seen) {
      pages.clear()
      seen = position
    }
    const { sub, role } = callerOf(c)
    const chosen = ['theme', 'caminho-location'].map((cookie) => getCookie(c, cookie) ?? '')
    const key = JSON.stringify([sub, role, c.get('locale'), ...chosen, ...parts])
    const known = pages.get(key)
    if (known !== undefined) return known
    const page = await write()
    // The read models may have moved on while it was written: then it may be of two minds, and is not kept.
    if (c.get('system').progress.position === position && pages.size < most) pages.set(key, page)
    return page
  }
}
