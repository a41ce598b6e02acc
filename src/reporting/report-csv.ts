// A report as CSV, for spreadsheets: the table as it is seen, its figures plain.
import { stringify } from 'csv-stringify/sync'
import type { Reader } from '../../views/reader.ts'
import { columnHead } from '../../views/report-cells.ts'
import { plainAmount, plainQuantity } from './plain.ts'
import type { Column, Report, Row } from './report.ts'

/** Spreadsheets read accents only after this sign. */
const byteOrderMark = '\ufeff'

const plain = ({ t }: Reader, { name, kind }: Column, { cells, decimals = 0 }: Row): string => {
  const cell = cells[name]
  if (cell === null || cell === undefined) return kind === 'person' ? t('common.erased-person') : ''
  if (typeof cell === 'string')
    return kind === 'document-status' ? t(`reports.document.${statusOf(cell)}`) : harmless(cell)
  if (kind === 'money') return plainAmount(cell)
  if (kind === 'quantity') return plainQuantity(cell, decimals)
  // 16.00 for 16 %.
  if (kind === 'share' || kind === 'tax-rate') return plainAmount(cell)
  return String(cell)
}

const statusOf = (cell: string) => (cell === 'issued' ? 'issued' : 'cancelled')

/** A spreadsheet must not run what somebody has called a product. Figures are left alone: a minus is no formula. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

const percent = new Set(['share', 'tax-rate'])

const head = (reader: Reader, column: Column): string => {
  const label = columnHead(reader, column)
  return percent.has(column.kind) && !label.includes('%') ? `${label} (%)` : label
}

/** All rows; sums are left to the spreadsheet. */
export const reportCsv = (report: Report, reader: Reader): string =>
  byteOrderMark +
  stringify([
    report.columns.map((column) => head(reader, column)),
    ...report.rows.map((row) => report.columns.map((column) => plain(reader, column, row))),
  ])
