// The reader's own account, and where they work now.
import { Hono } from 'hono'
import { z } from 'zod'
import { people } from '../../../projections/people.ts'
import type { FormState } from '../../../views/components/field.ts'
import { themes } from '../../../views/document.ts'
import { layout } from '../../../views/layout.ts'
import { locales, type PlainKey } from '../../../views/locales/index.ts'
import { type ProfileForm, profileContent } from '../../../views/pages/profile.ts'
import { revokeSession, setPassword } from '../../auth/accounts.ts'
import { changePersonDetails, changePreferences } from '../../commands/people.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellPosition } from '../consistency.ts'
import { type AppContext, callerOf, commandContext, type Environment } from '../environment.ts'
import { openSessionsOf } from '../open-sessions.ts'
import { showPreferences } from '../preferences.ts'
import { ProblemError, rejected } from '../problems.ts'
import { formContext, freshForm, typedIn, withIssues } from './form.ts'
import { frameOf, themeOf } from './frame.ts'
import { leadTo } from './redirect.ts'
import { endSession, sessionLines } from './sessions.ts'
import { tell } from './toasts.ts'
import { typedNewPassword, typedOptional, typedText } from './typed.ts'

const dataForm = z.object({ name: typedText(), phone: typedOptional(40) })
const preferencesForm = z.object({ locale: z.enum(locales), theme: z.enum(themes) })
const passwordForm = z.object({ current: z.string().min(1).max(200), password: typedNewPassword })

const signedIn = authorise(undefined)

export function profilePages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  const selfOf = async (c: AppContext) => {
    const found = await c.get('system').models.get(people, callerOf(c).sub)
    if (!found) throw new ProblemError('not-caught-up')
    return found.document
  }

  const show = async (c: AppContext, states: Partial<Record<ProfileForm, FormState>> = {}, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const main = profileContent(frame.reader, {
      person: await selfOf(c),
      theme: themeOf(c),
      sessions: await sessionLines(c, callerOf(c).sub),
      states: { data: freshForm(c), preferences: {}, password: {}, ...states },
    })
    return c.html(layout(frame, { title: frame.reader.t('profile.title'), main }), status)
  }

  const done = (c: AppContext, position: bigint, said: PlainKey): Response => {
    tellPosition(c, position)
    tell(c, said)
    return leadTo(c, '/profile')
  }

  pages.get('/profile', signedIn, (c) => show(c))

  pages.post('/profile/data', signedIn, async (c) => {
    const { reader } = await frameOf(c, assets)
    const typed = await typedIn(c)
    const parsed = dataForm.safeParse(typed)
    if (!parsed.success) return show(c, { data: withIssues(reader, typed, parsed.error) }, 422)
    const { personId, email } = await selfOf(c)
    if (email === null) throw new ProblemError('erased')
    const details = { personId, email, ...parsed.data }
    const outcome = await changePersonDetails(c.get('system'), details, formContext(c, typed))
    if (outcome.rejected) throw rejected(outcome)
    return done(c, outcome.position, 'common.saved')
  })

  pages.post('/profile/preferences', signedIn, async (c) => {
    const { reader } = await frameOf(c, assets)
    const typed = await typedIn(c)
    const parsed = preferencesForm.safeParse(typed)
    if (!parsed.success) return show(c, { preferences: withIssues(reader, typed, parsed.error) }, 422)
    const preferences = { personId: callerOf(c).sub, ...parsed.data }
    const outcome = await changePreferences(c.get('system'), preferences, commandContext(c))
    if (outcome.rejected) throw rejected(outcome)
    showPreferences(c, parsed.data)
    return done(c, outcome.position, 'profile.preferences-saved')
  })

  pages.post('/profile/password', signedIn, async (c) => {
    const { reader } = await frameOf(c, assets)
    const { sub: personId, sid } = callerOf(c)
    const parsed = passwordForm.safeParse(await typedIn(c))
    if (!parsed.success) return show(c, { password: withIssues(reader, {}, parsed.error) }, 422)
    const { current, password } = parsed.data
    if (!(await c.get('system').passwords.matches(personId, current)))
      return show(c, { password: { errors: { current: reader.t('profile.wrong-password') } } }, 422)
    const sessions = (await openSessionsOf(c, personId)).filter((sessionId) => sessionId !== sid)
    const change = { personId, password, by: 'self', sessions } as const
    const outcome = await setPassword(c.get('system'), change, commandContext(c))
    if (outcome.rejected) throw rejected(outcome)
    return done(c, await c.get('system').store.head(), 'profile.password-changed')
  })

  pages.post('/profile/sessions/end', signedIn, async (c) => {
    const { sub, sid } = callerOf(c)
    const others = (await openSessionsOf(c, sub)).filter((sessionId) => sessionId !== sid)
    for (const sessionId of others)
      await revokeSession(c.get('system'), { sessionId, reason: 'by-person' }, commandContext(c))
    return done(c, await c.get('system').store.head(), 'people.sessions-were-ended')
  })

  pages.post('/profile/sessions/:session/end', signedIn, async (c) => {
    await endSession(c, { personId: callerOf(c).sub, sessionId: c.req.param('session'), reason: 'by-person' })
    tell(c, 'people.session-was-ended')
    return leadTo(c, '/profile')
  })

  return pages
}
