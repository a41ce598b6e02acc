// The letter that brings a report: its figures, its chart, what sold best; the whole of it is attached as CSV.
import type { ReportFrequency } from '../../src/domain/notifications/events.ts'
import type { Report } from '../../src/reporting/report.ts'
import type { Reader } from '../reader.ts'
import { columnHead, columnLabel, writeCell, writeInTable } from '../report-cells.ts'
import type { Block, Letter, LetterFigure } from './letter.ts'

export interface ReportLetter {
  readonly every: ReportFrequency
  /** By day, or by hour of a single day. */
  readonly report: Report
  readonly products: Report
  readonly location: string | undefined
  readonly href: string
}

/** The content id of the chart. */
export const chartId = 'chart'
/** Products that the letter names. */
const named = 10
const productColumns = new Set(['product', 'quantity', 'revenue'])

function periodOf({ t, format }: Reader, { every, report }: ReportLetter): string {
  const { from = '', to = '' } = report.period ?? {}
  const period = every === 'monthly' ? format.month(from.slice(0, 7)) : format.days(from, to)
  return t(`letter.report.${every}`, { period })
}

const figuresOf = (reader: Reader, { figures }: Report): readonly LetterFigure[] =>
  figures.slice(0, 3).map((figure) => ({
    label: columnLabel(reader, figure),
    value: writeCell(reader, figure.kind, figure.value),
    ...(figure.before !== undefined && {
      note: reader.t('letter.report.before', { value: writeCell(reader, figure.kind, figure.before) }),
    }),
  }))

/** The ends of the chart's axis, and its top. */
function axesOf(reader: Reader, { chart: { points, over, measure } }: Report) {
  const written = (at: number) => {
    const label = points.at(at)?.label
    return over.kind === 'day' && typeof label === 'string'
      ? reader.format.dayShort(label)
      : writeCell(reader, over.kind, label)
  }
  const top = Math.max(0, ...points.map(({ value }) => value))
  return { from: written(0), to: written(-1), top: writeCell(reader, measure.kind, top) }
}

/** What sold best; nothing when nothing was sold. */
function bestBlocks(reader: Reader, { products }: ReportLetter): readonly Block[] {
  if (products.rows.length === 0) return []
  const columns = products.columns.filter(({ name }) => productColumns.has(name))
  return [
    { kind: 'text', text: reader.t('letter.report.best') },
    {
      kind: 'table',
      columns: columns.map((column) => ({ label: columnHead(reader, column), numeric: column.kind !== 'text' })),
      rows: products.rows.slice(0, named).map((row) => columns.map((column) => writeInTable(reader, column, row))),
    },
  ]
}

export function reportLetter(reader: Reader, given: ReportLetter): Letter {
  const { t } = reader
  const { report, location, href } = given
  const subject = periodOf(reader, given)
  const figures = figuresOf(reader, report)
  const chart = report.id === 'sales-by-hour' ? 'letter.report.chart-hours' : 'letter.report.chart'
  return {
    subject,
    preview: figures.map(({ label, value }) => `${label}: ${value}`).join(' · '),
    title: subject,
    blocks: [
      { kind: 'note', text: location ?? t('letter.report.all-locations') },
      { kind: 'figures', items: figures },
      { kind: 'image', cid: chartId, alt: t(chart), ...axesOf(reader, report) },
      ...bestBlocks(reader, given),
      { kind: 'note', text: t('letter.report.csv') },
      { kind: 'button', label: t('letter.report.button'), href },
    ],
  }
}
