import assert from 'node:assert/strict'
import { test } from 'node:test'
import { project, recorded } from '../../test/specification/projection.ts'
import { defineProjection } from '../kernel/projection.ts'
import { foldInto } from './fold.ts'

interface Facts {
  Bought: { readonly basket: string; readonly amount: number }
  Discarded: { readonly basket: string }
  Inspected: { readonly baskets: readonly string[] }
}
interface Basket {
  readonly total: number
  readonly inspections: number
}

const baskets = defineProjection<Basket, Facts>('baskets', {
  version: 1,
  indexes: [],
  on: {
    Bought: {
      key: ({ data }) => data.basket,
      initial: () => ({ total: 0, inspections: 0 }),
      apply: (basket, { data }) => ({ ...basket, total: basket.total + data.amount }),
    },
    Discarded: { key: ({ data }) => data.basket, apply: () => null },
    Inspected: {
      key: ({ data }) => data.baskets,
      apply: (basket) => ({ ...basket, inspections: basket.inspections + 1 }),
    },
  },
})
const bought = (basket: string, amount: number) => ({ type: 'Bought', data: { basket, amount } })
const discarded = (basket: string) => ({ type: 'Discarded', data: { basket } })
const inspected = (...ids: string[]) => ({ type: 'Inspected', data: { baskets: ids } })

test('no events give no documents', () => project(baskets, []).equals({}))

test('events fold into the documents that they touch, one or several, and those of no interest into none', () =>
  project(baskets, [
    bought('a', 3),
    bought('b', 4),
    { type: 'Rained', data: {} },
    inspected('a', 'b', 'missing'),
    bought('a', 2),
  ]).equals({ a: { total: 5, inspections: 1 }, b: { total: 4, inspections: 1 } }))

test('a removed document is absent until it begins anew', () => {
  project(baskets, [bought('a', 3), discarded('a'), inspected('a')]).equals({})
  project(baskets, [bought('a', 3), discarded('a'), bought('a', 1)]).equals({ a: { total: 1, inspections: 0 } })
})

test('page after page gives the same documents as all at once', () => {
  const events = recorded([bought('a', 3), bought('b', 4), discarded('b'), inspected('a')])
  const paged = foldInto(baskets, events.slice(2), foldInto(baskets, events.slice(0, 2)))
  assert.deepEqual(paged, foldInto(baskets, events))
  assert.deepEqual(paged, new Map([['a', { total: 3, inspections: 1 }]]))
})
