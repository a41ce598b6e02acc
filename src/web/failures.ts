// Whatever goes wrong, answered in one place: problem details for programs, a page or a toast for people.
import { HTTPException } from 'hono/http-exception'
import { barePage } from '../../views/layout.ts'
import { errorContent } from '../../views/pages/error.ts'
import { readerFor } from '../../views/reader.ts'
import { KeyReusedError } from '../commands/idempotency.ts'
import { ConflictError, InvalidQueryError, UnavailableError } from '../kernel/errors.ts'
import { traceIds } from '../kernel/tracing.ts'
import type { Assets } from './assets.ts'
import type { AppContext } from './environment.ts'
import { errorPage } from './pages/error-page.ts'
import { explain, ProblemError, problem, statusOf } from './problems.ts'

const isProgram = (c: AppContext): boolean => c.req.path.startsWith('/api/') || c.req.path.startsWith('/health')

/** Which request a line of the log is about. */
const about = (c: AppContext) => ({
  requestId: c.get('requestId'),
  path: c.req.path,
  ...traceIds(c.get('traceparent')),
})

/** Codes of what the framework itself refuses. */
const codes: ReadonlyMap<number, string> = new Map([
  [413, 'too-large'],
  [415, 'unsupported-media-type'],
])

/** The problem that an error amounts to. Anything that nobody foresaw is an internal error: logged whole, told without its details. */
function asProblem(c: AppContext, error: Error): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof KeyReusedError) return new ProblemError(error.code)
  if (error instanceof InvalidQueryError) return new ProblemError('malformed-request', { detail: error.message })
  if (error instanceof ConflictError) return new ProblemError('contention', {}, { 'retry-after': '1' })
  if (error instanceof UnavailableError) return new ProblemError('unavailable', {}, { 'retry-after': '2' })
  if (error instanceof HTTPException && error.status < 500)
    return new ProblemError(codes.get(error.status) ?? 'malformed-request')
  c.get('system').log.error({ err: error, ...about(c) }, 'a request failed')
  return new ProblemError('internal-error', { requestId: c.get('requestId') })
}

export function answerError(c: AppContext, error: Error, assets: Assets): Response | Promise<Response> {
  const found = asProblem(c, error)
  for (const [name, value] of Object.entries(found.headers)) c.header(name, value)
  if (isProgram(c)) return problem(c, found.code, found.details)
  if (found.code === 'not-signed-in' && c.req.method === 'GET') {
    // A part of a page must not be filled with the login page: the whole page goes there.
    const login = (next: string) => `/login?next=${encodeURIComponent(next)}`
    const whole = c.req.header('hx-request') && URL.parse(c.req.header('hx-current-url') ?? '')
    if (!whole) return c.redirect(login(c.req.path + new URL(c.req.url).search), 303)
    c.header('hx-redirect', login(whole.pathname + whole.search))
    return c.body(null, 401)
  }
  return errorPage(c, assets, found.code).catch((cause: unknown) => barest(c, assets, found, cause))
}

/** The page when not even what surrounds a page can be read: it needs no store. */
function barest(c: AppContext, assets: Assets, { code }: ProblemError, cause: unknown): Response {
  c.get('system').log.error({ err: cause, ...about(c) }, 'an error page could not be made')
  const reader = readerFor({ locale: c.get('locale') })
  const title = explain(reader.locale, code)
  const main = errorContent(reader, { title, requestId: c.get('requestId') })
  return c.html(barePage({ reader, theme: 'system', assets: assets.url }, { title, main }).toString(), statusOf(code))
}

export const answerNotFound = (c: AppContext, assets: Assets): Response | Promise<Response> =>
  answerError(c, new ProblemError('not-found'), assets)
