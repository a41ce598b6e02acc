// A stock count in two steps: the sheet, and the differences before they are recorded.
import { Hono } from 'hono'
import { type Product, products } from '../../../projections/products.ts'
import { parseAmount } from '../../../views/amount.ts'
import type { FormState } from '../../../views/components/field.ts'
import { layout } from '../../../views/layout.ts'
import { countContent, type Difference, differencesContent } from '../../../views/pages/stock-count.ts'
import type { Reader } from '../../../views/reader.ts'
import { countStock } from '../../commands/stock.ts'
import { priceOf } from '../../domain/money.ts'
import { maxQuantity } from '../../domain/values.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellPosition } from '../consistency.ts'
import { type AppContext, callerMay, type Environment } from '../environment.ts'
import { explain, ProblemError } from '../problems.ts'
import { formContext, freshForm, type Typed, typedIn } from './form.ts'
import { frameOf, openLocations, workplaceOf } from './frame.ts'
import { categoryNames } from './product-list.ts'
import { productsById } from './related.ts'
import { stockOf } from './stock-levels.ts'
import { tell } from './toasts.ts'

/** As many products as one append may count with ease, and as a person counts in one go. */
const mostOnSheet = 200

interface SheetAsked {
  readonly location: string
  readonly category: string
  readonly search: string
}

const sheetAsked = ({ location = '', category = '', search = '' }: Partial<Typed>): SheetAsked => ({
  location,
  category: category.slice(0, 200),
  search: search.slice(0, 200),
})

const prefix = 'counted.'

interface Counted {
  readonly product: Product
  readonly counted: number
}

/** What was counted: the fields that are filled in. */
async function readCount(c: AppContext, { t }: Reader, typed: Typed) {
  const filled = Object.entries(typed).flatMap(([name, text]) =>
    name.startsWith(prefix) && text.trim() !== '' ? [[name.slice(prefix.length), text] as const] : [],
  )
  const known = await productsById(
    c,
    filled.map(([id]) => id),
  )
  const errors: Record<string, string> = {}
  const counted = filled.flatMap(([id, text]): Counted[] => {
    const product = known.get(id)
    if (!product) return []
    const quantity = parseAmount(text, product.decimals)
    if (quantity === undefined) errors[prefix + id] = t('errors.invalid-number')
    else if (quantity < 0 || quantity > maxQuantity) errors[prefix + id] = t('errors.out-of-range')
    return [{ product, counted: quantity ?? 0 }]
  })
  if (filled.length === 0) errors.form = t('stock.nothing-counted')
  if (filled.length > mostOnSheet) errors.form = t('stock.count-more')
  return { counted, errors }
}

async function differencesOf(c: AppContext, counted: readonly Counted[], locationId: string): Promise<Difference[]> {
  const lines = await stockOf(
    c,
    counted.map(({ product }) => product),
    locationId,
  )
  const levels = new Map(lines.map((line) => [line.product.productId, line]))
  return counted.map(({ product, counted }) => {
    const { onHand = 0, value = 0 } = levels.get(product.productId) ?? {}
    const difference = counted - onHand
    const worth =
      onHand > 0 ? Math.round((value * difference) / onHand) : priceOf(product.cost, difference, product.decimals)
    return { product, expected: onHand, counted, value: worth }
  })
}

export function stockCountPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  const show = async (c: AppContext, asked: SheetAsked, state: FormState, status: 200 | 422 = 200) => {
    const [frame, places, categories, workplace] = await Promise.all([
      frameOf(c, assets),
      openLocations(c),
      categoryNames(c),
      workplaceOf(c),
    ])
    const location = places.find(({ locationId }) => locationId === asked.location) ?? workplace
    if (!location) throw new ProblemError('unknown-location')
    const found = await c.get('system').models.find(products, {
      where: { discontinued: false, ...(asked.category && { category: asked.category }) },
      ...(asked.search && { text: asked.search }),
      sort: { by: 'nameKey' },
      limit: mostOnSheet,
    })
    const main = countContent(frame.reader, {
      state,
      products: found.items.map(({ document }) => document),
      more: found.next !== undefined,
      places,
      categories,
      filter: { ...asked, location: location.locationId },
    })
    return c.html(layout(frame, { title: frame.reader.t('stock.count'), main, current: 'stock' }), status)
  }

  pages.get('/stock/count', authorise('stock.count'), (c) => show(c, sheetAsked(c.req.query()), freshForm(c)))

  pages.post('/stock/count', authorise('stock.count'), async (c) => {
    const { again, ...typed } = await typedIn(c)
    const asked = sheetAsked(typed)
    if (again) return show(c, asked, { values: typed })
    const frame = await frameOf(c, assets)
    const { counted, errors } = await readCount(c, frame.reader, typed)
    if (Object.keys(errors).length > 0) return show(c, asked, { values: typed, errors }, 422)
    const place = (await openLocations(c)).find(({ locationId }) => locationId === asked.location)
    if (!place) throw new ProblemError('unknown-location')
    const main = differencesContent(frame.reader, {
      differences: await differencesOf(c, counted, asked.location),
      location: place.name,
      note: typed.note ?? '',
      typed,
      maySeeValue: callerMay(c, 'reports.read'),
    })
    return c.html(layout(frame, { title: frame.reader.t('stock.count-check'), main, current: 'stock' }))
  })

  pages.post('/stock/count/confirm', authorise('stock.count'), async (c) => {
    const typed = await typedIn(c)
    const asked = sheetAsked(typed)
    const { reader } = await frameOf(c, assets)
    const { counted, errors } = await readCount(c, reader, typed)
    if (Object.keys(errors).length > 0) return show(c, asked, { values: typed, errors }, 422)
    const lines = counted.map(({ product, counted }) => ({ productId: product.productId, counted }))
    const count = { locationId: asked.location, note: (typed.note ?? '').trim().slice(0, 2000), lines }
    const outcome = await countStock(c.get('system'), count, formContext(c, typed))
    if (outcome.rejected)
      return show(c, asked, { values: typed, errors: { form: explain(reader.locale, outcome.code) } }, 422)
    tellPosition(c, outcome.position)
    tell(c, 'stock.was-counted')
    return c.redirect(`/stock?location=${encodeURIComponent(asked.location)}`, 303)
  })

  return pages
}
