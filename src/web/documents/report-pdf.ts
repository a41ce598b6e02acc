// A report as PDF: A4, the company on top, the figures, the same table with its head on every page, page numbers.
import { setImmediate as turn } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import type { Settings } from '../../../projections/settings.ts'
import type { Reader } from '../../../views/reader.ts'
import {
  columnHead,
  columnLabel,
  comparisonOf,
  isFigure,
  periodLine,
  writeCell,
  writeInTable,
} from '../../../views/report-cells.ts'
import type { Report } from '../../reporting/report.ts'
import { bytesOf, type Doc, points, printable } from './pdf.ts'

export interface ReportSheet {
  readonly report: Report
  readonly company: Settings | undefined
  /** Of the location that the report is about; undefined: all of them. */
  readonly location: string | undefined
  /** ISO 8601. */
  readonly now: string
}

const margin = points(15)
const rowHeight = 16
const gap = 10
const ink = '#1a2023'
const soft = '#5b666b'
const line = '#c9d0d3'
/** Rows of one PDF: some hundred pages; CSV has all. */
const mostRows = 5_000
/** More columns than this need the long side of the paper. */
const uprightColumns = 6

interface Cell {
  readonly text: string
  readonly toRight: boolean
}

/** Writes on one line, cut to its width. */
function put(doc: Doc, { text, toRight }: Cell, x: number, y: number, width: number): void {
  const written = cut(doc, printable(text), width)
  doc.text(written, toRight ? x + width - doc.widthOfString(written) : x, y, { lineBreak: false })
}

function cut(doc: Doc, text: string, width: number): string {
  if (doc.widthOfString(text) <= width + 0.5) return text
  let kept = text
  while (kept !== '' && doc.widthOfString(`${kept}…`) > width) kept = kept.slice(0, -1)
  return `${kept}…`
}

const plain = (doc: Doc, size = 8.5) => doc.font('Helvetica').fontSize(size).fillColor(ink)
const bold = (doc: Doc, size = 8.5) => doc.font('Helvetica-Bold').fontSize(size).fillColor(ink)
const faint = (doc: Doc, size = 8.5) => doc.font('Helvetica').fontSize(size).fillColor(soft)

const innerWidth = (doc: Doc): number => doc.page.width - 2 * margin
const bottom = (doc: Doc): number => doc.page.height - margin - 20

/** Who reports, about what, and when; leaves `doc.y` below. */
function head(doc: Doc, { report, company, location, now }: ReportSheet, reader: Reader): void {
  const { t } = reader
  const width = innerWidth(doc)
  if (company) {
    bold(doc, 10).text(printable(company.name), margin, margin, { width })
    const details = [company.nuit && `${t('common.nuit')} ${company.nuit}`, company.address, company.phone].filter(
      Boolean,
    )
    faint(doc).text(printable(details.join(' · ')), { width })
    doc.moveDown(1.2)
  }
  bold(doc, 16).text(printable(t(`reports.${report.id}`)), margin, doc.y, { width })
  faint(doc, 9).text(
    printable([periodLine(reader, report, now), location ?? t('reports.every-location')].join(' · ')),
    { width },
  )
  doc.moveDown(1)
}

function figures(doc: Doc, { report }: ReportSheet, reader: Reader): void {
  const top = doc.y
  const width = innerWidth(doc) / Math.max(1, report.figures.length)
  for (const [at, figure] of report.figures.entries()) {
    const x = margin + at * width
    const room = width - gap
    const comparison = comparisonOf(reader, figure)
    const left = (text: string): Cell => ({ text, toRight: false })
    put(faint(doc), left(columnLabel(reader, figure)), x, top, room)
    put(bold(doc, 12), left(writeCell(reader, figure.kind, figure.value)), x, top + 12, room)
    if (comparison) put(faint(doc, 7.5), left(comparison.text), x, top + 28, room)
  }
  doc.y = top + 46
}

/** As wide as what stands in it; words share what figures leave. */
function widthsOf(doc: Doc, table: readonly (readonly Cell[])[]): readonly number[] {
  const natural = (table[0] ?? []).map((_, at) =>
    Math.max(...table.map((row) => doc.widthOfString(printable(row[at]?.text ?? '')))),
  )
  const isWords = (at: number) => table.at(1)?.[at]?.toRight === false
  const free = innerWidth(doc) - gap * (natural.length - 1)
  const figuresTake = natural.reduce((sum, width, at) => sum + (isWords(at) ? 0 : width), 0)
  const wordsTake = natural.reduce((sum, width, at) => sum + (isWords(at) ? width : 0), 0)
  if (wordsTake === 0) return natural.map((width) => (width * free) / (figuresTake || 1))
  const left = Math.max(0, free - figuresTake)
  return natural.map((width, at) => (isWords(at) ? (width * left) / wordsTake : width))
}

async function table(doc: Doc, { report }: ReportSheet, reader: Reader): Promise<void> {
  const { columns } = report
  const asCells = (written: (at: number) => string): readonly Cell[] =>
    columns.map((column, at) => ({ text: written(at), toRight: isFigure(column) }))
  const heads = asCells((at) => (columns[at] ? columnHead(reader, columns[at]) : ''))
  const rows = report.rows
    .slice(0, mostRows)
    .map((row) => columns.map((column) => ({ text: writeInTable(reader, column, row), toRight: isFigure(column) })))
  const totals = columns.map((column, at) => ({
    text:
      at === 0
        ? reader.t('common.total')
        : report.totals[column.name] === undefined
          ? ''
          : writeInTable(reader, column, { cells: report.totals }),
    toRight: isFigure(column),
  }))
  bold(doc)
  const widths = widthsOf(doc, [heads, ...rows, totals])

  const row = (cells: readonly Cell[]) => {
    let x = margin
    const y = doc.y
    for (const [at, cell] of cells.entries()) {
      const width = widths[at] ?? 0
      put(doc, cell, x, y + 4, width)
      x += width + gap
    }
    doc.y = y + rowHeight
    rule(doc)
  }
  const heading = () => {
    faint(doc, 8)
    row(heads)
  }

  heading()
  for (const cells of rows) {
    if (doc.y + rowHeight > bottom(doc)) {
      doc.addPage()
      doc.y = margin
      heading()
      // A long report must not keep everybody else waiting.
      await turn()
    }
    plain(doc)
    row(cells)
  }
  if (rows.length === 0) faint(doc).text(reader.t('reports.nothing'), margin, doc.y + 8)
  else {
    bold(doc)
    row(totals)
  }
  if (rows.length < report.rows.length)
    faint(doc).text(
      printable(reader.t('reports.shown', { shown: rows.length, count: report.rows.length })),
      margin,
      doc.y + 8,
    )
}

const rule = (doc: Doc) =>
  doc
    .moveTo(margin, doc.y)
    .lineTo(doc.page.width - margin, doc.y)
    .lineWidth(0.5)
    .strokeColor(line)
    .stroke()

/** Written last, when the number of pages is known. */
function feet(doc: Doc, { now }: ReportSheet, { t, format }: Reader): void {
  const { count } = doc.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page)
    const y = doc.page.height - margin - 8
    faint(doc, 7.5)
    put(doc, { text: t('reports.made', { moment: format.dateTime(now) }), toRight: false }, margin, y, innerWidth(doc))
    put(doc, { text: t('reports.page', { page: page + 1, pages: count }), toRight: true }, margin, y, innerWidth(doc))
  }
}

/** The bytes of the PDF. */
export async function reportPdf(sheet: ReportSheet, reader: Reader): Promise<Uint8Array<ArrayBuffer>> {
  const { report } = sheet
  const doc = new PDFDocument({
    size: 'A4',
    layout: report.columns.length > uprightColumns ? 'landscape' : 'portrait',
    // The table breaks its pages itself, and the foot stands below what pdfkit would write on.
    margins: { top: margin, left: margin, right: margin, bottom: 0 },
    bufferPages: true,
    lang: reader.locale,
    info: { Title: reader.t(`reports.${report.id}`), ...(sheet.company && { Author: sheet.company.name }) },
  })
  return bytesOf(doc, async () => {
    head(doc, sheet, reader)
    figures(doc, sheet, reader)
    await table(doc, sheet, reader)
    feet(doc, sheet, reader)
  })
}
