// The page of settings: what there is.
import { Hono } from 'hono'
import { locations } from '../../../projections/locations.ts'
import { layout } from '../../../views/layout.ts'
import { settingsContent } from '../../../views/pages/settings.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { callerMay, type Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { companyOf, frameOf } from './frame.ts'

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
    })
    return c.html(layout(frame, { title: frame.reader.t('settings.title'), main, current: 'settings' }))
  })

  return pages
}
