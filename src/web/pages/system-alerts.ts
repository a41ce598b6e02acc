// Alerts as pages show them: what is open, what is kept quiet, and the rules, each of which can be changed.
import { Hono } from 'hono'
import { z } from 'zod'
import { alerts } from '../../../projections/alerts.ts'
import type { FormState } from '../../../views/components/field.ts'
import { layout } from '../../../views/layout.ts'
import { alertsContent, ruleContent, silenceHours } from '../../../views/pages/system-alerts.ts'
import { acknowledgeAlert, changeAlertRule, liftSilence, silenceAlerts } from '../../commands/alerts.ts'
import type { Outcome } from '../../commands/handling.ts'
import { rulesOf } from '../../domain/alerts/alerting.ts'
import { alertKind, severity } from '../../domain/alerts/kinds.ts'
import { alertingOf } from '../api/alerts.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellDone } from '../consistency.ts'
import { type AppContext, callerMay, commandContext, type Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { formContext, freshForm, typedIn, withIssues, withRejection } from './form.ts'
import { frameOf } from './frame.ts'
import { namesOf } from './names.ts'
import { leadTo } from './redirect.ts'
import { tell } from './toasts.ts'

const path = '/system/alerts'
const shown = 100
const operate = authorise('system.operate')

const silenceForm = z.object({
  kind: z.literal('').or(alertKind),
  hours: z.coerce.number().refine((hours) => silenceHours.some((known) => known === hours)),
  reason: z.string().trim().min(1).max(200),
})

const figure = z
  .string()
  .transform((text) => Number(text.trim().replace(',', '.')))
  .pipe(z.number().min(0).max(1e9))
const ruleForm = z.object({
  enabled: z
    .literal('on')
    .optional()
    .transform((ticked) => ticked === 'on'),
  threshold: figure,
  clear: figure,
  forSeconds: figure.pipe(z.int().max(86_400)),
  severity,
})

/** Back to the list, with what was done told. */
function back<Answer>(c: AppContext, outcome: Outcome<Answer>): Response {
  tellDone(c, outcome)
  tell(c, 'common.saved')
  return leadTo(c, path)
}

export function systemAlertsPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  const show = async (c: AppContext, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const { models, now } = c.get('system')
    const sort = { by: 'raisedAt', direction: 'descending' } as const
    const [found, alerting] = await Promise.all([models.find(alerts, { sort, limit: shown }), alertingOf(c)])
    const all = found.items.map(({ document }) => document)
    const people = all.map(({ acknowledgement }) => acknowledgement?.by ?? null)
    const main = alertsContent(frame.reader, {
      alerts: all,
      silences: alerting.silences.filter(({ until }) => until > now().toISOString()),
      rules: rulesOf(alerting),
      mayOperate: callerMay(c, 'system.operate'),
      silenceForm: state,
      kinds: alertKind.options,
      names: await namesOf(c, frame.reader, { people }),
    })
    return c.html(layout(frame, { title: frame.reader.t('system.title'), main, current: 'system' }), status)
  }

  pages.get(path, authorise('system.read'), (c) => show(c, freshForm(c)))

  pages.post(`${path}/:id/acknowledge`, operate, async (c) =>
    back(c, await acknowledgeAlert(c.get('system'), { alertId: c.req.param('id'), note: '' }, commandContext(c))),
  )

  pages.post('/system/silences', operate, async (c) => {
    const frame = await frameOf(c, assets)
    const typed = await typedIn(c)
    const asked = silenceForm.safeParse(typed)
    if (!asked.success) return show(c, withIssues(frame.reader, typed, asked.error), 422)
    const { kind, hours, reason } = asked.data
    const until = new Date(c.get('system').now().getTime() + hours * 3_600_000).toISOString()
    const silence = { kind: kind === '' ? null : kind, subject: null, until, reason }
    return back(c, await silenceAlerts(c.get('system'), silence, formContext(c, typed)))
  })

  pages.post('/system/silences/:id/lift', operate, async (c) =>
    back(c, await liftSilence(c.get('system'), c.req.param('id'), commandContext(c))),
  )

  const ruleAsked = async (c: AppContext) => {
    const rule = rulesOf(await alertingOf(c)).find(({ ruleId }) => ruleId === c.req.param('id'))
    if (!rule) throw new ProblemError('unknown-alert-rule')
    return rule
  }

  const showRule = async (c: AppContext, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const main = ruleContent(frame.reader, await ruleAsked(c), state)
    return c.html(layout(frame, { title: frame.reader.t('system.title'), main, current: 'system' }), status)
  }

  pages.get(`${path}/rules/:id`, operate, (c) => showRule(c, {}))

  pages.post(`${path}/rules/:id`, operate, async (c) => {
    const { reader } = await frameOf(c, assets)
    const { ruleId } = await ruleAsked(c)
    const typed = await typedIn(c)
    const asked = ruleForm.safeParse(typed)
    if (!asked.success) return showRule(c, withIssues(reader, typed, asked.error), 422)
    const outcome = await changeAlertRule(c.get('system'), { ruleId, ...asked.data }, commandContext(c))
    if (outcome.rejected) return showRule(c, withRejection(reader, typed, outcome, 'clear'), 422)
    return back(c, outcome)
  })

  return pages
}
