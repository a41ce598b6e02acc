// The pages of backups, for super-admins.
import { Hono } from 'hono'
import { z } from 'zod'
import { backups } from '../../../projections/backups.ts'
import { restores } from '../../../projections/restores.ts'
import type { FormState } from '../../../views/components/field.ts'
import { layout } from '../../../views/layout.ts'
import { backupsContent, restoreContent } from '../../../views/pages/backups.ts'
import { instantOf } from '../../domain/calendar.ts'
import { archiveAnswer, archived } from '../api/backups.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellDone } from '../consistency.ts'
import type { AppContext, Environment } from '../environment.ts'
import { rejected } from '../problems.ts'
import { formContext, freshForm, shownAgain, typedIn } from './form.ts'
import { companyOf, frameOf } from './frame.ts'
import { tell } from './toasts.ts'

const shown = 50
const list = '/system/backups'
const mayManage = authorise('backups.manage')

/** A position, or a moment of the company's clock. */
const position = z.string().regex(/^\d+$/)
const moment = z.iso.datetime({ local: true })

/** What was typed as the end of a restore; undefined when it is neither. */
async function untilIn(c: AppContext, typed: string): Promise<string | null | undefined> {
  const text = typed.trim()
  if (text === '' || position.safeParse(text).success) return text || null
  if (!moment.safeParse(text).success) return undefined
  return text.endsWith('Z') ? text : instantOf(text, (await companyOf(c))?.timeZone ?? 'UTC')
}

export function backupPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()
  const area = (c: AppContext) => c.get('system').backup

  const restorePage = async (c: AppContext, state: FormState, code: 200 | 422 = 200) => {
    const asked = { backupId: c.req.param('id') ?? '', until: null }
    const [frame, plan] = await Promise.all([frameOf(c, assets), archived(area(c).restores.plan(asked))])
    const title = frame.reader.t('backups.restore.title')
    return c.html(
      layout(frame, { title, main: restoreContent(frame.reader, { plan, state }), current: 'system' }),
      code,
    )
  }

  pages.get(list, mayManage, async (c) => {
    const { models, newId } = c.get('system')
    const [frame, made, restored, underway] = await Promise.all([
      frameOf(c, assets),
      models.find(backups, { sort: { by: 'createdAt', direction: 'descending' }, limit: shown }),
      models.find(restores, { sort: { by: 'startedAt', direction: 'descending' }, limit: shown }),
      area(c).backups.underway(),
    ])
    const main = backupsContent(frame.reader, {
      backups: made.items.map(({ document }) => document),
      restores: restored.items.map(({ document }) => document),
      underway,
      formKey: newId(),
    })
    return c.html(layout(frame, { title: frame.reader.t('backups.title'), main, current: 'system' }))
  })

  pages.post(list, mayManage, async (c) => {
    const asked = { kind: 'full', scheduled: false } as const
    const { outcome } = await area(c).backups.begin(asked, formContext(c, await typedIn(c)))
    tellDone(c, outcome)
    tell(c, 'backups.begun')
    return c.redirect(list, 303)
  })

  pages.post(`${list}/:id/verify`, mayManage, async (c) => {
    const { outcome } = await area(c).backups.verify(c.req.param('id'), formContext(c, {}))
    if (outcome.rejected) throw rejected(outcome)
    tell(c, 'backups.verifying')
    return c.redirect(list, 303)
  })

  pages.post(`${list}/:id/remove`, mayManage, async (c) => {
    const outcome = await area(c).backups.remove(c.req.param('id'), formContext(c, {}))
    tellDone(c, outcome)
    tell(c, 'backups.removed')
    return c.redirect(list, 303)
  })

  pages.get(`${list}/:id/download`, mayManage, (c) => archiveAnswer(c, c.req.param('id')))

  pages.get(`${list}/:id/restore`, mayManage, (c) => restorePage(c, freshForm(c)))

  pages.post(`${list}/:id/restore`, mayManage, async (c) => {
    const typed = await typedIn(c)
    const { reader } = await frameOf(c, assets)
    const to = await untilIn(c, typed.to ?? '')
    if (to === undefined) return restorePage(c, shownAgain(typed, { to: reader.t('backups.restore.until-wrong') }), 422)
    const asked = { backupId: c.req.param('id'), until: to, confirm: typed.word ?? '' }
    const { outcome } = await archived(area(c).restores.begin(asked, formContext(c, typed)))
    if (outcome.rejected && outcome.code === 'confirmation-needed') {
      const word = reader.t('backups.restore.word')
      return restorePage(c, shownAgain(typed, { word: reader.t('backups.restore.wrong', { word }) }), 422)
    }
    tellDone(c, outcome)
    tell(c, `backups.restore.begun.${area(c).restores.way}`)
    return c.redirect(list, 303)
  })

  pages.post('/system/restores/:id/remove-replaced', mayManage, async (c) => {
    const outcome = await area(c).restores.removeReplaced(c.req.param('id'), formContext(c, {}))
    tellDone(c, outcome)
    tell(c, 'backups.replaced.removed')
    return c.redirect(list, 303)
  })

  return pages
}
