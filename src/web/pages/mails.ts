// The outbox for those who administer: every mail, one mail and how it reads, the addresses that get none, the templates.
import { Hono } from 'hono'
import { type Mail, mails } from '../../../projections/mails.ts'
import { suppressions } from '../../../projections/suppressions.ts'
import { layout } from '../../../views/layout.ts'
import { suppressionsContent, templatesContent } from '../../../views/pages/mail-lists.ts'
import { mailContent, mailStates, mailsContent } from '../../../views/pages/mails.ts'
import type { Reader } from '../../../views/reader.ts'
import { witnessId } from '../../audit/index.ts'
import { releaseAddress, retryMail } from '../../commands/mail.ts'
import { sampleMail, sampleNames } from '../../mail/index.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellDone } from '../consistency.ts'
import { type AppContext, callerMay, callerOf, commandContext, type Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { mayTouch } from '../rank.ts'
import { framedByOurselves } from '../security.ts'
import { frameOf } from './frame.ts'
import { addressOf, pageAsked, pageQuery, pagerOf } from './listing.ts'
import { namesOf } from './named-people.ts'
import { leadBack, leadTo } from './redirect.ts'
import { tell } from './toasts.ts'

const reads = authorise('mail.read')
const writes = authorise('mail.write')
const latestFirst = { direction: 'descending' } as const

/** What somebody is called who has no account (any more). */
const nameless = ({ t }: Reader, recipientId: string): string =>
  t(recipientId === witnessId ? 'mail.witness' : 'people.somebody')

export function mailsPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/mail', reads, async (c) => {
    const frame = await frameOf(c, assets)
    const { reader } = frame
    const { models, mail } = c.get('system')
    const show = mailStates.find((known) => known === c.req.query('show')) ?? 'all'
    const asked = pageAsked(c)
    const where = show === 'all' ? {} : { state: show }
    const [found, waiting] = await Promise.all([
      models.find(mails, { where, sort: { by: 'queuedAt', ...latestFirst }, ...pageQuery(asked) }),
      models.count(mails, { where: { state: 'waiting' } }),
    ])
    const shown = found.items.map(({ document }) => document)
    const nameOf = await namesOf(
      c,
      reader,
      shown.map(({ recipientId }) => recipientId),
    )
    const main = mailsContent(reader, {
      lines: shown.map((one) => ({
        mail: one,
        recipient: nameOf(one.recipientId) ?? nameless(reader, one.recipientId),
      })),
      show,
      waiting,
      isLocal: mail.isLocal,
      mayWrite: callerMay(c, 'mail.write'),
      pager: pagerOf(
        (page) => addressOf('/mail', { show: show === 'all' ? undefined : show, ...page }),
        asked,
        found.next,
      ),
    })
    return c.html(layout(frame, { title: reader.t('mail.title'), main, current: 'mail' }))
  })

  pages.get('/mail/suppressions', reads, async (c) => {
    const frame = await frameOf(c, assets)
    const { reader } = frame
    const asked = pageAsked(c)
    const sort = { by: 'suppressedAt', ...latestFirst } as const
    const found = await c.get('system').models.find(suppressions, { sort, ...pageQuery(asked) })
    const nameOf = await namesOf(
      c,
      reader,
      found.items.map(({ document }) => document.recipientId),
    )
    const main = suppressionsContent(reader, {
      lines: found.items.map(({ document }) => ({
        suppression: document,
        recipient: nameOf(document.recipientId) ?? nameless(reader, document.recipientId),
      })),
      mayWrite: callerMay(c, 'mail.write'),
      pager: pagerOf((page) => addressOf('/mail/suppressions', page), asked, found.next),
    })
    return c.html(layout(frame, { title: reader.t('mail.suppressions'), main, current: 'mail' }))
  })

  pages.post('/mail/suppressions/:key/release', writes, async (c) => {
    const outcome = await releaseAddress(c.get('system'), c.req.param('key'), commandContext(c))
    tellDone(c, outcome)
    tell(c, 'mail.released')
    return leadTo(c, '/mail/suppressions')
  })

  const sampleOf = async (c: AppContext) => {
    const { mail, now } = c.get('system')
    const to = { recipientId: callerOf(c).sub, address: 'sample@example.org', locale: c.get('locale'), now: now() }
    const sample = sampleMail(c.req.param('sample') ?? '', to)
    if (!sample) throw new ProblemError('not-found')
    return mail.writer.show(sample)
  }

  pages.get('/mail/templates', reads, async (c) => {
    const frame = await frameOf(c, assets)
    const main = templatesContent(frame.reader, sampleNames)
    return c.html(layout(frame, { title: frame.reader.t('mail.templates'), main, current: 'mail' }))
  })
  pages.get('/mail/templates/:sample', reads, async (c) => framedByOurselves(c, (await sampleOf(c)).html))
  pages.get('/mail/templates/:sample/text', reads, async (c) => c.text((await sampleOf(c)).text))

  const found = async (c: AppContext): Promise<Mail> => {
    const known = await c.get('system').models.get(mails, c.req.param('id') ?? '')
    if (!known) throw new ProblemError('unknown-mail')
    return known.document
  }

  /** Whether the caller may hand over a welcome that reaches nobody by itself: who could set the person's password anyway. */
  const mayHandOver = async (c: AppContext, { kind, state, recipientId }: Mail): Promise<boolean> =>
    kind === 'welcome' && state === 'kept' && callerMay(c, 'people.write') && (await mayTouch(c, recipientId))

  /** A mail as it reads; undefined once the person is erased. */
  const shownOf = async (c: AppContext) => {
    const { mail } = c.get('system')
    const secrets = await mayHandOver(c, await found(c))
    const queued = await mail.queuedOf(c.req.param('id') ?? '')
    if (!queued) throw new ProblemError('unknown-mail')
    return queued.address === null ? undefined : mail.writer.show(queued, { secrets })
  }

  pages.get('/mail/:id', reads, async (c) => {
    const frame = await frameOf(c, assets)
    const { reader } = frame
    const { mail } = c.get('system')
    const asked = await found(c)
    const [shown, story, nameOf, isToHandOver] = await Promise.all([
      shownOf(c),
      mail.storyOf(asked.mailId),
      namesOf(c, reader, [asked.recipientId]),
      mayHandOver(c, asked),
    ])
    const main = mailContent(reader, {
      mail: asked,
      recipient: nameOf(asked.recipientId) ?? nameless(reader, asked.recipientId),
      isToHandOver,
      story,
      mayWrite: callerMay(c, 'mail.write'),
      subject: shown?.subject,
    })
    return c.html(layout(frame, { title: shown?.subject ?? reader.t('mail.title'), main, current: 'mail' }))
  })

  pages.get('/mail/:id/preview', reads, async (c) => framedByOurselves(c, (await shownOf(c))?.html ?? ''))
  pages.get('/mail/:id/text', reads, async (c) => c.text((await shownOf(c))?.text ?? ''))

  pages.post('/mail/:id/retry', writes, async (c) => {
    const outcome = await retryMail(c.get('system'), c.req.param('id'), commandContext(c))
    tellDone(c, outcome)
    tell(c, 'mail.retried')
    return leadBack(c, `/mail/${c.req.param('id')}`)
  })

  return pages
}
