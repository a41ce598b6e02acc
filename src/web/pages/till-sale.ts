// The sale that a till sends, and the answer: done, or refused with what can be done about it.
import { z } from 'zod'
import { products } from '../../../projections/products.ts'
import { tillRefused, tillRepriced, tillShort, tillSold } from '../../../views/pages/till-answers.ts'
import type { Reader } from '../../../views/reader.ts'
import { type RegisterSale, registerSale } from '../../commands/sales.ts'
import { amount, id, paymentMethod, quantity, text } from '../../domain/values.ts'
import type { Rejection } from '../../kernel/decider.ts'
import { tellPosition } from '../consistency.ts'
import { type AppContext, callerMay, commandContext } from '../environment.ts'
import { explain, ProblemError, statusOf } from '../problems.ts'

const saleAsked = z.strictObject({
  locationId: id,
  till: z.int().min(1).max(99),
  lines: z
    .array(z.strictObject({ productId: id, quantity, unitPrice: amount, discount: amount }))
    .min(1)
    .max(500),
  payment: z.strictObject({
    method: paymentMethod,
    tendered: amount.nullable(),
    reference: z.string().max(100).nullable(),
  }),
  customerId: id.nullable(),
  customerNuit: z.string().max(20).nullable(),
  override: z.strictObject({ reason: text }).nullable(),
})

const shortLines = z.array(z.object({ productId: z.string(), onHand: z.int(), asked: z.int() }))

const productsById = async (c: AppContext, ids: readonly string[]) => {
  const found = await c.get('system').models.getMany(products, ids)
  return new Map(found.map(({ id, document }) => [id, document]))
}

async function refused(c: AppContext, reader: Reader, asked: RegisterSale, { code, details }: Rejection) {
  if (code === 'insufficient-stock') {
    const short = shortLines.parse(details.lines)
    const known = await productsById(
      c,
      short.map(({ productId }) => productId),
    )
    const lines = short.flatMap(({ productId, ...line }) => {
      const product = known.get(productId)
      return product ? [{ product, ...line }] : []
    })
    return tillShort(reader, lines, callerMay(c, 'sales.override'))
  }
  if (code === 'not-permitted' && details.permission === 'change-price') {
    const known = await productsById(
      c,
      asked.lines.map(({ productId }) => productId),
    )
    const changed = asked.lines.flatMap(({ productId, unitPrice }) => {
      const product = known.get(productId)
      return product && product.price !== unitPrice ? [product] : []
    })
    if (changed.length > 0) return tillRepriced(reader, changed)
  }
  return tillRefused(reader, explain(c.get('locale'), code))
}

/** Registers the sale in the request's body, once for each Idempotency-Key. */
export async function sellAtTill(c: AppContext, reader: Reader): Promise<Response> {
  const body: unknown = await c.req.json().catch(() => undefined)
  const parsed = saleAsked.safeParse(body)
  if (!parsed.success) throw new ProblemError('invalid-input')
  const asked = {
    ...parsed.data,
    mayChangePrice: callerMay(c, 'sales.price'),
    mayDiscount: callerMay(c, 'sales.discount'),
    mayOverride: callerMay(c, 'sales.override'),
  }
  const outcome = await registerSale(c.get('system'), asked, commandContext(c, parsed.data))
  if (outcome.rejected) return c.html(await refused(c, reader, asked, outcome), statusOf(outcome.code))
  tellPosition(c, outcome.position)
  const { method, tendered } = parsed.data.payment
  return c.html(tillSold(reader, { ...outcome.value, cash: method === 'cash' && tendered !== null }))
}
