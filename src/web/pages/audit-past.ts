// The pages of the past and of what might have been: reports as of a date, and the log replayed with another rule.
import { Hono } from 'hono'
import { projections } from '../../../projections/index.ts'
import type { FormState } from '../../../views/components/index.ts'
import { layout } from '../../../views/layout.ts'
import { type PastPage, pastContent, type WhatIfPage, whatIfContent } from '../../../views/pages/audit-past.ts'
import { reportBody, reportChoices } from '../../../views/pages/report.ts'
import type { Reader } from '../../../views/reader.ts'
import { momentOf, openAudit, type Rule, rememberedPast, rememberedWhatIf } from '../../audit/index.ts'
import { foldingOf } from '../../rebuilding.ts'
import { periodFrom } from '../../reporting/period.ts'
import { readLocations } from '../../reporting/reading.ts'
import { type ReportId, reportIds } from '../../reporting/report.ts'
import { choicesOf, makeReport } from '../../reporting/reports.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import type { AppContext, Environment } from '../environment.ts'
import { frameOf } from './frame.ts'
import { addressOf, type Parameters } from './listing.ts'
import { periodsOf } from './reports.ts'

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

/**
 * Up to where the log is read: the end, unless the address has pinned it before, as that of a page does which waits for what was begun. The log
 * may have grown meanwhile.
 */
const pinned = (c: AppContext, end: bigint): bigint => {
  const at = c.req.query('at')
  return at !== undefined && /^\d{1,18}$/.test(at) && BigInt(at) <= end ? BigInt(at) : end
}

export function auditPastPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()
  let opened: { readonly past: ReturnType<typeof rememberedPast>; readonly ifs: ReturnType<typeof rememberedWhatIf> }
  const remembering = (c: AppContext) => {
    const folding = foldingOf(c.get('system').config)
    opened ??= { past: rememberedPast(folding, reported), ifs: rememberedWhatIf(folding) }
    return opened
  }

  const shownOf = async (c: AppContext, reader: Reader, id: ReportId, day: string): Promise<PastPage['shown']> => {
    const end = (await momentOf(openAudit(c.get('system')).tree, day, reader.format.timeZone)) ?? -1n
    const position = pinned(c, end)
    const { location, period, from, to } = c.req.query()
    const choices = { location, period, from, to }
    const address = (change: Parameters) => addressOf('/audit/past', { report: id, day, ...choices, ...change })
    const answer = await remembering(c).past.at(position, async (models) => {
      const { span, byLocation } = choicesOf(id)
      const usual = span === 'months' ? 'last-month' : 'month'
      const places = byLocation ? [...(await readLocations(models)).values()] : []
      const place = places.find(({ locationId }) => locationId === location)
      const scope = { period: periodFrom({ period, from, to }, day, usual), locationId: place?.locationId }
      const report = await makeReport(models, id, scope, day)
      const now = `${day}T12:00:00.000Z`
      const page = { report, now, periods: periodsOf[span], locations: places, address, kept: { report: id, day } }
      return { report, choices: reportChoices(reader, page), body: reportBody(reader, page), day, position }
    })
    return 'result' in answer ? answer.result : { ...answer, again: address({ at: String(position) }) }
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

  const compare = async (c: AppContext, rule: Rule): Promise<WhatIfPage['compared']> => {
    const to = pinned(c, await c.get('system').store.head())
    const answer = await remembering(c).ifs.at({ rule, to }, (comparisons) => comparisons)
    if ('result' in answer) return answer.result
    return { ...answer, again: addressOf('/audit/what-if', { ...c.req.query(), at: String(to) }) }
  }

  pages.get('/audit/what-if', reads, authorise('reports.read'), async (c) => {
    const frame = await frameOf(c, assets)
    const { rule: asked, state } = ruleIn(c.req.query(), frame.reader.t('audit.what-if.bad'))
    const compared = asked && (await compare(c, asked))
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
