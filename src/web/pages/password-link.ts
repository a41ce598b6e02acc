// A password by a link: asked for by whoever has forgotten theirs, chosen by whoever has just been given an account.
import { Hono } from 'hono'
import { z } from 'zod'
import type { FormState } from '../../../views/components/field.ts'
import type { Html } from '../../../views/html.ts'
import { barePage } from '../../../views/layout.ts'
import type { PlainKey } from '../../../views/locales/index.ts'
import {
  choosePasswordContent,
  forgottenContent,
  linkOverContent,
  requestedContent,
} from '../../../views/pages/password-link.ts'
import { setPassword } from '../../auth/accounts.ts'
import { accountHolder, isLinkGood, issuePasswordLink, usePasswordLink } from '../../commands/password-links.ts'
import { queueMail } from '../../mail/index.ts'
import { callerAddress } from '../address.ts'
import type { Assets } from '../assets.ts'
import { type AppContext, commandContext, type Environment } from '../environment.ts'
import { openSessionsOf } from '../open-sessions.ts'
import { ProblemError, rejected } from '../problems.ts'
import { shownAgain, typedIn, withIssues } from './form.ts'
import { surroundingsOf } from './frame.ts'
import { typedEmail, typedNewPassword } from './typed.ts'

const requestForm = z.object({ email: typedEmail() })
const passwordForm = z.object({ password: typedNewPassword })

/** Sends the link, if there is such an account and it has not been asked too often. */
async function sendLink(c: AppContext, email: string): Promise<void> {
  const system = c.get('system')
  const context = commandContext(c)
  const personId = await accountHolder(system, email, context)
  if (personId === null || (await system.linkRequests.ofAccount.begin(personId)) > 0) return
  const [linkId, mailId] = [system.newId(), system.newId()]
  await issuePasswordLink(system, { linkId, personId, purpose: 'reset' }, context)
  const content = { kind: 'password-reset', linkId } as const
  await queueMail(system, { mailId, recipientId: personId, content, priority: 'high' }, context)
}

export function passwordLinkPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  const show = async (
    c: AppContext,
    title: PlainKey,
    main: (surroundings: Awaited<ReturnType<typeof surroundingsOf>>['reader']) => Html,
    status: 200 | 410 | 422 = 200,
  ) => {
    const surroundings = await surroundingsOf(c, assets)
    const { reader } = surroundings
    return c.html(barePage(surroundings, { title: reader.t(title), main: main(reader) }), status)
  }

  const forgotten = (c: AppContext, state: FormState, status: 200 | 422 = 200) =>
    show(c, 'password-link.request-title', (reader) => forgottenContent(reader, state), status)

  pages.get('/password/forgot', (c) => forgotten(c, {}))

  pages.post('/password/forgot', async (c) => {
    const { reader } = await surroundingsOf(c, assets)
    const typed = await typedIn(c)
    const parsed = requestForm.safeParse(typed)
    if (!parsed.success) return forgotten(c, withIssues(reader, typed, parsed.error), 422)
    const retryAfter = await c.get('system').linkRequests.ofCaller.begin(callerAddress(c))
    if (retryAfter > 0) throw new ProblemError('too-many-attempts', { retryAfter })
    // Not waited for: how long an answer takes must not tell whether there is such an account.
    sendLink(c, parsed.data.email).catch((error: unknown) =>
      c.get('system').log.error({ err: error }, 'a password link could not be sent'),
    )
    return show(c, 'password-link.request-title', requestedContent)
  })

  /** The link of the address; undefined when it was not made by us. */
  const linkIn = (c: AppContext): string | undefined => {
    const [linkId, proof] = [c.req.param('link') ?? '', c.req.param('proof') ?? '']
    return c.get('system').links.isProof('password', linkId, proof) ? linkId : undefined
  }
  const over = (c: AppContext) => show(c, 'password-link.over', linkOverContent, 410)
  const choose = (c: AppContext, state: FormState, status: 200 | 422 = 200) =>
    show(c, 'password-link.set-title', (reader) => choosePasswordContent(reader, { state, action: c.req.path }), status)

  pages.get('/password/:link/:proof', async (c) => {
    const linkId = linkIn(c)
    const isGood = linkId !== undefined && (await isLinkGood(c.get('system'), linkId, commandContext(c)))
    return isGood ? choose(c, {}) : over(c)
  })

  pages.post('/password/:link/:proof', async (c) => {
    const linkId = linkIn(c)
    if (linkId === undefined) return over(c)
    const { reader } = await surroundingsOf(c, assets)
    const parsed = passwordForm.safeParse(await typedIn(c))
    if (!parsed.success) return choose(c, shownAgain({}, withIssues(reader, {}, parsed.error).errors ?? {}), 422)
    const system = c.get('system')
    // Used up first: of two who hold the link, one sets the password.
    const used = await usePasswordLink(system, linkId, commandContext(c))
    if (used.rejected) return over(c)
    const { personId } = used.value
    const change = {
      personId,
      password: parsed.data.password,
      by: 'self',
      sessions: await openSessionsOf(c, personId),
    } as const
    const outcome = await setPassword(system, change, { ...commandContext(c), actor: `person:${personId}` })
    if (outcome.rejected) throw rejected(outcome)
    return c.redirect('/login?reason=password-set', 303)
  })

  return pages
}
