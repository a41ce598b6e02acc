// What holds for all read models together, whatever happens in the shop.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { catalogues } from '../src/domain/events.ts'
import { typesOf } from '../src/kernel/codec.ts'
import { keysOf } from '../src/kernel/projection.ts'
import { indexedFields } from '../src/kernel/read-models.ts'
import { foldInto } from '../src/subscribers/fold.ts'
import { fact, issued, sale, sold, soldLine } from '../test/specification/facts.ts'
import { type GivenEvent, project, recorded } from '../test/specification/projection.ts'
import { happenings, story } from '../test/specification/story.ts'
import { projections } from './index.ts'
import { ivaSummary } from './iva-summary.ts'
import { productStock } from './product-stock.ts'
import { salesByCategory } from './sales-by-category.ts'
import { allLocations, salesByDay } from './sales-by-day.ts'
import { salesByEmployee } from './sales-by-employee.ts'
import { salesByProduct } from './sales-by-product.ts'
import { stockLevels } from './stock-levels.ts'
import { stockMovements } from './stock-movements.ts'

const types = typesOf(catalogues)
const histories = happenings.map(story)
const runs = { numRuns: 60 }

/** As a store keeps them and gives them back. */
const stored = (documents: ReadonlyMap<string, object>): Map<string, object> =>
  new Map([...documents].map(([id, document]) => [id, JSON.parse(JSON.stringify(document))]))

const bytes = (documents: ReadonlyMap<string, object>) =>
  JSON.stringify([...documents].sort(([a], [b]) => (a < b ? -1 : 1)))

const sum = <Item>(items: Iterable<Item>, figure: (item: Item) => number) =>
  [...items].reduce((total, item) => total + figure(item), 0)

const personOf = ({ type, data }: GivenEvent): unknown =>
  (data as Record<string, unknown>)[types.get(type)?.person ?? '']

const withoutPersonalData = (event: GivenEvent): GivenEvent => {
  const fields = types.get(event.type)?.personalFields ?? []
  return { ...event, data: { ...(event.data as object), ...Object.fromEntries(fields.map((field) => [field, null])) } }
}

/** The log as it was read while it was written: what follows a person's erasure is sealed with a key that nobody has. */
function readLive(events: readonly GivenEvent[]): readonly GivenEvent[] {
  const erased = new Set<unknown>()
  return events.map((event) => {
    if (types.get(event.type)?.erases) erased.add(personOf(event))
    return erased.has(personOf(event)) ? withoutPersonalData(event) : event
  })
}

/** The log as it reads ever after: of those who were erased at any time, nothing. */
function readLater(events: readonly GivenEvent[]): readonly GivenEvent[] {
  const erased = new Set(events.filter(({ type }) => types.get(type)?.erases).map(personOf))
  return events.map((event) => (erased.has(personOf(event)) ? withoutPersonalData(event) : event))
}

test('the names of read models are all different', () =>
  assert.equal(new Set(projections.map(({ name }) => name)).size, projections.length))

test('a log folded whole gives the same, byte for byte, as one folded in two parts with a store between them', () =>
  fc.assert(
    fc.property(histories, fc.double({ min: 0, max: 1, noNaN: true }), (history, share) => {
      const log = recorded(history)
      const half = Math.floor(log.length * share)
      for (const projection of projections) {
        const first = stored(foldInto(projection, log.slice(0, half)))
        const inParts = foldInto(projection, log.slice(half), first)
        assert.equal(bytes(inParts), bytes(foldInto(projection, log)), projection.name)
      }
    }),
    runs,
  ))

test('every document is plain JSON, and its indexed fields are plain values at its top', () =>
  fc.assert(
    fc.property(histories, (history) => {
      for (const projection of projections)
        for (const document of Object.values(project(projection, history).documents))
          for (const field of indexedFields(projection)) {
            const value = Object.entries(document).find(([name]) => name === field)?.[1]
            assert(
              value === null || ['string', 'number', 'boolean'].includes(typeof value),
              `${projection.name} ${field}`,
            )
          }
    }),
    runs,
  ))

test('an erasure leaves every read model as a replay gives it from a log that can no longer be read', () =>
  fc.assert(
    fc.property(histories, (history) => {
      for (const projection of projections) {
        const live = foldInto(projection, recorded(readLive(history)))
        const replayed = foldInto(projection, recorded(readLater(history)))
        assert.equal(bytes(live), bytes(replayed), projection.name)
      }
    }),
    runs,
  ))

test('the figures of sales agree with each other: by day, product, category, employee, and tax rate', () =>
  fc.assert(
    fc.property(histories, (history) => {
      const days = Object.values(project(salesByDay, history).documents)
      const revenue = sum(
        days.filter(({ locationId }) => locationId === allLocations),
        (day) => day.revenue,
      )
      const agree = (figure: number, what: string) => assert.equal(figure, revenue, what)
      agree(sum(days, (day) => day.revenue) - revenue, 'the locations are all of them')
      agree(sum(days, (day) => sum(Object.values(day.byMethod), Number)) / 2, 'what the methods brought')
      agree(sum(days, (day) => sum(day.revenueByHour, Number)) / 2, 'the hours')
      const products = Object.values(project(salesByProduct, history).documents)
      agree(
        sum(products, ({ days }) => sum(Object.values(days), (day) => day.revenue)),
        'the products',
      )
      const categories = Object.values(project(salesByCategory, history).documents)
      agree(
        sum(categories, ({ byCategory }) => sum(Object.values(byCategory), (each) => each.revenue)),
        'the categories',
      )
      const employees = Object.values(project(salesByEmployee, history).documents)
      agree(
        sum(employees, ({ byEmployee }) => sum(Object.values(byEmployee), (each) => each.revenue)),
        'the employees',
      )
      agree(
        sum(Object.values(project(ivaSummary, history).documents), ({ net, tax }) => net + tax),
        'the tax rates',
      )
    }),
    runs,
  ))

test('stock is the sum of its movements, in quantity and in value, at each place and over all', () =>
  fc.assert(
    fc.property(histories, (history) => {
      const movements = Object.values(project(stockMovements, history).documents)
      const levels = Object.values(project(stockLevels, history).documents)
      for (const { productId, locationId, onHand, value } of levels) {
        const own = movements.filter((each) => each.productId === productId && each.locationId === locationId)
        assert.deepEqual([sum(own, (each) => each.change), sum(own, (each) => each.value)], [onHand, value])
      }
      for (const { productId, onHand, value } of Object.values(project(productStock, history).documents)) {
        const own = levels.filter((level) => level.productId === productId)
        assert.deepEqual([sum(own, (each) => each.onHand), sum(own, (each) => each.value)], [onHand, value])
      }
    }),
    runs,
  ))

test('a sale of three lines touches at most twenty documents', () => {
  const products = ['rice', 'oil', 'salt']
  const lines = products.map((productId, index) => soldLine({ productId, category: `category-${index}` }))
  const facts = [
    ...products.map((productId) => sold(1, 9, { productId })),
    sale({ cashSessionId: 'cash-1' }, lines),
    issued({ subjectId: 'sale-1', customerNuit: null }),
    fact('CashTaken', { cashSessionId: 'cash-1', sourceId: 'sale-1', amount: 348_00, at: '2026-01-05T08:00:00.000Z' }),
  ]
  const touched = projections.flatMap((projection) =>
    recorded(facts).flatMap((event) => keysOf(projection, event).map((id) => `${projection.name} ${id}`)),
  )
  assert(new Set(touched).size <= 20, `${touched.length}: ${touched.join(', ')}`)
})
