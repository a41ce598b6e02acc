import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refund, refundedLine, sale, soldLine, voided } from '../test/specification/facts.ts'
import { project } from '../test/specification/projection.ts'
import { ivaSummary } from './iva-summary.ts'
import { salesByCategory } from './sales-by-category.ts'
import { salesByEmployee } from './sales-by-employee.ts'
import { salesByProduct, soldByProduct } from './sales-by-product.ts'

const oil = soldLine({
  productId: 'oil',
  category: 'Óleos',
  taxRate: 0,
  quantity: 2,
  total: 200_00,
  tax: 0,
  cost: 120_00,
})
/** The rice stands on two lines. */
const lines = [soldLine(), oil, soldLine({ discount: 16_00, total: 100_00, tax: 13_79 })]
const rice = { quantity: 2, revenue: 216_00, tax: 29_79, cost: 160_00 }

test('each product has its month at a location, by day', () => {
  const month = { month: '2026-01', locationId: 'shop' }
  project(salesByProduct, [sale({}, lines), refund({ day: '2026-01-09' })]).equals({
    '2026-01/rice@shop': {
      ...month,
      productId: 'rice',
      days: {
        '2026-01-05': rice,
        '2026-01-09': { quantity: -1, revenue: -116_00, tax: -16_00, cost: -80_00 },
      },
    },
    '2026-01/oil@shop': {
      ...month,
      productId: 'oil',
      days: { '2026-01-05': { quantity: 2, revenue: 200_00, tax: 0, cost: 120_00 } },
    },
  })
})

test('what a product sold in some days is summed over months and locations, and other days are left out', () => {
  const { documents } = project(salesByProduct, [
    sale({ day: '2026-01-31' }),
    sale({ saleId: 'sale-2', day: '2026-02-01', locationId: 'market' }),
    sale({ saleId: 'sale-3', day: '2026-02-03' }),
  ])
  const sold = soldByProduct(Object.values(documents), { from: '2026-01-31', to: '2026-02-02' })
  assert.deepEqual([...sold], [['rice', { quantity: 2, revenue: 232_00, tax: 32_00, cost: 160_00 }]])
})

test('each category has its share of the day', () =>
  project(salesByCategory, [sale({}, lines), voided({ soldAtHour: 10 })]).equals({
    '2026-01-05@shop': {
      day: '2026-01-05',
      locationId: 'shop',
      byCategory: {
        Mercearia: { revenue: 100_00, tax: 13_79, cost: 80_00 },
        Óleos: { revenue: 200_00, tax: 0, cost: 120_00 },
      },
    },
  }))

test('a void is taken from who had sold, a refund counts for who made it', () =>
  project(salesByEmployee, [
    sale({ cashierId: 'ana' }),
    sale({ saleId: 'sale-2', cashierId: 'ana' }),
    voided({ soldBy: 'ana', cashierId: 'rui' }),
    refund({ saleId: 'sale-2', cashierId: 'rui' }),
  ]).equals({
    '2026-01-05@shop': {
      day: '2026-01-05',
      locationId: 'shop',
      byEmployee: {
        ana: { revenue: 116_00, tax: 16_00, cost: 80_00, sales: 1, refunds: 0, voids: 1 },
        rui: { revenue: -116_00, tax: -16_00, cost: -80_00, sales: 0, refunds: 1, voids: 0 },
      },
    },
  }))

test('the tax of a month is told by rate; credit notes and cancelled documents are taken off', () =>
  project(ivaSummary, [
    sale({}, lines),
    sale({ saleId: 'sale-2' }),
    voided({ saleId: 'sale-2' }),
    refund({}, [refundedLine({ line: 1, productId: 'oil', taxRate: 0, total: 100_00, tax: 0, cost: 60_00 })]),
  ]).equals({
    '2026-01/0': {
      month: '2026-01',
      taxRate: 0,
      net: 100_00,
      tax: 0,
      gross: 100_00,
      documents: 1,
      creditNotes: 1,
      cancelled: 0,
    },
    '2026-01/1600': {
      month: '2026-01',
      taxRate: 1600,
      net: 186_21,
      tax: 29_79,
      gross: 216_00,
      documents: 2,
      creditNotes: 0,
      cancelled: 1,
    },
  }))
