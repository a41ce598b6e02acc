// Cash sessions: a till's drawer opened, moved by hand, counted and closed.
import { z } from '@hono/zod-openapi'
import { type CashSession, cashSessions } from '../../../projections/cash-sessions.ts'
import { closeCashSession, moveCash, openCashSession } from '../../commands/cash.ts'
import { maxAmount } from '../../domain/values.ts'
import { type AppContext, callerMay, callerOf, commandContext } from '../environment.ts'
import { filters } from '../filters.ts'
import { ProblemError } from '../problems.ts'
import { amount, id, line, remark, till } from './fields.ts'
import { found, listOf, paged, pageFrom } from './lists.ts'
import { apiRoutes, commandAnswer, done, idParam, pageOf, paging, route } from './route.ts'

const tag = 'Cash'
const status = z.enum(['open', 'closed'])

const sessionView = z
  .object({
    id: z.string(),
    locationId: z.string(),
    till: z.int(),
    cashierId: z.string(),
    status,
    openedAt: z.string(),
    day: z.string(),
    openingFloat: z.int(),
    taken: z.int(),
    givenBack: z.int(),
    moved: listOf(z.object({ amount: z.int(), reason: z.string(), by: z.string(), at: z.string() })),
    expected: z.int().describe('What should be in the drawer'),
    counted: z.int().nullable(),
    difference: z.int().nullable(),
    note: z.string().nullable(),
    closedBy: z.string().nullable(),
    closedAt: z.string().nullable(),
  })
  .openapi('CashSession')

const present = ({ cashSessionId, ...rest }: CashSession) => ({ id: cashSessionId, ...rest })

/** Whose sessions the caller may see: all, or their own. */
const reach = (c: AppContext): string | undefined => (callerMay(c, 'cash.read') ? undefined : callerOf(c).sub)

export function cashApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/cash-sessions',
      {
        query: z.object({
          ...paging,
          status: status.optional(),
          location: z.string().max(100).optional(),
          till: z.coerce.number().int().min(1).max(99).optional(),
          cashier: z.string().max(100).optional().describe('Only your own without the permission cash.read'),
        }),
      },
      { summary: 'List cash sessions, the latest first', tag, permission: 'cash.use', answer: pageOf(sessionView) },
    ),
    async (c) => {
      const { status, location, till, cashier, ...page } = c.req.valid('query')
      const query = {
        where: filters({ status, locationId: location, till, cashierId: reach(c) ?? cashier }),
        sort: { by: 'openedAt', direction: 'descending' } as const,
        ...paged(page),
      }
      return c.json(await pageFrom(c, cashSessions, query, (documents) => documents.map(present)))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/cash-sessions',
      { body: z.strictObject({ locationId: id, till: till.default(1), openingFloat: amount.default(0) }) },
      {
        summary: "Open a till's drawer",
        tag,
        permission: 'cash.use',
        status: 201,
        answer: commandAnswer({ id: z.string() }),
      },
    ),
    async (c) => {
      const opened = c.req.valid('json')
      return c.json(done(c, await openCashSession(c.get('system'), opened, commandContext(c, opened))), 201)
    },
  )

  api.openapi(
    route(
      'get',
      '/api/cash-sessions/{id}',
      { params: idParam },
      { summary: 'Show a cash session', tag, permission: 'cash.use', answer: sessionView },
    ),
    async (c) => {
      const session = await found(c, cashSessions, c.req.valid('param').id, 'unknown-cash-session')
      const only = reach(c)
      if (only !== undefined && session.cashierId !== only)
        throw new ProblemError('forbidden', { permission: 'cash.read' })
      return c.json(present(session))
    },
  )

  api.openapi(
    route(
      'post',
      '/api/cash-sessions/{id}/movements',
      {
        params: idParam,
        body: z.strictObject({
          amount: z
            .int()
            .min(-maxAmount)
            .max(maxAmount)
            .refine((moved) => moved !== 0, 'Not zero')
            .describe('Negative: taken out'),
          reason: line,
        }),
      },
      {
        summary: 'Put cash into the drawer, or take it out',
        tag,
        permission: 'cash.use',
        status: 201,
        answer: commandAnswer({ id: z.string(), expected: z.int() }),
      },
    ),
    async (c) => {
      const moved = { cashSessionId: c.req.valid('param').id, ...c.req.valid('json') }
      return c.json(done(c, await moveCash(c.get('system'), moved, commandContext(c, moved))), 201)
    },
  )

  api.openapi(
    route(
      'post',
      '/api/cash-sessions/{id}/close',
      { params: idParam, body: z.strictObject({ counted: amount, note: remark.optional() }) },
      {
        summary: 'Count the drawer and close it',
        tag,
        permission: 'cash.use',
        answer: commandAnswer({ id: z.string(), expected: z.int(), difference: z.int() }),
      },
    ),
    async (c) => {
      const closed = { cashSessionId: c.req.valid('param').id, ...c.req.valid('json') }
      return c.json(done(c, await closeCashSession(c.get('system'), closed, commandContext(c, closed))))
    },
  )

  return api
}
