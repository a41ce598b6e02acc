// Taking back: the form, its sum as it is typed, the refund.
import { Hono } from 'hono'
import { z } from 'zod'
import type { Sale } from '../../../projections/sales.ts'
import { parseAmount } from '../../../views/amount.ts'
import type { FormState } from '../../../views/components/field.ts'
import { layout } from '../../../views/layout.ts'
import { quantityField, type RefundPreview, refundContent, refundSum } from '../../../views/pages/sale-refund.ts'
import type { Reader } from '../../../views/reader.ts'
import { refundSale } from '../../commands/returns.ts'
import { sumOf } from '../../domain/money.ts'
import { piecesOf, type Returned } from '../../domain/sales/returning.ts'
import { text } from '../../domain/values.ts'
import { isRejection } from '../../kernel/decider.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellPosition } from '../consistency.ts'
import { type AppContext, type Environment, formContext } from '../environment.ts'
import { explain } from '../problems.ts'
import { frameOf, surroundingsOf } from './frame.ts'
import { saleOf } from './sale.ts'
import { counterOf } from './till.ts'
import { tell } from './toasts.ts'

const refundMethod = z.enum(['cash', 'card', 'mpesa']).catch('cash')

type Typed = Readonly<Record<string, string>>

const typedIn = async (c: AppContext): Promise<Typed> =>
  z.record(z.string(), z.string().catch('')).parse({ restock: '', ...(await c.req.parseBody()) })

/** Everything that is left, as it is typed. */
const everything = (sale: Sale, { format }: Reader): Typed =>
  Object.fromEntries(
    sale.lines.map(({ quantity, refunded, decimals }, at) => [
      quantityField(at),
      format.quantity(quantity - refunded, decimals),
    ]),
  )

/** The pieces that were chosen, and what is wrong with what was typed. */
function chosenIn(sale: Sale, typed: Typed, { t, format }: Reader) {
  const pieces: Returned[] = []
  const errors: Record<string, string> = {}
  for (const [line, { quantity: sold, refunded, decimals }] of sale.lines.entries()) {
    const name = quantityField(line)
    const quantity = parseAmount(typed[name]?.trim() || '0', decimals)
    const left = sold - refunded
    if (quantity === undefined || quantity < 0) errors[name] = t('errors.invalid-number')
    else if (quantity > left) errors[name] = t('sales.refund-more-than-sold', { left: format.quantity(left, decimals) })
    else if (quantity > 0) pieces.push({ line, quantity, restock: typed.restock === 'on' })
  }
  return { pieces, errors }
}

/** What the pieces come to, by the same rule as the refund itself. */
function previewOf(sale: Sale, pieces: readonly Returned[]): RefundPreview | undefined {
  const lines = piecesOf(
    sale.lines.map((line) => ({ ...line, returned: line.refunded })),
    pieces,
  )
  if (isRejection(lines)) return undefined
  const total = sumOf(lines, (line) => line.total)
  const debtReduced = Math.min(sale.outstanding, total)
  return { total, tax: sumOf(lines, ({ tax }) => tax), debtReduced, givenBack: total - debtReduced }
}

export function refundPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()
  const refunds = authorise('sales.refund')

  const show = async (c: AppContext, sale: Sale, state: FormState, key: string, status: 200 | 409 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const { pieces } = chosenIn(sale, state.values ?? {}, frame.reader)
    const main = refundContent(frame.reader, { sale, state, key, preview: previewOf(sale, pieces) })
    return c.html(layout(frame, { title: frame.reader.t('sales.refund-title'), main, current: 'sales' }), status)
  }

  pages.get('/sales/:id/refund', refunds, async (c) => {
    const sale = await saleOf(c)
    const { reader } = await surroundingsOf(c, assets)
    return show(c, sale, { values: { ...everything(sale, reader), restock: 'on' } }, c.get('system').newId())
  })

  pages.post('/sales/:id/refund/preview', refunds, async (c) => {
    const sale = await saleOf(c)
    const { reader } = await surroundingsOf(c, assets)
    const { pieces, errors } = chosenIn(sale, await typedIn(c), reader)
    const preview = Object.keys(errors).length > 0 ? undefined : previewOf(sale, pieces)
    return c.html(refundSum(reader, { sale, state: {}, key: '', preview, problem: Object.values(errors)[0] }))
  })

  pages.post('/sales/:id/refund', refunds, async (c) => {
    const sale = await saleOf(c)
    const { reader } = await surroundingsOf(c, assets)
    const values = await typedIn(c)
    const { pieces, errors } = chosenIn(sale, values, reader)
    const reason = text.safeParse(values.reason?.trim())
    if (!reason.success) errors.reason = reader.t('errors.required')
    if (pieces.length === 0 && Object.keys(errors).length === 0) errors.form = reader.t('sales.refund-none')
    const key = values.key ?? ''
    if (!reason.success || Object.keys(errors).length > 0) return show(c, sale, { values, errors }, key, 422)

    const { location, till } = await counterOf(c)
    const refund = {
      saleId: sale.saleId,
      locationId: location.locationId,
      till,
      lines: pieces,
      method: refundMethod.parse(values.method),
      reason: reason.data,
    }
    const outcome = await refundSale(c.get('system'), refund, formContext(c, key, refund))
    if (outcome.rejected) {
      const errors = { form: explain(c.get('locale'), outcome.code) }
      return show(c, sale, { values, errors }, key, 409)
    }
    tellPosition(c, outcome.position)
    tell(c, 'sales.refunded-toast')
    return c.redirect(`/sales/${sale.saleId}`, 303)
  })

  return pages
}
