// One sale: its page, and its documents as print page and PDF.
import { Hono } from 'hono'
import { fiscalDocuments } from '../../../projections/fiscal-documents.ts'
import { type Sale, sales } from '../../../projections/sales.ts'
import { barePage, layout } from '../../../views/layout.ts'
import { receiptContent } from '../../../views/pages/receipt.ts'
import { saleContent } from '../../../views/pages/sale.ts'
import type { Reader } from '../../../views/reader.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { buyerNuit, receiptOf } from '../documents/receipt.ts'
import { type AppContext, callerMay, type Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { today } from '../today.ts'
import { frameOf, surroundingsOf } from './frame.ts'
import { namesOf } from './names.ts'

/** The sale of the address. @throws ProblemError `unknown-sale` */
export async function saleOf(c: AppContext): Promise<Sale> {
  const id = c.req.param('id') ?? ''
  const found = await c.get('system').models.get(sales, id)
  if (!found) throw new ProblemError('unknown-sale', { saleId: id })
  return found.document
}

export const namesIn = (c: AppContext, reader: Reader, sale: Sale) =>
  namesOf(c, reader, {
    people: [sale, ...sale.payments, ...sale.refunds, ...(sale.voided ? [sale.voided] : [])].map(
      ({ cashierId }) => cashierId,
    ),
    customers: [sale.customerId],
  })

/** What can still be done with the sale, by anybody who may. */
export const leftToDo = (sale: Sale, day: string) => {
  const untouched = sale.refunds.length === 0 && sale.payments.length === 0
  return {
    refund: sale.status === 'registered' || sale.status === 'partly-refunded',
    void: sale.status === 'registered' && sale.day === day && untouched,
    pay: sale.outstanding > 0,
  }
}

async function askedReceipt(c: AppContext, reader: Reader) {
  const sale = await saleOf(c)
  const document = c.req.query('document') ?? sale.document
  const receipt = await receiptOf(c, sale, document, await namesIn(c, reader, sale))
  if (!receipt) throw new ProblemError('not-found')
  return { sale, receipt }
}

export function salePages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()
  const reads = authorise('sales.read')

  pages.get('/sales/:id', reads, async (c) => {
    const sale = await saleOf(c)
    const frame = await frameOf(c, assets)
    const document = (await c.get('system').models.get(fiscalDocuments, sale.document))?.document
    const left = leftToDo(sale, today(c, frame.reader.format.timeZone))
    const main = saleContent(frame.reader, {
      sale,
      document,
      customerNuit: await buyerNuit(c, document),
      names: await namesIn(c, frame.reader, sale),
      may: {
        refund: left.refund && callerMay(c, 'sales.refund'),
        void: left.void && callerMay(c, 'sales.void'),
        pay: left.pay && callerMay(c, 'sales.register'),
        audit: callerMay(c, 'audit.read'),
      },
    })
    return c.html(layout(frame, { title: sale.document, main, current: 'sales' }))
  })

  pages.get('/sales/:id/receipt', reads, async (c) => {
    const surroundings = await surroundingsOf(c, assets)
    const { sale, receipt } = await askedReceipt(c, surroundings.reader)
    const pdf = `/sales/${sale.saleId}/receipt.pdf?document=${encodeURIComponent(receipt.document)}`
    const main = receiptContent(surroundings.reader, { receipt, pdf, saleDocument: sale.document })
    return c.html(barePage(surroundings, { title: receipt.document, main, scripts: ['client/print.ts'] }))
  })

  pages.get('/sales/:id/receipt.pdf', reads, async (c) => {
    const { reader } = await surroundingsOf(c, assets)
    const { receipt } = await askedReceipt(c, reader)
    const name = receipt.document.replace(/[^\w-]+/g, '-')
    c.header('content-type', 'application/pdf')
    c.header('content-disposition', `inline; filename="${name}.pdf"`)
    // The library that draws PDFs is loaded with the first one, not with the start.
    const { receiptPdf } = await import('../documents/receipt-pdf.ts')
    return c.body(await receiptPdf(receipt, reader))
  })

  return pages
}
