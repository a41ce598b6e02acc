// The first start of a real shop: the code that the terminal showed makes the company, its first location and its super-admin.
import { Hono } from 'hono'
import { z } from 'zod'
import type { FormState } from '../../../views/components/field.ts'
import { barePage } from '../../../views/layout.ts'
import { setupContent } from '../../../views/pages/setup.ts'
import { newPassword } from '../../auth/passwords.ts'
import { foundCompany } from '../../commands/founding.ts'
import { isNuit, plainNuit } from '../../domain/nuit.ts'
import { awaitsSetup, forgetSetupCode, isSetupCode } from '../../first-use.ts'
import { callerAddress } from '../address.ts'
import type { Assets } from '../assets.ts'
import { keepInCookies } from '../authenticate.ts'
import { tellPosition } from '../consistency.ts'
import { type AppContext, commandContext, type Environment } from '../environment.ts'
import { explain, ProblemError, rejected } from '../problems.ts'
import { shownAgain, typedIn, withIssues } from './form.ts'
import { surroundingsOf } from './frame.ts'

const required = z.string().trim().min(1).max(200)

const setupForm = z.object({
  code: required,
  company: required,
  nuit: z
    .string()
    .transform(plainNuit)
    .transform((nuit) => (nuit === '' ? null : nuit))
    .refine((nuit) => nuit === null || isNuit(nuit)),
  currency: z.string().trim().toUpperCase().length(3).default('MZN'),
  location: required,
  locationCode: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9]{1,5}[A-Z]$/),
  name: required,
  email: z.email().max(200),
  password: newPassword,
})

/** What Mozambique asks for; other countries change it in the settings. */
const taxRates = [
  { name: 'IVA 16 %', rate: 1600 },
  { name: 'Isento', rate: 0 },
]

export function setupPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  const show = async (c: AppContext, state: FormState, status: 200 | 422 = 200) => {
    const surroundings = await surroundingsOf(c, assets)
    const main = setupContent(surroundings.reader, state)
    return c.html(barePage(surroundings, { title: surroundings.reader.t('setup.title'), main, wide: true }), status)
  }

  pages.use('/setup', async (c, next) => {
    if (!(await awaitsSetup(c.get('system')))) return c.redirect('/login', 303)
    await next()
  })

  pages.get('/setup', (c) => show(c, {}))

  pages.post('/setup', async (c) => {
    const system = c.get('system')
    const { reader } = await surroundingsOf(c, assets)
    const typed = await typedIn(c)
    const parsed = setupForm.safeParse(typed)
    if (!parsed.success) return show(c, withIssues(reader, typed, parsed.error), 422)
    const form = parsed.data
    const retryAfter = await system.setupAttempts.waitFor(callerAddress(c))
    if (retryAfter > 0) throw new ProblemError('too-many-attempts', { retryAfter })
    if (!(await isSetupCode(system, form.code))) {
      await system.setupAttempts.failed(callerAddress(c))
      return show(c, shownAgain(typed, { code: reader.t('setup.wrong-code') }), 422)
    }

    const personId = system.newId()
    await system.passwords.set(personId, form.password)
    const outcome = await foundCompany(
      system,
      {
        company: {
          name: form.company,
          nuit: form.nuit,
          address: '',
          phone: null,
          email: null,
          currency: form.currency,
          timeZone: 'Africa/Maputo',
          taxRates,
        },
        location: { code: form.locationCode, name: form.location, kind: 'shop', tills: 1, address: '' },
        founder: { personId, name: form.name, email: form.email },
      },
      commandContext(c),
    )
    if (outcome.rejected) {
      await system.passwords.forget(personId)
      if (outcome.code !== 'already-set-up') throw rejected(outcome)
    } else tellPosition(c, outcome.position)
    await forgetSetupCode(system)
    const from = { address: callerAddress(c), userAgent: null }
    const signedIn = await system.login.signIn(
      { email: form.email, password: form.password, ...from },
      commandContext(c),
    )
    if (signedIn.rejected) return show(c, { errors: { form: explain(c.get('locale'), signedIn.code) } }, 422)
    keepInCookies(c, signedIn.value)
    return c.redirect('/', 303)
  })

  return pages
}
