// A new product, and a product changed. A change records what the person changed, not what somebody else did meanwhile.
import { Hono } from 'hono'
import { z } from 'zod'
import { type Product, products } from '../../../projections/products.ts'
import type { FormState } from '../../../views/components/field.ts'
import { layout } from '../../../views/layout.ts'
import { productFormContent, productValues } from '../../../views/pages/product-form.ts'
import type { Reader } from '../../../views/reader.ts'
import { changeProduct, type ProductChange, registerProduct } from '../../commands/products.ts'
import { taxRate } from '../../domain/values.ts'
import type { Rejection } from '../../kernel/decider.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellPosition } from '../consistency.ts'
import type { AppContext, Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { formContext, freshForm, type Typed, typedIn, withIssues, withRejection } from './form.ts'
import { companyOf, frameOf } from './frame.ts'
import { categoryNames } from './product-list.ts'
import { allLocations } from './related.ts'
import { tell } from './toasts.ts'
import { optionalAmount, optionalQuantity, typedAmount, typedOptional, typedText } from './typed.ts'

/** The fields of the form; amounts as the company's currency has decimals, the reorder point as the product has. */
const productFields = (minorUnits: number, decimals: number) => ({
  name: typedText(),
  category: typedText(),
  unit: typedText(20),
  barcode: typedOptional(64),
  price: typedAmount(minorUnits),
  cost: optionalAmount(minorUnits).transform((cost) => cost ?? 0),
  taxRate: z.coerce.number().pipe(taxRate),
  reorderPoint: optionalQuantity(decimals, 0).transform((point) => point ?? 0),
})

const decimalsOf = z.coerce.number().pipe(z.int().min(0).max(3))

const newProduct = (minorUnits: number, typed: Typed) => {
  const decimals = decimalsOf.catch(0).parse(typed.decimals)
  return z.object({ ...productFields(minorUnits, decimals), sku: typedText(64), decimals: decimalsOf })
}

const wasShown = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.record(z.string(), z.string()))
  .catch({})

/** Of what the form says, only the fields that the person changed. */
function changedBy<Fields extends object>(typed: Typed, read: Fields): Partial<Fields> {
  const was = wasShown.parse(typed.was)
  const changed = Object.entries(read).filter(([name]) => typed[name] !== was[name])
  return Object.fromEntries(changed) as Partial<Fields>
}

const nameTaken = z.object({ kind: z.enum(['sku', 'barcode']) })

/** A name that is taken is told beside its field. */
function refusedForm(reader: Reader, typed: Typed, rejection: Rejection): FormState {
  const taken = nameTaken.safeParse(rejection.details)
  if (rejection.code !== 'name-taken' || !taken.success) return withRejection(reader, typed, rejection)
  const { kind } = taken.data
  return { values: typed, errors: { [kind]: reader.t(`products.${kind}-taken`) } }
}

export async function productOr404(c: AppContext, id: string): Promise<Product> {
  const found = await c.get('system').models.get(products, id)
  if (!found) throw new ProblemError('unknown-product', { productId: id })
  return found.document
}

export function productFormPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  const show = async (c: AppContext, product: Product | undefined, state: FormState, status: 200 | 422 = 200) => {
    const [frame, company, categories] = await Promise.all([frameOf(c, assets), companyOf(c), categoryNames(c)])
    const { t } = frame.reader
    const main = productFormContent(frame.reader, { product, state, categories, taxRates: company?.taxRates ?? [] })
    const title = product ? t('products.edit') : t('products.new')
    return c.html(layout(frame, { title, main, current: 'products' }), status)
  }

  pages.get('/products/new', authorise('products.write'), (c) => show(c, undefined, freshForm(c)))

  pages.post('/products/new', authorise('products.write'), async (c) => {
    const { reader } = await frameOf(c, assets)
    const typed = await typedIn(c)
    const read = newProduct(reader.format.minorUnits, typed).safeParse(typed)
    if (!read.success) return show(c, undefined, withIssues(reader, typed, read.error), 422)
    const outcome = await registerProduct(c.get('system'), read.data, formContext(c, typed))
    if (outcome.rejected) return show(c, undefined, refusedForm(reader, typed, outcome), 422)
    tellPosition(c, outcome.position)
    tell(c, 'products.was-registered')
    return c.redirect(`/products/${outcome.value.id}`, 303)
  })

  pages.get('/products/:id/edit', authorise('products.write'), async (c) => {
    const product = await productOr404(c, c.req.param('id'))
    const { reader } = await frameOf(c, assets)
    const values = productValues(reader, product)
    return show(c, product, freshForm(c, { ...values, was: JSON.stringify(values) }))
  })

  pages.post('/products/:id/edit', authorise('products.write'), async (c) => {
    const product = await productOr404(c, c.req.param('id'))
    const { reader } = await frameOf(c, assets)
    const typed = await typedIn(c)
    const read = z.object(productFields(reader.format.minorUnits, product.decimals)).safeParse(typed)
    if (!read.success) return show(c, product, withIssues(reader, typed, read.error), 422)
    const change: ProductChange = changedBy(typed, read.data)
    const locations = (await allLocations(c)).map(({ locationId }) => locationId)
    const { productId } = product
    const outcome = await changeProduct(c.get('system'), { productId, change, locations }, formContext(c, typed))
    if (outcome.rejected) return show(c, product, refusedForm(reader, typed, outcome), 422)
    tellPosition(c, outcome.position)
    tell(c, 'products.was-changed')
    return c.redirect(`/products/${productId}`, 303)
  })

  return pages
}
