// Products as the API shows them: with the company's currency and the stock over all locations.
import { z } from '@hono/zod-openapi'
import { type ProductStock, productStock } from '../../../projections/product-stock.ts'
import type { Product } from '../../../projections/products.ts'
import { settings, settingsId } from '../../../projections/settings.ts'
import type { AppContext } from '../environment.ts'
import { byId } from './lists.ts'

export const productView = z
  .object({
    id: z.string(),
    sku: z.string(),
    name: z.string(),
    price: z.int().describe('With tax, in the minor unit'),
    currency: z.string(),
    category: z.string(),
    barcode: z.string().nullable(),
    unit: z.string(),
    decimals: z.int().describe('How many decimals of the unit a quantity counts'),
    cost: z.int(),
    taxRate: z.int().describe('In basis points: 1600 is 16 %'),
    reorderPoint: z.int(),
    discontinued: z.boolean(),
    photoId: z.string().nullable(),
    onHand: z.int().describe('Over all locations'),
    low: z.boolean(),
    registeredAt: z.string(),
    changedAt: z.string(),
  })
  .openapi('Product')

/** The currency of all amounts. */
export const currencyOf = async (c: AppContext): Promise<string> =>
  (await c.get('system').models.get(settings, settingsId))?.document.currency ?? 'MZN'

const shown = (
  { productId, nameKey: _, ...rest }: Product,
  currency: string,
  stock: ProductStock | undefined,
): z.infer<typeof productView> => ({
  id: productId,
  ...rest,
  currency,
  onHand: stock?.onHand ?? 0,
  low: stock?.low ?? false,
})

export async function presentProducts(c: AppContext, documents: readonly Product[]) {
  const ids = documents.map(({ productId }) => productId)
  const [stocks, currency] = await Promise.all([byId(c, productStock, ids), currencyOf(c)])
  return documents.map((product) => shown(product, currency, stocks.get(product.productId)))
}
