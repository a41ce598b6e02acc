// The reports: their index, each as a page, as CSV and as PDF, and the proof of the fiscal series.
import { Hono } from 'hono'
import { layout } from '../../../views/layout.ts'
import { chainsContent, chainVerdicts, reportContent } from '../../../views/pages/report.ts'
import { reportsContent } from '../../../views/pages/reports.ts'
import { verifySeries } from '../../reporting/chains.ts'
import { type PeriodName, periodFrom, periodNames } from '../../reporting/period.ts'
import { readDocuments } from '../../reporting/reading.ts'
import { type ReportId, reportIds } from '../../reporting/report.ts'
import { reportCsv } from '../../reporting/report-csv.ts'
import { choicesOf, makeReport } from '../../reporting/reports.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import type { AppContext, Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { todayOf } from '../today.ts'
import { companyOf, frameOf, openLocations, surroundingsOf } from './frame.ts'
import { addressOf, type Parameters } from './listing.ts'

/** Periods that a report can be asked for: a tax is not declared by the day. */
export const periodsOf: Readonly<Record<'days' | 'months' | 'now', readonly PeriodName[]>> = {
  days: periodNames,
  months: ['month', 'last-month', 'custom'],
  now: [],
}

function reportOf(name: string | undefined): ReportId {
  const id = reportIds.find((known) => known === name)
  if (!id) throw new ProblemError('not-found')
  return id
}

/** What the address asks for; a location that is not there is left out of account. */
async function askedOf(c: AppContext, id: ReportId) {
  const [company, places, today] = await Promise.all([companyOf(c), openLocations(c), todayOf(c)])
  const { location, ...dates } = c.req.query()
  const { span, byLocation } = choicesOf(id)
  const place = byLocation ? places.find(({ locationId }) => locationId === location) : undefined
  // A tax is declared when its month is over.
  const usual = span === 'months' ? 'last-month' : 'month'
  const period = periodFrom(dates, today, usual)
  return {
    id,
    company,
    today,
    now: c.get('system').now().toISOString(),
    place,
    locations: byLocation ? places : [],
    periods: periodsOf[span],
    period,
    parameters: {
      ...(span !== 'now' && {
        period: period.name === usual ? undefined : period.name,
        ...(period.name === 'custom' && { from: period.from, to: period.to }),
      }),
      location: place?.locationId,
    } satisfies Parameters,
  }
}
type Asked = Awaited<ReturnType<typeof askedOf>>

const made = (c: AppContext, { id, period, place, today }: Asked) =>
  makeReport(c.get('system').models, id, { period, locationId: place?.locationId }, today)

/** `sales-by-day-2026-11-01-2026-11-24`, or the day for what is so now. */
const fileName = ({ id, period, periods, today }: Asked): string =>
  periods.length === 0 ? `${id}-${today}` : `${id}-${period.from}-${period.to}`

const download = (c: AppContext, type: string, name: string): void => {
  c.header('content-type', type)
  c.header('content-disposition', `attachment; filename="${name}"`)
}

export function reportPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()
  const reads = authorise('reports.read')

  pages.get('/reports', reads, async (c) => {
    const frame = await frameOf(c, assets)
    const today = await todayOf(c)
    const scope = { period: periodFrom({}, today), locationId: undefined }
    const month = await makeReport(c.get('system').models, 'sales-by-day', scope, today)
    const main = reportsContent(frame.reader, { month })
    return c.html(layout(frame, { title: frame.reader.t('reports.title'), main, current: 'reports' }))
  })

  pages.get('/reports/:id{[a-z-]+}', reads, async (c) => {
    const asked = await askedOf(c, reportOf(c.req.param('id')))
    const { id, parameters } = asked
    const frame = await frameOf(c, assets)
    const main = reportContent(frame.reader, {
      report: await made(c, asked),
      now: asked.now,
      periods: asked.periods,
      locations: asked.locations,
      address: (change, form = '') => addressOf(`/reports/${id}${form}`, { ...parameters, ...change }),
    })
    return c.html(layout(frame, { title: frame.reader.t(`reports.${id}`), main, current: 'reports' }))
  })

  pages.get('/reports/:file{[a-z-]+\\.csv}', reads, async (c) => {
    const asked = await askedOf(c, reportOf(c.req.param('file').replace(/\.csv$/, '')))
    const { reader } = await surroundingsOf(c, assets)
    const csv = reportCsv(await made(c, asked), reader)
    download(c, 'text/csv; charset=utf-8', `${fileName(asked)}.csv`)
    return c.body(csv)
  })

  pages.get('/reports/:file{[a-z-]+\\.pdf}', reads, async (c) => {
    const asked = await askedOf(c, reportOf(c.req.param('file').replace(/\.pdf$/, '')))
    const { reader } = await surroundingsOf(c, assets)
    const { company, place, now } = asked
    // The library that draws PDFs is loaded with the first one, not with the start.
    const { reportPdf } = await import('../documents/report-pdf.ts')
    const pdf = await reportPdf({ report: await made(c, asked), company, location: place?.name, now }, reader)
    download(c, 'application/pdf', `${fileName(asked)}.pdf`)
    return c.body(pdf)
  })

  pages.get('/reports/documents/chains', reads, async (c) => {
    const asked = await askedOf(c, 'documents')
    const { models, store } = c.get('system')
    const documents = await readDocuments(models, asked.period, asked.place?.locationId)
    const verdicts = await verifySeries(
      store,
      documents.map(({ series }) => series),
    )
    const frame = await frameOf(c, assets)
    const { reader } = frame
    if (c.req.header('hx-request')) return c.html(chainVerdicts(reader, verdicts))
    const main = chainsContent(reader, verdicts, addressOf('/reports/documents', asked.parameters))
    return c.html(layout(frame, { title: reader.t('reports.chains'), main, current: 'reports' }))
  })

  return pages
}
