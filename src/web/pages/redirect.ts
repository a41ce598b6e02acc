// Where a person is led after something was done.
import type { AppContext } from '../environment.ts'

const isHtmx = (c: AppContext): boolean => c.req.header('hx-request') === 'true'

/** Leads to another page of ours, by plain redirect or by htmx. */
export function leadTo(c: AppContext, path: string): Response {
  if (!isHtmx(c)) return c.redirect(path, 303)
  c.header('HX-Redirect', path)
  return c.body(null, 200)
}

/** Leads back to the page on which something was done; to `otherwise` when that is not known. */
export function leadBack(c: AppContext, otherwise: string): Response {
  if (isHtmx(c)) {
    c.header('HX-Refresh', 'true')
    return c.body(null, 200)
  }
  const from = URL.parse(c.req.header('referer') ?? '')
  const isOurs = from?.host === c.req.header('host')
  return c.redirect(isOurs && from ? from.pathname + from.search : otherwise, 303)
}
