// A report as PDF: A4, the company on top, the figures, the same table with its head on every page, page numbers.
import { setImmediate as turn } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import type { Settings } from '../../../projections/settings.ts'
import type { Reader } from '../../../views/reader.ts'
import { columnLabel, comparisonOf, periodLine, writeCell } from '../../../views/report-cells.ts'
import type { Report } from '../../reporting/report.ts'
import { bytesOf, type Doc, points, printable } from './pdf.ts'
import { type Cell, gap, type Lines, linesOf, spread, wholeWidth } from './report-lines.ts'

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
/** Of the table, in points. */
const typeSize = 8.5
const ink = '#1a2023'
const soft = '#5b666b'
const line = '#c9d0d3'
/** The width of upright A4 in points. */
const upright = 595

/** The table breaks its pages itself, and the foot stands below what pdfkit would write on. */
const paper = (layout: 'portrait' | 'landscape') =>
  ({ size: 'A4', layout, margins: { top: margin, left: margin, right: margin, bottom: 0 } }) as const
type Page = ReturnType<typeof paper>

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

const plain = (doc: Doc, size = typeSize) => doc.font('Helvetica').fontSize(size).fillColor(ink)
const bold = (doc: Doc, size = typeSize) => doc.font('Helvetica-Bold').fontSize(size).fillColor(ink)
const faint = (doc: Doc, size = typeSize) => doc.font('Helvetica').fontSize(size).fillColor(soft)

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

async function table(doc: Doc, lines: Lines, page: Page, { t }: Reader, count: number): Promise<void> {
  const { heads, rows, totals } = lines
  const widths = spread(lines, innerWidth(doc))

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
      doc.addPage(page)
      doc.y = margin
      heading()
      // A long report must not keep everybody else waiting.
      await turn()
    }
    plain(doc)
    row(cells)
  }
  if (rows.length === 0) faint(doc).text(t('reports.nothing'), margin, doc.y + 8)
  else {
    bold(doc)
    row(totals)
  }
  if (rows.length < count)
    faint(doc).text(printable(t('reports.shown', { shown: rows.length, count })), margin, doc.y + 8)
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
    // Which paper suits is known once the table is.
    autoFirstPage: false,
    bufferPages: true,
    lang: reader.locale,
    info: { Title: reader.t(`reports.${report.id}`), ...(sheet.company && { Author: sheet.company.name }) },
  })
  return bytesOf(doc, async () => {
    const lines = linesOf(doc, report, reader, typeSize)
    const page = paper(wholeWidth(lines) > upright - 2 * margin ? 'landscape' : 'portrait')
    doc.addPage(page)
    head(doc, sheet, reader)
    figures(doc, sheet, reader)
    await table(doc, lines, page, reader, report.rows.length)
    feet(doc, sheet, reader)
  })
}
