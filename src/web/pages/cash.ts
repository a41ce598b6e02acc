// Cash sessions: the list and one of them.
import { Hono } from 'hono'
import { z } from 'zod'
import { type CashSession, cashSessions } from '../../../projections/cash-sessions.ts'
import { layout } from '../../../views/layout.ts'
import { cashContent, cashFilters, cashSessionContent } from '../../../views/pages/cash.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { type AppContext, callerMay, callerOf, type Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { frameOf } from './frame.ts'
import { namesOf } from './names.ts'

const pageSize = 50
const filterOf = z.enum(cashFilters).optional().catch(undefined)

/** The session of the address; those of others only for who may read them. @throws ProblemError */
export async function sessionOf(c: AppContext): Promise<CashSession> {
  const found = await c.get('system').models.get(cashSessions, c.req.param('id') ?? '')
  if (!found) throw new ProblemError('unknown-cash-session')
  const { document } = found
  if (document.cashierId !== callerOf(c).sub && !callerMay(c, 'cash.read')) throw new ProblemError('forbidden')
  return document
}

const peopleIn = ({ cashierId, closedBy, moved }: CashSession) => [cashierId, closedBy, ...moved.map(({ by }) => by)]

export function cashPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()
  const uses = authorise('cash.use')

  pages.get('/cash', uses, async (c) => {
    const { models } = c.get('system')
    const frame = await frameOf(c, assets)
    const filter = filterOf.parse(c.req.query('status'))
    const after = c.req.query('after')
    const where = {
      ...(filter && { status: filter }),
      ...(!callerMay(c, 'cash.read') && { cashierId: callerOf(c).sub }),
    }
    const [page, count] = await Promise.all([
      models.find(cashSessions, {
        where,
        sort: { by: 'openedAt', direction: 'descending' },
        limit: pageSize,
        ...(after && { after }),
      }),
      models.count(cashSessions, { where }),
    ])
    const sessions = page.items.map(({ document }) => document)
    const names = await namesOf(c, frame.reader, { people: sessions.flatMap(peopleIn) })
    const main = cashContent(frame.reader, {
      sessions,
      filter,
      count,
      next: page.next,
      further: after !== undefined,
      names,
    })
    return c.html(layout(frame, { title: frame.reader.t('cash.title'), main, current: 'cash' }))
  })

  pages.get('/cash/:id', uses, async (c) => {
    const session = await sessionOf(c)
    const frame = await frameOf(c, assets)
    const main = cashSessionContent(frame.reader, {
      session,
      names: await namesOf(c, frame.reader, { people: peopleIn(session) }),
      maySeeExpected: callerMay(c, 'cash.read'),
      mayHandle: true,
    })
    const title = frame.reader.t('cash.till', { number: session.till })
    return c.html(layout(frame, { title, main, current: 'cash' }))
  })

  return pages
}
