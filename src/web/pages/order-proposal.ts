// The reorder proposal, and the orders that are made of it: one for each supplier and place, all placed in one append.
import { Hono } from 'hono'
import { fieldAmount } from '../../../views/amount.ts'
import type { FormState } from '../../../views/components/field.ts'
import { layout } from '../../../views/layout.ts'
import { type ProposedLine, proposalContent, proposalField } from '../../../views/pages/order-proposal.ts'
import type { Reader } from '../../../views/reader.ts'
import { type NewPurchaseOrder, placePurchaseOrders } from '../../commands/purchasing.ts'
import { readReorder } from '../../reporting/reorder.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellPosition } from '../consistency.ts'
import type { AppContext, Environment } from '../environment.ts'
import { explain } from '../problems.ts'
import { today } from '../today.ts'
import { formContext, freshForm, type Typed, typedIn } from './form.ts'
import { frameOf, openLocations } from './frame.ts'
import { activeSuppliers } from './related.ts'
import { tell } from './toasts.ts'
import { optionalQuantity } from './typed.ts'

/** What the form starts with: the quantities that are proposed. */
const proposedValues = ({ locale }: Reader, lines: readonly ProposedLine[]): Typed =>
  Object.fromEntries(
    lines.map((line) => [
      proposalField('quantity', line),
      fieldAmount(line.quantity, line.decimals, locale === 'pt-MZ'),
    ]),
  )

/** The orders that the form asks for. A line without a quantity is not ordered. */
function ordersIn({ t }: Reader, typed: Typed, lines: readonly ProposedLine[]) {
  const errors: Record<string, string> = {}
  const orders = new Map<string, NewPurchaseOrder & { readonly lines: NewPurchaseOrder['lines'][number][] }>()
  for (const line of lines) {
    const quantityField = proposalField('quantity', line)
    const read = optionalQuantity(line.decimals, 0).safeParse(typed[quantityField])
    if (!read.success) {
      errors[quantityField] = t('errors.invalid-number')
      continue
    }
    const supplierId = typed[proposalField('supplier', line)] ?? ''
    const quantity = read.data ?? 0
    if (quantity === 0) continue
    if (supplierId === '') errors[proposalField('supplier', line)] = t('purchasing.choose-supplier')
    const { productId, locationId } = line
    const key = `${supplierId} ${locationId}`
    const order = orders.get(key) ?? { supplierId, locationId, expectedOn: null, lines: [] }
    order.lines.push({ productId, quantity })
    orders.set(key, order)
  }
  if (orders.size === 0 && Object.keys(errors).length === 0) errors.form = t('purchasing.nothing-to-place')
  return { orders: [...orders.values()], errors }
}

export function orderProposalPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  const proposalFor = (c: AppContext, { format }: Reader, locationId: string | undefined) =>
    readReorder(c.get('system').models, locationId, today(c, format.timeZone))

  const show = async (
    c: AppContext,
    { lines, locationId, state }: { lines: readonly ProposedLine[]; locationId: string | undefined; state: FormState },
    status: 200 | 422 = 200,
  ) => {
    const [frame, places, suppliers] = await Promise.all([frameOf(c, assets), openLocations(c), activeSuppliers(c)])
    const main = proposalContent(frame.reader, { lines, suppliers, places, locationId, state })
    return c.html(layout(frame, { title: frame.reader.t('purchasing.proposal'), main, current: 'orders' }), status)
  }

  pages.get('/orders/proposal', authorise('purchasing.write'), async (c) => {
    const { reader } = await frameOf(c, assets)
    const locationId = c.req.query('location')
    const lines = await proposalFor(c, reader, locationId)
    return show(c, { lines, locationId, state: freshForm(c, proposedValues(reader, lines)) })
  })

  pages.post('/orders/proposal', authorise('purchasing.write'), async (c) => {
    const { reader } = await frameOf(c, assets)
    const typed = await typedIn(c)
    const locationId = typed.location
    // Read again, also where something has come meanwhile: only lines of the form are ordered.
    const proposed = await proposalFor(c, reader, locationId)
    const lines = proposed.filter((line) => typed[proposalField('quantity', line)] !== undefined)
    const { orders, errors } = ordersIn(reader, typed, lines)
    if (Object.keys(errors).length > 0) return show(c, { lines, locationId, state: { values: typed, errors } }, 422)
    const outcome = await placePurchaseOrders(c.get('system'), orders, formContext(c, typed))
    if (outcome.rejected) {
      const state = { values: typed, errors: { form: explain(reader.locale, outcome.code) } }
      return show(c, { lines, locationId, state }, 422)
    }
    tellPosition(c, outcome.position)
    tell(c, 'purchasing.were-placed')
    return c.redirect('/orders', 303)
  })

  return pages
}
