// The pages of the seals: how much of the log is sealed, and sealing it now.
import { Hono } from 'hono'
import { layout } from '../../../views/layout.ts'
import { sealsContent } from '../../../views/pages/audit-seals.ts'
import { verificationContent } from '../../../views/pages/audit-verification.ts'
import { keysIn, openAudit, sealsIn, unsealedIn } from '../../audit/index.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { callerMay, type Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { beginVerification, verificationsOf } from '../verifications.ts'
import { frameOf } from './frame.ts'
import { addressOf, pageAsked, pagerOf, rowsShown } from './listing.ts'
import { leadTo } from './redirect.ts'
import { tell } from './toasts.ts'

/** More waiting events than this are not counted. */
const countedAtMost = 10_000

export function auditSealsPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/audit/seals', authorise('audit.read'), async (c) => {
    const frame = await frameOf(c, assets)
    const audit = openAudit(c.get('system'))
    const asked = pageAsked(c)
    const before = asked.after && /^\d{1,19}$/.test(asked.after) ? { before: BigInt(asked.after) } : {}
    const [seals, [last], keys, waiting] = await Promise.all([
      sealsIn(audit.rawLog, { limit: rowsShown, ...before }),
      sealsIn(audit.rawLog, { limit: 1 }),
      keysIn(audit.rawLog),
      unsealedIn(audit, countedAtMost),
    ])
    const oldest = seals.length < rowsShown ? undefined : seals.at(-1)
    const main = sealsContent(frame.reader, {
      seals,
      keys,
      last,
      waiting,
      maySeal: callerMay(c, 'audit.seal'),
      mayReplaceKey: callerMay(c, 'system.write'),
      pager: pagerOf((page) => addressOf('/audit/seals', page), asked, oldest && String(oldest.revision)),
    })
    return c.html(layout(frame, { title: frame.reader.t('audit.seals'), main, current: 'audit' }))
  })

  pages.post('/audit/seals', authorise('audit.seal'), async (c) => {
    await openAudit(c.get('system')).sealNow()
    tell(c, 'audit.seals.done')
    return leadTo(c, '/audit/seals')
  })

  pages.post('/audit/verifications', authorise('audit.read'), async (c) =>
    leadTo(c, `/audit/verifications/${await beginVerification(c.get('system'), undefined)}`),
  )

  pages.get('/audit/verifications/:id', authorise('audit.read'), async (c) => {
    const id = c.req.param('id')
    const state = await verificationsOf(c.get('system')).stateOf(id)
    if (!state) throw new ProblemError('not-found')
    const frame = await frameOf(c, assets)
    const main = verificationContent(frame.reader, { id, events: state.done, result: state.result })
    return c.html(layout(frame, { title: frame.reader.t('audit.verify.title'), main, current: 'audit' }))
  })

  pages.post('/audit/keys', authorise('system.write'), async (c) => {
    await openAudit(c.get('system')).rotateKey()
    tell(c, 'audit.seals.key-introduced')
    return leadTo(c, '/audit/seals')
  })

  return pages
}
