// The pages of the past and of what might have been: reports as of a date, and the log replayed with another rule.
import { Hono } from 'hono'
import { projections } from '../../../projections/index.ts'
import type { FormState } from '../../../views/components/index.ts'
import { layout } from '../../../views/layout.ts'
import { pastContent, whatIfContent } from '../../../views/pages/audit-past.ts'
import { reportBody } from '../../../views/pages/report.ts'
import type { Reader } from '../../../views/reader.ts'
import { momentOf, openAudit, type Rule, rememberedPast, whatIf } from '../../audit/index.ts'
import { periodFrom } from '../../reporting/period.ts'
import { type ReportId, reportIds } from '../../reporting/report.ts'
import { makeReport } from '../../reporting/reports.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import type { AppContext, Environment } from '../environment.ts'
import { frameOf } from './frame.ts'
import { addressOf } from './listing.ts'

const reads = authorise('audit.read')

/** What reports are made of. */
const ofReports = new Set([
  'document-buyers',
  'fiscal-documents',
  'iva-summary',
  'locations',
  'people',
  'products',
  'sales-by-category',
  'sales-by-day',
  'sales-by-employee',
  'sales-by-product',
  'stock-levels',
])
const reported = projections.filter(({ name }) => ofReports.has(name))

const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

export function auditPastPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()
  const past = rememberedPast(reported)

  const shownOf = async (c: AppContext, reader: Reader, id: ReportId, day: string) => {
    const { store } = c.get('system')
    const position = (await momentOf(openAudit(c.get('system')).tree, day, reader.format.timeZone)) ?? -1n
    return past.at(store, position, async (models) => {
      const usual = id === 'iva' ? 'last-month' : 'month'
      const scope = {
        period: periodFrom({ period: c.req.query('period') ?? usual }, day, usual),
        locationId: undefined,
      }
      const report = await makeReport(models, id, scope, day)
      const body = reportBody(reader, {
        report,
        now: `${day}T12:00:00.000Z`,
        periods: [],
        locations: [],
        address: (change) => addressOf('/audit/past', { report: id, day, ...change }),
      })
      return { report, body, day, position }
    })
  }

  pages.get('/audit/past', reads, authorise('reports.read'), async (c) => {
    const frame = await frameOf(c, assets)
    const { report, day } = c.req.query()
    const id = reportIds.find((known) => known === report)
    const shown = id && isDay(day) && (await shownOf(c, frame.reader, id, day))
    const values = { ...(report && { report }), ...(day && { day }) }
    const main = pastContent(frame.reader, { reportIds, values, shown: shown || false })
    return c.html(layout(frame, { title: frame.reader.t('audit.past'), main, current: 'audit' }))
  })

  pages.get('/audit/what-if', reads, authorise('reports.read'), async (c) => {
    const frame = await frameOf(c, assets)
    const { rule: asked, state } = ruleIn(c.req.query(), frame.reader.t('audit.what-if.bad'))
    const { store } = c.get('system')
    const compared = asked && (await whatIf(store, asked, await store.head()))
    const main = whatIfContent(frame.reader, { state, compared })
    return c.html(layout(frame, { title: frame.reader.t('audit.what-if'), main, current: 'audit' }))
  })

  return pages
}

/** The number that a person typed, with a comma or a point; undefined when it is none from 0 to `most`. */
function numberIn(text: string | undefined, most: number): number | undefined {
  const number = Number((text ?? '').trim().replace(',', '.') || Number.NaN)
  return number >= 0 && number <= most ? number : undefined
}

/** The rule that the address asks for, or what is wrong with it. */
function ruleIn(
  { rule, from, to, percent }: Readonly<Record<string, string>>,
  wrong: string,
): { readonly rule?: Rule; readonly state: FormState } {
  const values = { ...(from && { from }), ...(to && { to }), ...(percent && { percent }) }
  if (rule === 'tax') {
    const [old, now] = [numberIn(from, 100), numberIn(to, 100)]
    if (old === undefined || now === undefined)
      return { state: { values, errors: { [old === undefined ? 'from' : 'to']: wrong } } }
    return { rule: { kind: 'tax', from: Math.round(old * 100), to: Math.round(now * 100) }, state: { values } }
  }
  if (rule !== 'reorder') return { state: { values } }
  const factor = numberIn(percent, 10_000)
  if (factor === undefined) return { state: { values, errors: { percent: wrong } } }
  return { rule: { kind: 'reorder', percent: Math.round(factor) }, state: { values } }
}
