// What changed in each product, when, and by whom: one document a change. The price and cost it began with are its first changes.
import type { DomainEvents } from '../src/domain/events.ts'
import type { RecordedEvent } from '../src/kernel/event.ts'
import type { Handler } from '../src/kernel/projection.ts'
import { positionOf } from './position.ts'
import { asItBegan, projection } from './projection.ts'

export type ProductChangeKind =
  | 'registered'
  | 'details'
  | 'price'
  | 'cost'
  | 'tax-rate'
  | 'reorder-point'
  | 'photo'
  | 'discontinued'
  | 'reinstated'

export interface ProductChange {
  readonly productId: string
  readonly kind: ProductChangeKind
  readonly at: string
  /** As in the event's metadata: `person:<id>`, or a part of the system. */
  readonly actor: string
  /** The figure before and after; null where there is none. */
  readonly before: number | null
  readonly after: number | null
}

type Change = RecordedEvent<string, { readonly productId: string; readonly at: string }>

const changeOf = (
  { data, metadata }: Change,
  kind: ProductChangeKind,
  [before, after]: readonly [number | null, number | null],
): ProductChange => ({ productId: data.productId, kind, at: data.at, actor: metadata.actor, before, after })

/** One document for the event, about one figure or none. */
const changed = <Event extends Change>(
  kind: ProductChangeKind,
  figures: (data: Event['data']) => readonly [number | null, number | null] = () => [null, null],
): Handler<ProductChange, Event> => ({
  key: positionOf,
  initial: (event) => changeOf(event, kind, figures(event.data)),
  apply: asItBegan,
})

type Registered = RecordedEvent<'ProductRegistered', DomainEvents['ProductRegistered']>
const priceId = (event: Registered) => `${positionOf(event)}-price`
const costId = (event: Registered) => `${positionOf(event)}-cost`

const began = (event: Registered, id: string): ProductChange => {
  if (id === priceId(event)) return changeOf(event, 'price', [null, event.data.price])
  if (id === costId(event)) return changeOf(event, 'cost', [null, event.data.cost])
  return changeOf(event, 'registered', [null, null])
}

export const productHistory = projection<ProductChange>('product-history', {
  version: 1,
  indexes: [
    ['productId', 'at'],
    ['productId', 'kind', 'at'],
  ],
  on: {
    ProductRegistered: {
      key: (event) => [positionOf(event), priceId(event), costId(event)],
      initial: began,
      apply: asItBegan,
    },
    ProductDetailsChanged: changed('details'),
    PriceChanged: changed('price', ({ previous, price }) => [previous, price]),
    CostChanged: changed('cost', ({ previous, cost }) => [previous, cost]),
    TaxRateChanged: changed('tax-rate', ({ previous, taxRate }) => [previous, taxRate]),
    ReorderPointChanged: changed('reorder-point', ({ previous, reorderPoint }) => [previous, reorderPoint]),
    ProductPhotoChanged: changed('photo'),
    ProductDiscontinued: changed('discontinued'),
    ProductReinstated: changed('reinstated'),
  },
})
