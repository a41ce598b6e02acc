// Voiding a sale, and receiving the payment of an invoice.
import { Hono } from 'hono'
import { z } from 'zod'
import type { Sale } from '../../../projections/sales.ts'
import { parseAmount } from '../../../views/amount.ts'
import type { FormState } from '../../../views/components/field.ts'
import type { Html } from '../../../views/html.ts'
import { layout } from '../../../views/layout.ts'
import type { PlainKey } from '../../../views/locales/index.ts'
import { paymentContent, type SaleForm, voidContent } from '../../../views/pages/sale-forms.ts'
import type { Reader } from '../../../views/reader.ts'
import type { Outcome } from '../../commands/handling.ts'
import { receivePayment } from '../../commands/payments.ts'
import { voidSale } from '../../commands/returns.ts'
import { text } from '../../domain/values.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellPosition } from '../consistency.ts'
import { type AppContext, type Environment, formContext } from '../environment.ts'
import { explain } from '../problems.ts'
import { frameOf, surroundingsOf } from './frame.ts'
import { saleOf } from './sale.ts'
import { counterOf } from './till.ts'
import { tell } from './toasts.ts'

const typed = z.object({
  key: z.string().max(100).default(''),
  reason: z.string().trim().default(''),
  restock: z.string().default(''),
  amount: z.string().default(''),
  method: z.enum(['cash', 'card', 'mpesa']).catch('cash'),
})

interface Asked {
  readonly title: PlainKey
  readonly content: (reader: Reader, form: SaleForm) => Html
}

const voiding: Asked = { title: 'sales.void-title', content: voidContent }
const paying: Asked = { title: 'sales.payment-title', content: paymentContent }

export function saleFormPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()
  const voids = authorise('sales.void')
  const sells = authorise('sales.register')

  const show = async (
    c: AppContext,
    { title, content }: Asked,
    form: { readonly sale: Sale; readonly state?: FormState; readonly key?: string },
    status: 200 | 409 | 422 = 200,
  ) => {
    const frame = await frameOf(c, assets)
    const main = content(frame.reader, { state: {}, key: c.get('system').newId(), ...form })
    return c.html(layout(frame, { title: frame.reader.t(title), main, current: 'sales' }), status)
  }

  /** Back to the sale with a word about it; or the form again, with what was typed. */
  const settle = async (
    c: AppContext,
    asked: Asked,
    form: { readonly sale: Sale; readonly values: Readonly<Record<string, string>>; readonly key: string },
    outcome: Outcome<unknown>,
    told: PlainKey,
  ) => {
    const { sale, values, key } = form
    if (outcome.rejected) {
      const errors = { form: explain(c.get('locale'), outcome.code) }
      return show(c, asked, { sale, key, state: { values, errors } }, 409)
    }
    tellPosition(c, outcome.position)
    tell(c, told)
    return c.redirect(`/sales/${sale.saleId}`, 303)
  }

  pages.get('/sales/:id/void', voids, async (c) => show(c, voiding, { sale: await saleOf(c) }))

  pages.post('/sales/:id/void', voids, async (c) => {
    const sale = await saleOf(c)
    const { key, ...values } = typed.parse(await c.req.parseBody())
    const reason = text.safeParse(values.reason)
    if (!reason.success) {
      const { t } = (await surroundingsOf(c, assets)).reader
      return show(c, voiding, { sale, key, state: { values, errors: { reason: t('errors.required') } } }, 422)
    }
    const { location, till } = await counterOf(c)
    const here = location.locationId === sale.locationId
    const asked = {
      saleId: sale.saleId,
      till: here ? till : undefined,
      restock: values.restock === 'on',
      reason: reason.data,
    }
    const outcome = await voidSale(c.get('system'), asked, formContext(c, key, asked))
    return settle(c, voiding, { sale, values, key }, outcome, 'sales.voided-toast')
  })

  pages.get('/sales/:id/payment', sells, async (c) => show(c, paying, { sale: await saleOf(c) }))

  pages.post('/sales/:id/payment', sells, async (c) => {
    const sale = await saleOf(c)
    const { key, ...values } = typed.parse(await c.req.parseBody())
    const { t, format } = (await surroundingsOf(c, assets)).reader
    const amount = parseAmount(values.amount, format.minorUnits)
    if (amount === undefined || amount <= 0 || amount > sale.outstanding) {
      const tooMuch = amount !== undefined && amount > sale.outstanding
      const said = tooMuch
        ? t('sales.payment-too-much', { amount: format.money(sale.outstanding) })
        : t('errors.invalid-number')
      return show(c, paying, { sale, key, state: { values, errors: { amount: said } } }, 422)
    }
    const { location, till } = await counterOf(c)
    const asked = { saleId: sale.saleId, locationId: location.locationId, till, amount, method: values.method }
    const outcome = await receivePayment(c.get('system'), asked, formContext(c, key, asked))
    return settle(c, paying, { sale, values, key }, outcome, 'sales.payment-toast')
  })

  return pages
}
