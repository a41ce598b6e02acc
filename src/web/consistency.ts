// Read your own writes: a GET that names a position waits, briefly, until the read models have reached it.
import type { MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Done, Outcome } from '../commands/handling.ts'
import { isHttps } from './authenticate.ts'
import type { AppContext, Environment } from './environment.ts'
import { ProblemError, rejected } from './problems.ts'
import { standing } from './standing-headers.ts'

/** Milliseconds that a read waits at the most: a program asks again by itself, a person would see what is out of date. */
const patience = { program: 2_000, page: 5_000 }
const cookie = 'caminho-position'

/** Tells the position of what a command recorded, in the header and, for the pages of the same browser, in a short-lived cookie. */
export function tellPosition(c: AppContext, position: bigint): void {
  standing(c, 'Caminho-Position', String(position))
  if (c.req.header('authorization') !== undefined) return
  const secure = isHttps(c.get('system').config)
  setCookie(c, cookie, String(position), { httpOnly: true, sameSite: 'Strict', path: '/', secure, maxAge: 10 })
}

/** Waits for what a command recorded, as long as a program does; whether the read models have it. */
export const arrived = (c: AppContext, position: bigint): Promise<boolean> =>
  c.get('system').progress.waitFor(position, patience.program)

/** Waits until the read models show all that is recorded so far. @throws ProblemError when they do not in time */
export async function caughtUp(c: AppContext): Promise<void> {
  if (!(await arrived(c, await c.get('system').store.head())))
    throw new ProblemError('not-caught-up', {}, { 'retry-after': '1' })
}

/** What a command recorded is told by its position. @throws ProblemError when the command was rejected */
export function tellDone<Answer>(c: AppContext, outcome: Outcome<Answer>): asserts outcome is Done<Answer> {
  if (outcome.rejected) throw rejected(outcome)
  tellPosition(c, outcome.position)
}

const asked = (c: AppContext): string | undefined =>
  c.req.query('minPosition') ?? c.req.header('minPosition') ?? c.req.header('caminho-min-position')

/** Waits for the position that a GET asks for; 503 with Retry-After when it is not reached. A page that only remembers one shows what is there. */
export const readYourWrites = (): MiddlewareHandler<Environment> => async (c, next) => {
  if (c.req.method !== 'GET') return next()
  const explicit = asked(c)
  const wanted = explicit ?? getCookie(c, cookie)
  if (wanted === undefined) return next()
  if (!/^\d{1,19}$/.test(wanted)) {
    if (explicit !== undefined) throw new ProblemError('malformed-request', { parameter: 'minPosition' })
    return next()
  }
  const reached = await c
    .get('system')
    .progress.waitFor(BigInt(wanted), explicit === undefined ? patience.page : patience.program)
  if (!reached && explicit !== undefined)
    throw new ProblemError(
      'not-caught-up',
      { position: String(c.get('system').progress.position) },
      { 'retry-after': '1' },
    )
  return next()
}
