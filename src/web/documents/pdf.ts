// What all PDF documents share: which signs can be printed, sizes, the bytes in the end.
import type PDFDocument from 'pdfkit'

export type Doc = InstanceType<typeof PDFDocument>

/** The points (1/72 inch) of so many millimetres. */
export const points = (millimetres: number): number => (millimetres * 72) / 25.4

/** The standard fonts know the signs of Windows-1252 only: Intl's narrow spaces and minus are not among them. */
export const printable = (text: string): string => text.replace(/[\u202f\u2009]/g, '\u00a0').replace(/[−‑]/g, '-')

/** Ends the document when it is drawn, and gives its bytes. */
export async function bytesOf(doc: Doc, draw: () => Promise<void> | void): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => doc.once('end', resolve).once('error', reject))
  await draw()
  doc.end()
  await ended
  return new Uint8Array(Buffer.concat(chunks))
}
