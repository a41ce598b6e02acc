// Every product as it is now: what lists, the till and the product's page show.
import type { Recorded } from '../src/domain/events.ts'
import { folded } from './folded.ts'
import { asItBegan, projection } from './projection.ts'

export interface Product {
  readonly productId: string
  readonly sku: string
  readonly name: string
  /** The name as it is sorted. */
  readonly nameKey: string
  readonly category: string
  readonly unit: string
  readonly decimals: number
  readonly barcode: string | null
  /** Includes tax. */
  readonly price: number
  readonly cost: number
  readonly taxRate: number
  readonly reorderPoint: number
  readonly photoId: string | null
  readonly discontinued: boolean
  readonly registeredAt: string
  readonly changedAt: string
}

const key = ({ data }: { readonly data: { readonly productId: string } }) => data.productId

const begin = ({ data: { at, ...details } }: Recorded<'ProductRegistered'>): Product => ({
  ...details,
  nameKey: folded(details.name),
  photoId: null,
  discontinued: false,
  registeredAt: at,
  changedAt: at,
})

export const products = projection<Product>('products', {
  version: 2,
  indexes: [
    'productId',
    'nameKey',
    'sku',
    'barcode',
    'price',
    ['category', 'nameKey'],
    ['discontinued', 'nameKey'],
    ['discontinued', 'sku'],
    ['discontinued', 'price'],
    ['discontinued', 'category', 'nameKey'],
  ],
  search: ['name', 'sku', 'barcode'],
  on: {
    ProductRegistered: { key, initial: begin, apply: asItBegan },
    ProductDetailsChanged: {
      key,
      apply: (product, { data: { at, ...details } }) => ({
        ...product,
        ...details,
        nameKey: folded(details.name),
        changedAt: at,
      }),
    },
    PriceChanged: { key, apply: (product, { data }) => ({ ...product, price: data.price, changedAt: data.at }) },
    CostChanged: { key, apply: (product, { data }) => ({ ...product, cost: data.cost, changedAt: data.at }) },
    TaxRateChanged: { key, apply: (product, { data }) => ({ ...product, taxRate: data.taxRate, changedAt: data.at }) },
    ReorderPointChanged: {
      key,
      apply: (product, { data }) => ({ ...product, reorderPoint: data.reorderPoint, changedAt: data.at }),
    },
    ProductPhotoChanged: {
      key,
      apply: (product, { data }) => ({ ...product, photoId: data.photoId, changedAt: data.at }),
    },
    ProductDiscontinued: {
      key,
      apply: (product, { data }) => ({ ...product, discontinued: true, changedAt: data.at }),
    },
    ProductReinstated: { key, apply: (product, { data }) => ({ ...product, discontinued: false, changedAt: data.at }) },
  },
})
