// Everything that can happen to a product.
import { z } from 'zod'
import { type DataOf, events, v1 } from '../../kernel/event.ts'
import { amount, count, id, instant, taxRate, text } from '../values.ts'

const details = {
  name: text,
  category: text,
  unit: z.string().min(1).max(20),
  barcode: z.string().min(1).max(64).nullable(),
}

export const productEvents = events('product', {
  /** `decimals`: how many decimals of the unit a quantity's integer counts (0: whole units; 3: a kilogram in grams). `price` includes tax. */
  ProductRegistered: v1({
    productId: id,
    sku: z.string().min(1).max(64),
    ...details,
    decimals: z.int().min(0).max(3),
    price: amount,
    cost: amount,
    taxRate,
    reorderPoint: count,
    at: instant,
  }),
  ProductDetailsChanged: v1({ productId: id, ...details, at: instant }),
  PriceChanged: v1({ productId: id, price: amount, previous: amount, at: instant }),
  CostChanged: v1({ productId: id, cost: amount, previous: amount, at: instant }),
  TaxRateChanged: v1({ productId: id, taxRate, previous: taxRate, at: instant }),
  ReorderPointChanged: v1({ productId: id, reorderPoint: count, previous: count, at: instant }),
  ProductPhotoChanged: v1({ productId: id, photoId: id.nullable(), at: instant }),
  ProductDiscontinued: v1({ productId: id, at: instant }),
  ProductReinstated: v1({ productId: id, at: instant }),
})
export type ProductEvents = DataOf<typeof productEvents>
