// The receipt as PDF on 80 mm paper, as long as it needs to be.
import PDFDocument from 'pdfkit'
import { companyLines, lineNote, type Receipt, receiptRows } from '../../../views/pages/receipt.ts'
import type { Reader } from '../../../views/reader.ts'
import { bytesOf, type Doc, points, printable } from './pdf.ts'

const width = points(80)
const margin = points(4)
const inner = width - 2 * margin
/** Longer than any receipt of 500 lines; only used to measure. */
const endless = 40_000

const paper = (height: number): Doc =>
  new PDFDocument({ size: [width, height], margins: { top: margin, bottom: 0, left: margin, right: margin } })

/** Draws the receipt; gives where it ends. */
function draw(doc: Doc, receipt: Receipt, reader: Reader): number {
  const { t, format } = reader
  const { head, taxes, payment } = receiptRows(receipt, reader)
  const write = (text: string, { size = 8, bold = false, align = 'left' as 'left' | 'center' } = {}) =>
    doc
      .font(bold ? 'Helvetica-Bold' : 'Helvetica')
      .fontSize(size)
      .text(printable(text), margin, doc.y, { width: inner, align })
  const row = (label: string, value: string, { size = 8, bold = false } = {}) => {
    doc.font(bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(size)
    const right = doc.widthOfString(printable(value))
    const top = doc.y
    const left = Math.max(inner - right - 8, inner / 2)
    doc.text(printable(label), margin, top, { width: left })
    const below = doc.y
    doc.text(printable(value), margin + (right > inner / 2 ? inner / 2 : 0), top, {
      width: right > inner / 2 ? inner / 2 : inner,
      align: 'right',
    })
    doc.y = Math.max(below, doc.y)
  }
  const rule = () => {
    doc.moveDown(0.5)
    doc
      .moveTo(margin, doc.y)
      .lineTo(width - margin, doc.y)
      .lineWidth(0.5)
      .dash(2, { space: 2 })
      .stroke()
      .undash()
    doc.moveDown(0.5)
  }

  write(receipt.company.name, { size: 12, bold: true, align: 'center' })
  for (const line of companyLines(receipt, reader)) write(line, { align: 'center' })
  rule()
  write(`${t(`sales.document.${receipt.type}`)} ${receipt.document}`, { size: 9, bold: true, align: 'center' })
  if (receipt.refersTo) write(t('sales.refers-to', { document: receipt.refersTo }), { align: 'center' })
  if (receipt.cancelled) write(t('sales.cancelled'), { size: 10, bold: true, align: 'center' })
  rule()
  for (const [label = '', value = ''] of head) row(label, value)
  if (receipt.lines.length > 0) rule()
  for (const line of receipt.lines) {
    row(line.name, format.amount(line.total))
    write(lineNote(reader, line), { size: 7 })
  }
  rule()
  row(t('common.total'), format.money(receipt.total), { size: 13, bold: true })
  rule()
  for (const [label, value] of taxes) row(label, value)
  for (const [label = '', value = ''] of payment) row(label, value)
  rule()
  write(t('sales.receipt-thanks'), { align: 'center' })
  if (receipt.hash) {
    doc.moveDown(0.5)
    write(t('sales.receipt-hash'), { size: 6, align: 'center' })
    doc
      .font('Courier')
      .fontSize(6)
      .text(receipt.hash.replace(/(.{32})/g, '$1 ').trim(), margin, doc.y, { width: inner, align: 'center' })
  }
  return doc.y
}

/** The bytes of the PDF. */
export async function receiptPdf(receipt: Receipt, reader: Reader): Promise<Uint8Array<ArrayBuffer>> {
  const measure = paper(endless)
  const length = draw(measure, receipt, reader) + margin * 2
  const doc = paper(length)
  doc.info.Title = receipt.document
  return bytesOf(doc, () => {
    draw(doc, receipt, reader)
  })
}
