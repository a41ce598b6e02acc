// Where the reader works now: chosen among the open locations, and remembered in this browser.
import { Hono } from 'hono'
import { z } from 'zod'
import { layout } from '../../../views/layout.ts'
import { workplaceContent } from '../../../views/pages/workplace.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import type { AppContext, Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { typedIn } from './form.ts'
import { frameOf, openLocations, rememberWorkplace, workplaceOf } from './frame.ts'
import { leadTo } from './redirect.ts'
import { tell } from './toasts.ts'

/** Only an address of our own. */
const localAddress = z
  .string()
  .regex(/^\/(?![/\\])/)
  .catch('/')

/** The page of ours from which the reader came, to go back to. */
const cameFrom = (c: AppContext): string => {
  const from = URL.parse(c.req.header('referer') ?? '')
  return from?.host === c.req.header('host') && from && from.pathname !== '/workplace' ? from.pathname : '/'
}

export function workplacePages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/workplace', authorise(undefined), async (c) => {
    const frame = await frameOf(c, assets)
    const [locations, now] = await Promise.all([openLocations(c), workplaceOf(c)])
    const main = workplaceContent(frame.reader, { locations, now: now?.locationId, next: cameFrom(c) })
    return c.html(layout(frame, { title: frame.reader.t('profile.workplace'), main }))
  })

  pages.post('/workplace', authorise(undefined), async (c) => {
    const { location, next } = await typedIn(c)
    const open = await openLocations(c)
    const chosen = open.find(({ locationId }) => locationId === location)
    if (!chosen) throw new ProblemError('unknown-location')
    rememberWorkplace(c, chosen.locationId)
    tell(c, 'profile.workplace-changed')
    return leadTo(c, localAddress.parse(next))
  })

  return pages
}
