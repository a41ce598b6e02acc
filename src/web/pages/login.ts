// Logging in and out.
import { Hono } from 'hono'
import { z } from 'zod'
import { barePage } from '../../../views/layout.ts'
import { loginContent, loginReasons } from '../../../views/pages/login.ts'
import { demoEmails } from '../../demo/accounts.ts'
import { callerAddress } from '../address.ts'
import type { Assets } from '../assets.ts'
import { dropCookies, keepInCookies } from '../authenticate.ts'
import { tellPosition } from '../consistency.ts'
import { type AppContext, commandContext, type Environment } from '../environment.ts'
import { recallPreferences } from '../preferences.ts'
import { surroundingsOf } from './frame.ts'

/** Only an address of our own, so that nobody is led elsewhere by a crafted link. */
const localAddress = z
  .string()
  .regex(/^\/(?![/\\])/)
  .catch('/')
const credentials = z.object({ email: z.string().max(200), password: z.string().max(200), next: localAddress })

export function loginPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  const show = async (
    c: AppContext,
    page: Omit<Parameters<typeof loginContent>[1], 'demo'>,
    status: 200 | 401 | 429 = 200,
  ) => {
    const surroundings = await surroundingsOf(c, assets)
    const { config } = c.get('system')
    const demo = config.demo ? { emails: demoEmails, password: config.demoPassword } : undefined
    const main = loginContent(surroundings.reader, { ...page, demo })
    return c.html(barePage(surroundings, { title: surroundings.reader.t('login.title'), main }), status)
  }

  pages.get('/login', async (c) => {
    const next = localAddress.parse(c.req.query('next'))
    if (c.get('caller')) return c.redirect(next, 303)
    const reason = loginReasons.find((known) => known === c.req.query('reason'))
    return show(c, { state: {}, next, reason })
  })

  pages.post('/login', async (c) => {
    const typed = credentials.parse({ email: '', password: '', ...(await c.req.parseBody()) })
    const from = { address: callerAddress(c), userAgent: c.req.header('user-agent')?.slice(0, 300) ?? null }
    const outcome = await c.get('system').login.signIn({ ...typed, ...from }, commandContext(c))
    if (!outcome.rejected) {
      keepInCookies(c, outcome.value)
      tellPosition(c, outcome.position)
      await recallPreferences(c, outcome.value.personId)
      return c.redirect(typed.next, 303)
    }
    const { t } = (await surroundingsOf(c, assets)).reader
    const tooMany = outcome.code === 'too-many-attempts'
    const message = tooMany
      ? t('login.too-many', { minutes: Math.ceil(Number(outcome.details.retryAfter) / 60) })
      : t('login.wrong')
    const state = { values: { email: typed.email }, errors: { form: message } }
    return show(c, { state, next: typed.next }, tooMany ? 429 : 401)
  })

  pages.post('/logout', async (c) => {
    const caller = c.get('caller')
    if (caller) await c.get('system').login.signOut(caller.sid, commandContext(c))
    dropCookies(c)
    // Who sits down next must not step back into what was seen before.
    c.header('clear-site-data', '"cache"')
    return c.redirect('/login?reason=logged-out', 303)
  })

  return pages
}
