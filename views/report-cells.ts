// How the cells of a report are written for a reader: the same on the page, in its chart and in its PDF.
import type { Cell, Column, Figure, Kind, Report, Row } from '../src/reporting/report.ts'
import type { Reader } from './reader.ts'

/** Kinds that stand to the left; all others are figures. */
const words: ReadonlySet<Kind> = new Set<Kind>(['text', 'day', 'month', 'hour', 'person', 'document-status'])

export const isFigure = ({ kind }: Column): boolean => !words.has(kind)

/** What is written where a cell has no value. */
const absent = '–'

/** A cell as people read it. */
export function writeCell({ t, format }: Reader, kind: Kind, cell: Cell | undefined, decimals = 0): string {
  if (cell === null || cell === undefined) return kind === 'person' ? t('common.erased-person') : absent
  if (typeof cell === 'string') {
    if (kind === 'day') return format.date(cell)
    if (kind === 'month') return format.month(cell)
    if (kind === 'document-status')
      return t(cell === 'issued' ? 'reports.document.issued' : 'reports.document.cancelled')
    return cell
  }
  if (kind === 'money') return format.money(cell)
  if (kind === 'quantity') return format.quantity(cell, decimals)
  if (kind === 'share') return format.percent(cell / 10_000)
  if (kind === 'tax-rate') return format.taxRate(cell)
  if (kind === 'hour') return `${cell} h`
  return format.number(cell)
}

/** The same in a table whose head names the currency. */
export const writeInTable = (reader: Reader, column: Column, row: Pick<Row, 'cells' | 'decimals'>): string => {
  const cell = row.cells[column.name]
  return column.kind === 'money' && typeof cell === 'number'
    ? reader.format.amount(cell)
    : writeCell(reader, column.kind, cell, row.decimals)
}

export const columnLabel = ({ t }: Reader, { name }: Column): string => t(`reports.column.${name}`)

/** With the currency behind it, for the head of a table. */
export const columnHead = (reader: Reader, column: Column): string =>
  column.kind === 'money'
    ? `${columnLabel(reader, column)} (${reader.format.currencySign})`
    : columnLabel(reader, column)

/** How a figure stands against the period before, in words; undefined where there is nothing to compare. */
export function comparisonOf(reader: Reader, { kind, value, before }: Figure) {
  const { t, format } = reader
  if (before === undefined || before === null || typeof before === 'string' || typeof value !== 'number')
    return undefined
  const written = writeCell(reader, kind, before)
  const direction = value > before ? 'up' : value < before ? 'down' : 'same'
  if (kind === 'share') {
    const points = format.change(Math.round((value - before) / 10), 1)
    return {
      direction,
      text: t('reports.change', { change: t('reports.points', { points }), before: written }),
    } as const
  }
  if (before <= 0) return { direction, text: t('reports.before', { before: written }) } as const
  const change = format.percentChange((value - before) / before)
  return { direction, text: t('reports.change', { change, before: written }) } as const
}

/** Which days the report covers and with which it is compared. */
export function periodLine({ t, format }: Reader, { period, figures }: Report, now: string): string {
  if (!period) return t('reports.now', { moment: format.dateTime(now) })
  const days = format.days(period.from, period.to)
  const isCompared = figures.some(({ before }) => before !== undefined)
  const before = format.days(period.before.from, period.before.to)
  return isCompared ? t('reports.compared', { period: days, before }) : days
}
