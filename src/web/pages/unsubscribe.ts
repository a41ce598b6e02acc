// Stopping mails by the link in them: one press for a person, none for a mail program (RFC 8058).
import { Hono } from 'hono'
import { barePage } from '../../../views/layout.ts'
import { unsubscribeContent } from '../../../views/pages/password-link.ts'
import { stopMail } from '../../commands/notifications.ts'
import { stoppable } from '../../mail/index.ts'
import type { Assets } from '../assets.ts'
import { type AppContext, commandContext, type Environment } from '../environment.ts'
import { rejected } from '../problems.ts'
import { surroundingsOf } from './frame.ts'

export function unsubscribePages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  const show = async (c: AppContext, state: 'asking' | 'done' | 'broken') => {
    const surroundings = await surroundingsOf(c, assets)
    const { reader } = surroundings
    const main = unsubscribeContent(reader, { state, action: c.req.path })
    return c.html(
      barePage(surroundings, { title: reader.t('unsubscribe.title'), main }),
      state === 'broken' ? 404 : 200,
    )
  }

  /** Whose mails of what kind the link stops; undefined when we did not make it. */
  const linkIn = (c: AppContext) => {
    const { person = '', of, proof = '' } = c.req.param() as Record<string, string>
    const kind = stoppable.safeParse(of)
    const isOurs = kind.success && c.get('system').links.isProof('unsubscribe', `${person}/${kind.data}`, proof)
    return isOurs ? { personId: person, of: kind.data } : undefined
  }

  // A GET stops nothing: scanners of mail follow every link.
  pages.get('/unsubscribe/:person/:of/:proof', (c) => show(c, linkIn(c) ? 'asking' : 'broken'))

  pages.post('/unsubscribe/:person/:of/:proof', async (c) => {
    const link = linkIn(c)
    if (!link) return show(c, 'broken')
    const context = { ...commandContext(c), actor: `person:${link.personId}` }
    const outcome = await stopMail(c.get('system'), link, context)
    if (outcome.rejected) throw rejected(outcome)
    return show(c, 'done')
  })

  return pages
}
