// Mail, for those who administer: what was sent and what was not, another try, the addresses that get none; and reports from a mail provider.
import { z } from '@hono/zod-openapi'
import { type Mail, mails } from '../../../projections/mails.ts'
import { suppressions } from '../../../projections/suppressions.ts'
import { releaseAddress, retryMail, suppressAddress } from '../../commands/mail.ts'
import { mailKinds, priorities, suppressionReasons } from '../../domain/mail/events.ts'
import { isSigned, reported, signatureHeader, takeReport } from '../../mail/index.ts'
import { commandContext } from '../environment.ts'
import { filters } from '../filters.ts'
import { ProblemError } from '../problems.ts'
import { id } from './fields.ts'
import { found, paged, pageFrom } from './lists.ts'
import { apiRoutes, commandAnswer, done, idParam, pageOf, paging, route } from './route.ts'

const tag = 'E-mail'
const made = commandAnswer({ id: z.string() })
const state = z.enum(['waiting', 'sent', 'kept', 'bounced', 'failed', 'suppressed'])

const mailView = z
  .object({
    id: z.string(),
    kind: z.enum(mailKinds),
    recipientId: z.string(),
    locale: z.string(),
    priority: z.enum(priorities),
    state,
    dueAt: z.string().describe('When it is tried, while it waits'),
    attempts: z.int(),
    code: z.string().nullable().describe('Why it did not go: an SMTP code, or a reason'),
    queuedAt: z.string(),
    lastAt: z.string(),
  })
  .openapi('Email')

const present = ({ mailId, recipientKey: _, domainKey: _domain, ...rest }: Mail) => ({ id: mailId, ...rest })
const latestFirst = 'descending'

export function emailsApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'get',
      '/api/emails',
      { query: z.object({ ...paging, state: state.optional() }) },
      { summary: 'List e-mails, the latest first', tag, permission: 'mail.read', answer: pageOf(mailView) },
    ),
    async (c) => {
      const { state, ...page } = c.req.valid('query')
      const query = {
        where: filters({ state }),
        sort: { by: 'queuedAt', direction: latestFirst },
        ...paged(page),
      } as const
      return c.json(await pageFrom(c, mails, query, (all) => all.map(present)))
    },
  )

  const suppression = z
    .object({
      id: z.string().describe('The key of the address'),
      recipientId: z.string(),
      because: z.enum(suppressionReasons),
      mailId: z.string().nullable(),
      suppressedAt: z.string(),
    })
    .openapi('SuppressedAddress')
  api.openapi(
    route(
      'get',
      '/api/emails/suppressions',
      { query: z.object(paging) },
      { summary: 'List the addresses that get no e-mail', tag, permission: 'mail.read', answer: pageOf(suppression) },
    ),
    async (c) => {
      const query = { sort: { by: 'suppressedAt', direction: latestFirst }, ...paged(c.req.valid('query')) } as const
      const page = await pageFrom(c, suppressions, query, (all) =>
        all.map(({ recipientKey, ...rest }) => ({ id: recipientKey, ...rest })),
      )
      return c.json(page)
    },
  )

  api.openapi(
    route(
      'post',
      '/api/emails/suppressions',
      { body: z.strictObject({ personId: id }) },
      { summary: "Send no e-mail to a person's address", tag, permission: 'mail.write', status: 201, answer: made },
    ),
    async (c) => {
      const body = c.req.valid('json')
      return c.json(done(c, await suppressAddress(c.get('system'), body, commandContext(c, body))), 201)
    },
  )

  api.openapi(
    route(
      'delete',
      '/api/emails/suppressions/{id}',
      { params: idParam },
      { summary: 'Send e-mail to an address again', tag, permission: 'mail.write', answer: made },
    ),
    async (c) => c.json(done(c, await releaseAddress(c.get('system'), c.req.valid('param').id, commandContext(c)))),
  )

  api.openapi(
    route(
      'post',
      '/api/emails/bounces',
      {},
      {
        summary: `Report a bounce or a complaint, signed in the header ${signatureHeader}`,
        tag,
        permission: 'public',
        accepts: ['application/json'],
      },
    ),
    async (c) => {
      const { config, mail, now } = c.get('system')
      if (!c.req.header('content-type')?.startsWith('application/json'))
        throw new ProblemError('unsupported-media-type')
      const secret = config.mail.webhookSecret
      if (secret === undefined) throw new ProblemError('not-found')
      const body = await c.req.text()
      if (!isSigned(secret, c.req.header(signatureHeader), body, now())) throw new ProblemError('not-signed-in')
      const report = reported.safeParse(jsonIn(body))
      if (!report.success) throw new ProblemError('malformed-request')
      if (!(await takeReport(mail.bounces, report.data, commandContext(c)))) throw new ProblemError('unknown-mail')
      return c.body(null, 204)
    },
  )

  api.openapi(
    route(
      'get',
      '/api/emails/{id}',
      { params: idParam },
      { summary: 'An e-mail', tag, permission: 'mail.read', answer: mailView },
    ),
    async (c) => c.json(present(await found(c, mails, c.req.valid('param').id, 'unknown-mail'))),
  )

  api.openapi(
    route(
      'post',
      '/api/emails/{id}/retry',
      { params: idParam },
      { summary: 'Try to send an e-mail again, now', tag, permission: 'mail.write', answer: made },
    ),
    async (c) => c.json(done(c, await retryMail(c.get('system'), c.req.valid('param').id, commandContext(c)))),
  )

  return api
}

/** Undefined for what is no JSON. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
