// The pages of purchase orders: the list, one order, its end before its time.
import { Hono } from 'hono'
import { z } from 'zod'
import { type PurchaseOrder, purchaseOrders } from '../../../projections/purchase-orders.ts'
import type { FormState } from '../../../views/components/field.ts'
import { layout } from '../../../views/layout.ts'
import { orderContent } from '../../../views/pages/order.ts'
import { type OrderView, ordersContent, orderViews } from '../../../views/pages/orders.ts'
import { cancelPurchaseOrder, closePurchaseOrder } from '../../commands/purchasing.ts'
import type { Where } from '../../kernel/read-models.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellPosition } from '../consistency.ts'
import { type AppContext, callerMay, type Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { today } from '../today.ts'
import { formContext, freshForm, typedIn, withIssues, withRejection } from './form.ts'
import { frameOf } from './frame.ts'
import { addressOf, type Parameters, pageAsked, pageQuery, pagerOf } from './listing.ts'
import { actorNames, allLocations, suppliersById } from './related.ts'
import { tell } from './toasts.ts'
import { typedText } from './typed.ts'

export async function orderOr404(c: AppContext, id: string): Promise<PurchaseOrder> {
  const found = await c.get('system').models.get(purchaseOrders, id)
  if (!found) throw new ProblemError('unknown-purchase-order', { orderId: id })
  return found.document
}

const whereOf = (show: OrderView, supplierId: string): Where<PurchaseOrder> => ({
  ...(show === 'awaited' && { awaited: true }),
  ...(show !== 'awaited' && show !== 'all' && { status: show }),
  ...(supplierId && { supplierId }),
})

export function ordersPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/orders', authorise('purchasing.read'), async (c) => {
    const frame = await frameOf(c, assets)
    const { t, format } = frame.reader
    const show = orderViews.find((view) => view === c.req.query('show')) ?? 'awaited'
    const search = (c.req.query('search') ?? '').slice(0, 100)
    const supplier = (c.req.query('supplier') ?? '').slice(0, 100)
    const asked = pageAsked(c)
    const parameters: Parameters = { show: show === 'awaited' ? undefined : show, search, supplier }
    const address = (change: Parameters) => addressOf('/orders', { ...parameters, ...change })
    const found = await c.get('system').models.find(purchaseOrders, {
      where: whereOf(show, supplier),
      ...(search && { text: search }),
      sort: { by: 'placedAt', direction: 'descending' },
      ...pageQuery(asked),
    })
    const orders = found.items.map(({ document }) => document)
    const [sellers, places] = await Promise.all([
      suppliersById(c, [supplier, ...orders.map(({ supplierId }) => supplierId)]),
      allLocations(c),
    ])
    const placeOf = new Map(places.map(({ locationId, name }) => [locationId, name]))
    const chips = [
      search !== '' && { label: `“${search}”`, without: address({ search: undefined }) },
      supplier !== '' && { label: sellers.get(supplier)?.name ?? supplier, without: address({ supplier: undefined }) },
    ]
    const main = ordersContent(frame.reader, {
      lines: orders.map((order) => ({
        order,
        supplier: sellers.get(order.supplierId)?.name ?? '',
        location: placeOf.get(order.locationId) ?? '',
      })),
      show,
      search,
      chips: chips.filter((chip) => chip !== false),
      address: (view) => address({ show: view === 'awaited' ? undefined : view }),
      today: today(c, format.timeZone),
      pager: pagerOf(address, asked, found.next),
      mayWrite: callerMay(c, 'purchasing.write'),
    })
    return c.html(layout(frame, { title: t('purchasing.title'), main, current: 'orders' }))
  })

  const show = async (c: AppContext, order: PurchaseOrder, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const { reader } = frame
    const actors = [order.placedBy, ...order.receipts.map(({ receivedBy }) => receivedBy)]
    const [sellers, places, nameOf] = await Promise.all([
      suppliersById(c, [order.supplierId]),
      allLocations(c),
      actorNames(c, reader, actors),
    ])
    const main = orderContent(reader, {
      order,
      supplier: sellers.get(order.supplierId)?.name ?? '',
      location: places.find(({ locationId }) => locationId === order.locationId)?.name ?? '',
      today: today(c, reader.format.timeZone),
      nameOf,
      mayReceive: callerMay(c, 'purchasing.receive'),
      mayWrite: callerMay(c, 'purchasing.write'),
      state,
    })
    const title = reader.t('purchasing.order', { number: order.number })
    return c.html(layout(frame, { title, main, current: 'orders' }), status)
  }

  pages.get('/orders/:id', authorise('purchasing.read'), async (c) =>
    show(c, await orderOr404(c, c.req.param('id')), freshForm(c)),
  )

  const ends = { cancel: cancelPurchaseOrder, close: closePurchaseOrder } as const
  for (const [ending, command] of Object.entries(ends))
    pages.post(`/orders/:id/${ending}`, authorise('purchasing.write'), async (c) => {
      const order = await orderOr404(c, c.req.param('id'))
      const { reader } = await frameOf(c, assets)
      const typed = await typedIn(c)
      const read = z.object({ reason: typedText() }).safeParse(typed)
      if (!read.success) return show(c, order, withIssues(reader, typed, read.error), 422)
      const { orderId } = order
      const outcome = await command(c.get('system'), { orderId, ...read.data }, formContext(c, typed))
      if (outcome.rejected) return show(c, order, withRejection(reader, typed, outcome), 422)
      tellPosition(c, outcome.position)
      tell(c, ending === 'cancel' ? 'purchasing.was-cancelled' : 'purchasing.was-closed')
      return c.redirect(`/orders/${orderId}`, 303)
    })

  return pages
}
