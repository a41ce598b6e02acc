// The page of settings: what there is, and how the system is.
import { Hono } from 'hono'
import { alerts } from '../../../projections/alerts.ts'
import { locations } from '../../../projections/locations.ts'
import { layout } from '../../../views/layout.ts'
import { settingsContent } from '../../../views/pages/settings.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { type AppContext, callerMay, type Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { companyOf, frameOf } from './frame.ts'

/** The open alerts, and how far each read model has come. */
async function systemState(c: AppContext) {
  const { models, store } = c.get('system')
  const [open, checkpoints, head] = await Promise.all([
    models.find(alerts, { where: { status: 'open' }, sort: { by: 'raisedAt', direction: 'descending' }, limit: 50 }),
    models.checkpoints(),
    store.head(),
  ])
  const projections = checkpoints
    .map(({ name, version, position, live, failure }) => ({
      name,
      version,
      position,
      lag: position < head ? head - position : 0n,
      live,
      failure,
    }))
    .sort((a, b) => a.name.localeCompare(b.name))
  return { alerts: open.items.map(({ document }) => document), projections, head }
}

export function settingsPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/settings', authorise('settings.write'), async (c) => {
    const frame = await frameOf(c, assets)
    const company = await companyOf(c)
    if (!company) throw new ProblemError('not-set-up')
    const places = await c.get('system').models.find(locations, { sort: { by: 'nameKey' }, limit: 1_000 })
    const main = settingsContent(frame.reader, {
      company,
      locations: places.items.map(({ document }) => document),
      mayWriteLocations: callerMay(c, 'locations.write'),
      system: callerMay(c, 'system.read') ? await systemState(c) : undefined,
    })
    return c.html(layout(frame, { title: frame.reader.t('settings.title'), main, current: 'settings' }))
  })

  return pages
}
