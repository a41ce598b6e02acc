// The system monitor's pages, for administrators.
import { Hono } from 'hono'
import { layout } from '../../../views/layout.ts'
import { systemContent } from '../../../views/pages/system.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { callerMay, type Environment } from '../environment.ts'
import { frameOf } from './frame.ts'

const slowestShown = 8

export function systemPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()
  pages.get('/system', authorise('system.read'), async (c) => {
    const { monitoring } = c.get('system')
    const [frame, health, figures] = await Promise.all([
      frameOf(c, assets),
      monitoring.health.report(),
      monitoring.figures(),
    ])
    const main = systemContent(frame.reader, {
      health,
      figures,
      slowest: monitoring.slowestRoutes(slowestShown),
      mayBackUp: callerMay(c, 'backups.manage'),
    })
    const title = frame.reader.t('system.title')
    return c.html(layout(frame, { title, main, current: 'system' }))
  })
  return pages
}
