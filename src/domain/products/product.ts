// The rules of products: what is sold, at which price and tax, and when more of it must be ordered.
import { type Decider, nothing, type Rejection, reject } from '../../kernel/decider.ts'
import { type EventIn, event } from '../../kernel/event.ts'
import { changes } from '../changes.ts'
import { type ProductEvents, productEvents } from './events.ts'

export type ProductCommands = {
  RegisterProduct: ProductEvents['ProductRegistered']
  ChangeProductDetails: ProductEvents['ProductDetailsChanged']
  ChangePrice: Omit<ProductEvents['PriceChanged'], 'previous'>
  ChangeCost: Omit<ProductEvents['CostChanged'], 'previous'>
  ChangeTaxRate: Omit<ProductEvents['TaxRateChanged'], 'previous'>
  ChangeReorderPoint: Omit<ProductEvents['ReorderPointChanged'], 'previous'>
  ChangeProductPhoto: ProductEvents['ProductPhotoChanged']
  DiscontinueProduct: ProductEvents['ProductDiscontinued']
  ReinstateProduct: ProductEvents['ProductReinstated']
}

/** A registered product as it stands. */
export type Product = Omit<ProductEvents['ProductRegistered'], 'productId' | 'at'> & {
  readonly photoId: string | null
  readonly discontinued: boolean
}

/** A rule for products that are registered. */
const registered =
  <Command extends { readonly productId: string }>(
    decide: (product: Product, command: Command) => readonly EventIn<ProductEvents>[],
  ) =>
  (product: Product | null, command: Command): readonly EventIn<ProductEvents>[] | Rejection =>
    product ? decide(product, command) : reject('unknown-product', { productId: command.productId })

const changed = (product: Product | null, change: Partial<Product>): Product | null =>
  product && { ...product, ...change }

/**
 * The state is null until the product is registered.
 * RegisterProduct: `already-registered`. All others: `unknown-product` { productId }; nothing when they change nothing.
 */
export const product: Decider<ProductCommands, ProductEvents, Product | null> = {
  events: productEvents,
  initial: null,

  decide: {
    RegisterProduct: (product, registration) =>
      product
        ? reject('already-registered', { productId: registration.productId })
        : [event('ProductRegistered', registration)],
    ChangeProductDetails: registered((product, change) => {
      const { name, category, unit, barcode } = change
      return changes<Product>(product, { name, category, unit, barcode })
        ? [event('ProductDetailsChanged', change)]
        : nothing
    }),
    ChangePrice: registered(({ price: previous }, change) =>
      change.price === previous ? nothing : [event('PriceChanged', { ...change, previous })],
    ),
    ChangeCost: registered(({ cost: previous }, change) =>
      change.cost === previous ? nothing : [event('CostChanged', { ...change, previous })],
    ),
    ChangeTaxRate: registered(({ taxRate: previous }, change) =>
      change.taxRate === previous ? nothing : [event('TaxRateChanged', { ...change, previous })],
    ),
    ChangeReorderPoint: registered(({ reorderPoint: previous }, change) =>
      change.reorderPoint === previous ? nothing : [event('ReorderPointChanged', { ...change, previous })],
    ),
    ChangeProductPhoto: registered(({ photoId }, change) =>
      change.photoId === photoId ? nothing : [event('ProductPhotoChanged', change)],
    ),
    DiscontinueProduct: registered(({ discontinued }, command) =>
      discontinued ? nothing : [event('ProductDiscontinued', command)],
    ),
    ReinstateProduct: registered(({ discontinued }, command) =>
      discontinued ? [event('ProductReinstated', command)] : nothing,
    ),
  },

  evolve: {
    ProductRegistered: (_, { productId: _id, at: _at, ...registration }) => ({
      ...registration,
      photoId: null,
      discontinued: false,
    }),
    ProductDetailsChanged: (product, { name, category, unit, barcode }) =>
      changed(product, { name, category, unit, barcode }),
    PriceChanged: (product, { price }) => changed(product, { price }),
    CostChanged: (product, { cost }) => changed(product, { cost }),
    TaxRateChanged: (product, { taxRate }) => changed(product, { taxRate }),
    ReorderPointChanged: (product, { reorderPoint }) => changed(product, { reorderPoint }),
    ProductPhotoChanged: (product, { photoId }) => changed(product, { photoId }),
    ProductDiscontinued: (product) => changed(product, { discontinued: true }),
    ProductReinstated: (product) => changed(product, { discontinued: false }),
  },
}
