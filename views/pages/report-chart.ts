// The chart of a report, in the form that suits it.
import type { Cell, Column, Report } from '../../src/reporting/report.ts'
import { barChart, rankingChart, trendChart } from '../components/index.ts'
import type { Html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { columnLabel, writeCell } from '../report-cells.ts'

const forms = { bars: barChart, trend: trendChart, ranking: rankingChart }

/** Days and months are written short below an axis. */
const pointLabel = (reader: Reader, { kind }: Column, label: Cell): string => {
  if (kind === 'day' && typeof label === 'string') return reader.format.dayShort(label)
  if (kind === 'month' && typeof label === 'string') return reader.format.monthShort(label)
  return writeCell(reader, kind, label)
}

export const reportChart = (reader: Reader, { chart }: Report): Html => {
  const { t, format } = reader
  const { over, measure, points, form } = chart
  const isMoney = measure.kind === 'money'
  const isCompared = points.some(({ before }) => before !== undefined)
  const overLabel = columnLabel(reader, over)
  return forms[form](reader, {
    title: t('reports.by', { measure: columnLabel(reader, measure), over: overLabel.toLocaleLowerCase(reader.locale) }),
    unit: isMoney ? format.currencySign : t('reports.unit.count'),
    over: overLabel,
    points: points.map((point) => ({ ...point, label: pointLabel(reader, over, point.label) })),
    value: (value) => writeCell(reader, measure.kind, value),
    ...(isMoney && { axis: format.amountShort }),
    ...(isCompared && { names: { now: t('reports.this-period'), before: t('reports.period-before') } }),
  })
}
