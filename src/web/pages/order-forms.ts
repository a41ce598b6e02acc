// A new purchase order, and deliveries of what was ordered.
import { Hono } from 'hono'
import { z } from 'zod'
import type { PurchaseOrder } from '../../../projections/purchase-orders.ts'
import type { FormState } from '../../../views/components/field.ts'
import { layout } from '../../../views/layout.ts'
import { deliveryValues, orderFormContent, receiveOrderContent } from '../../../views/pages/order-forms.ts'
import { type Delivery, placePurchaseOrder, receivePurchaseOrder } from '../../commands/purchasing.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellPosition } from '../consistency.ts'
import type { AppContext, Environment } from '../environment.ts'
import { formContext, freshForm, type Typed, typedIn, withIssues, withRejection } from './form.ts'
import { frameOf } from './frame.ts'
import { figureOf, goodsForm } from './goods-form.ts'
import { orderOr404 } from './orders.ts'
import { suppliersById } from './related.ts'
import { tell } from './toasts.ts'
import { optionalAmount, optionalDay, optionalQuantity, typedText } from './typed.ts'

const newOrder = (assets: Assets) =>
  goodsForm(assets, {
    path: '/orders/new',
    current: 'orders',
    title: 'purchasing.new',
    permission: 'purchasing.write',
    head: z.object({ supplier: typedText(100), location: typedText(100), expectedOn: optionalDay() }),
    figures: { quantity: { kind: 'quantity' }, cost: { kind: 'money', optional: true } },
    view: orderFormContent,
    act: (desk, { head, lines }, context) =>
      placePurchaseOrder(
        desk,
        {
          supplierId: head.supplier,
          locationId: head.location,
          expectedOn: head.expectedOn,
          lines: lines.map((line) => ({
            productId: line.product.productId,
            quantity: figureOf(line, 'quantity'),
            unitCost: line.figures.cost ?? undefined,
          })),
        },
        context,
      ),
    done: 'purchasing.was-placed',
    next: ({ id }) => `/orders/${id}`,
  })

/** What came of each line that is awaited: a quantity, and what it cost. Nothing typed: nothing came. */
const deliveryOf = (order: PurchaseOrder, minorUnits: number) => {
  const awaited = order.lines.filter(({ open }) => open > 0)
  const fields = awaited.flatMap(({ productId, decimals }) => [
    [`quantity.${productId}`, optionalQuantity(decimals, 0)] as const,
    [`cost.${productId}`, optionalAmount(minorUnits)] as const,
  ])
  return z.object(Object.fromEntries(fields)).transform((read): Delivery['lines'] =>
    awaited.flatMap(({ productId }) => {
      const quantity = read[`quantity.${productId}`] ?? 0
      return quantity > 0 ? [{ productId, quantity, unitCost: read[`cost.${productId}`] ?? undefined }] : []
    }),
  )
}

export function orderFormPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()
  pages.route('/', newOrder(assets))

  const show = async (c: AppContext, order: PurchaseOrder, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const supplier = (await suppliersById(c, [order.supplierId])).get(order.supplierId)?.name ?? ''
    const main = receiveOrderContent(frame.reader, { order, supplier, state })
    const title = frame.reader.t('purchasing.receive-order', { number: order.number })
    return c.html(layout(frame, { title, main, current: 'orders' }), status)
  }

  pages.get('/orders/:id/receive', authorise('purchasing.receive'), async (c) => {
    const order = await orderOr404(c, c.req.param('id'))
    if (!order.awaited) return c.redirect(`/orders/${order.orderId}`, 303)
    const { reader } = await frameOf(c, assets)
    return show(c, order, freshForm(c, deliveryValues(reader, order)))
  })

  pages.post('/orders/:id/receive', authorise('purchasing.receive'), async (c) => {
    const order = await orderOr404(c, c.req.param('id'))
    const { reader } = await frameOf(c, assets)
    const typed: Typed = await typedIn(c)
    const read = deliveryOf(order, reader.format.minorUnits).safeParse(typed)
    if (!read.success) return show(c, order, withIssues(reader, typed, read.error), 422)
    if (read.data.length === 0 && order.awaited)
      return show(c, order, { values: typed, errors: { form: reader.t('purchasing.nothing-came') } }, 422)
    const delivery = { orderId: order.orderId, lines: read.data }
    const outcome = await receivePurchaseOrder(c.get('system'), delivery, formContext(c, typed))
    if (outcome.rejected) {
      const { productId } = outcome.details
      const field = typeof productId === 'string' ? `quantity.${productId}` : 'form'
      return show(c, order, withRejection(reader, typed, outcome, field), 422)
    }
    tellPosition(c, outcome.position)
    tell(c, 'purchasing.was-received')
    return c.redirect(`/orders/${order.orderId}`, 303)
  })

  return pages
}
