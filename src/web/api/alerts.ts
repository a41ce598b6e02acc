// Alerts: seen to, kept quiet, and the rules by which they are raised.
import { z } from '@hono/zod-openapi'
import { alerting, alertingId, standardAlerting } from '../../../projections/alerting.ts'
import { acknowledgeAlert, changeAlertRule, liftSilence, silenceAlerts } from '../../commands/alerts.ts'
import { type NamedRule, rulesOf } from '../../domain/alerts/alerting.ts'
import { alertKind, ruleIds, severity } from '../../domain/alerts/kinds.ts'
import { type AppContext, commandContext } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { listOf } from './lists.ts'
import { apiRoutes, commandAnswer, done, idParam, route } from './route.ts'

const tag = 'System'
const made = commandAnswer({ id: z.string() })

/** The rules and silences as they hold now. */
export const alertingOf = async (c: AppContext) =>
  (await c.get('system').models.get(alerting, alertingId))?.document ?? standardAlerting

const ruleBody = z.strictObject({
  enabled: z.boolean(),
  threshold: z.number().min(0).max(1e9),
  clear: z.number().min(0).max(1e9),
  forSeconds: z.int().min(0).max(86_400),
  severity,
})

const rule: z.ZodType<NamedRule> = z
  .object({ ruleId: z.enum(ruleIds), unit: z.string(), ...ruleBody.shape })
  .openapi('AlertRule')

const silence = z
  .object({
    silenceId: z.string(),
    kind: alertKind.nullable(),
    subject: z.string().nullable(),
    until: z.string(),
    reason: z.string(),
    by: z.string(),
  })
  .openapi('Silence')

export function alertsApi() {
  const api = apiRoutes()

  api.openapi(
    route(
      'post',
      '/api/system/alerts/{id}/acknowledge',
      { params: idParam, body: z.strictObject({ note: z.string().max(500).default('') }) },
      { summary: 'Say that somebody sees to an alert', tag, permission: 'system.operate', answer: made },
    ),
    async (c) => {
      const asked = { alertId: c.req.valid('param').id, ...c.req.valid('json') }
      return c.json(done(c, await acknowledgeAlert(c.get('system'), asked, commandContext(c, asked))))
    },
  )

  api.openapi(
    route(
      'get',
      '/api/system/alert-rules',
      {},
      {
        summary: 'When figures are trouble',
        tag,
        permission: 'system.read',
        answer: z.object({ items: listOf(rule) }),
      },
    ),
    async (c) => c.json({ items: rulesOf(await alertingOf(c)) }),
  )

  api.openapi(
    route(
      'put',
      '/api/system/alert-rules/{id}',
      { params: idParam, body: ruleBody },
      { summary: 'Set when a figure is trouble', tag, permission: 'system.operate', answer: made },
    ),
    async (c) => {
      const { id } = c.req.valid('param')
      const ruleId = ruleIds.find((known) => known === id)
      if (ruleId === undefined) throw new ProblemError('unknown-alert-rule')
      const asked = { ruleId, ...c.req.valid('json') }
      return c.json(done(c, await changeAlertRule(c.get('system'), asked, commandContext(c, asked))))
    },
  )

  api.openapi(
    route(
      'get',
      '/api/system/silences',
      {},
      {
        summary: 'What is kept quiet, and until when',
        tag,
        permission: 'system.read',
        answer: z.object({ items: listOf(silence) }),
      },
    ),
    async (c) => {
      const now = c.get('system').now().toISOString()
      return c.json({ items: (await alertingOf(c)).silences.filter(({ until }) => until > now) })
    },
  )

  api.openapi(
    route(
      'post',
      '/api/system/silences',
      {
        body: z.strictObject({
          kind: alertKind.nullable().default(null),
          subject: z.string().min(1).max(100).nullable().default(null),
          until: z.iso.datetime(),
          reason: z.string().min(1).max(200),
        }),
      },
      { summary: 'Keep alerts quiet for a time', tag, permission: 'system.operate', status: 201, answer: made },
    ),
    async (c) => {
      const asked = c.req.valid('json')
      return c.json(done(c, await silenceAlerts(c.get('system'), asked, commandContext(c, asked))), 201)
    },
  )

  api.openapi(
    route(
      'post',
      '/api/system/silences/{id}/lift',
      { params: idParam },
      { summary: 'End a silence before its time', tag, permission: 'system.operate', answer: made },
    ),
    async (c) => c.json(done(c, await liftSilence(c.get('system'), c.req.valid('param').id, commandContext(c)))),
  )

  return api
}
