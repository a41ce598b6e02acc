// The lines of a report's table as they are set in type: what stands in each cell, and how wide each column is.

import type { Reader } from '../../../views/reader.ts'
import { columnHead, isFigure, writeInTable } from '../../../views/report-cells.ts'
import type { Column, Report } from '../../reporting/report.ts'
import { type Doc, printable } from './pdf.ts'

/** Between two columns, in points. */
export const gap = 10
/** Rows of one PDF: some hundred pages; CSV has all. */
const mostRows = 5_000

export interface Cell {
  readonly text: string
  readonly toRight: boolean
}

/** The lines of a table and how wide they want to be. */
export interface Lines {
  readonly heads: readonly Cell[]
  readonly rows: readonly (readonly Cell[])[]
  readonly totals: readonly Cell[]
  /** What each column takes when nothing is cut. */
  readonly widths: readonly number[]
}

/** `size`: in points, of the type that the table is set in. */
export function linesOf(doc: Doc, { columns, rows, totals }: Report, reader: Reader, size: number): Lines {
  const cells = (write: (column: Column, at: number) => string): readonly Cell[] =>
    columns.map((column, at) => ({ text: write(column, at), toRight: isFigure(column) }))
  const lines = {
    heads: cells((column) => columnHead(reader, column)),
    rows: rows.slice(0, mostRows).map((row) => cells((column) => writeInTable(reader, column, row))),
    totals: cells((column, at) => {
      if (at === 0) return reader.t('common.total')
      return totals[column.name] === undefined ? '' : writeInTable(reader, column, { cells: totals })
    }),
  }
  doc.font('Helvetica-Bold').fontSize(size)
  const all = [lines.heads, ...lines.rows, lines.totals]
  const widths = columns.map((_, at) =>
    all.reduce((most, line) => Math.max(most, doc.widthOfString(printable(line[at]?.text ?? ''))), 0),
  )
  return { ...lines, widths }
}

/** What the whole table takes when nothing is cut. */
export const wholeWidth = ({ widths }: Lines): number => sum(widths) + gap * (widths.length - 1)

const sum = (widths: readonly number[]): number => widths.reduce((whole, width) => whole + width, 0)

/** The width of each column: spread over the page where there is room; where there is not, words are cut and figures never. */
export function spread({ widths, heads }: Lines, page: number): readonly number[] {
  const free = page - gap * (widths.length - 1)
  const whole = sum(widths)
  if (whole <= free) return widths.map((width) => (width * free) / (whole || 1))
  const figures = sum(widths.filter((_, at) => heads[at]?.toRight))
  const kept = Math.max(0, free - figures) / (whole - figures || 1)
  return widths.map((width, at) => (heads[at]?.toRight ? width : width * kept))
}
