import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payment, refund, refundedLine, sale, soldLine, voided } from '../test/specification/facts.ts'
import { type GivenEvent, project } from '../test/specification/projection.ts'
import { salesByDay } from './sales-by-day.ts'

const figuresAfter = (...events: GivenEvent[]) => {
  const { documents } = project(salesByDay, events)
  return (id: string) => {
    const document = documents[id]
    assert(document, `no figures of ${id}`)
    return document
  }
}

test('a sale counts on its day, at its location and in all of them, in its hour and by its method', () => {
  const figures = figuresAfter(
    sale({}, [soldLine({ discount: 4_00, total: 112_00, tax: 15_45 })]),
    sale({ saleId: 'sale-2', locationId: 'market', method: 'card', hour: 11 }),
  )
  const shop = figures('2026-01-05@shop')
  assert.deepEqual(
    { ...shop, revenueByHour: shop.revenueByHour[10], salesByHour: shop.salesByHour[10] },
    {
      day: '2026-01-05',
      locationId: 'shop',
      sales: 1,
      refunds: 0,
      voids: 0,
      lines: 1,
      revenue: 112_00,
      tax: 15_45,
      discount: 4_00,
      cost: 80_00,
      refunded: 0,
      byMethod: { cash: 112_00 },
      collected: 0,
      revenueByHour: 112_00,
      salesByHour: 1,
    },
  )
  const all = figures('2026-01-05@all')
  assert.equal(all.locationId, 'all')
  assert.equal(all.sales, 2)
  assert.equal(all.revenue, 228_00)
  assert.deepEqual(all.byMethod, { cash: 112_00, card: 116_00 })
  assert.deepEqual(all.salesByHour.slice(9, 13), [0, 1, 1, 0])
})

test('a refund counts on the day it is made, not on the day of the sale', () => {
  const figures = figuresAfter(sale(), refund({ day: '2026-01-09', hour: 16 }))
  assert.equal(figures('2026-01-05@all').revenue, 116_00)
  const { sales, refunds, revenue, tax, cost, refunded, byMethod, revenueByHour } = figures('2026-01-09@all')
  assert.deepEqual(
    { sales, refunds, revenue, tax, cost, refunded, byMethod },
    {
      sales: 0,
      refunds: 1,
      revenue: -116_00,
      tax: -16_00,
      cost: -80_00,
      refunded: 116_00,
      byMethod: { cash: -116_00, account: 0 },
    },
  )
  assert.equal(revenueByHour[16], -116_00)
})

test('what came back broken stays a cost', () => {
  const figures = figuresAfter(sale(), refund({}, [refundedLine({ restocked: false })]))
  assert.equal(figures('2026-01-05@shop').cost, 80_00)
})

test('a void leaves no trace in the figures but its count', () => {
  const figures = figuresAfter(sale(), voided({ hour: 12 }))
  const { sales, voids, revenue, tax, cost, lines, byMethod, revenueByHour, salesByHour } = figures('2026-01-05@shop')
  assert.deepEqual(
    { sales, voids, revenue, tax, cost, lines, byMethod },
    { sales: 0, voids: 1, revenue: 0, tax: 0, cost: 0, lines: 0, byMethod: { cash: 0 } },
  )
  assert(revenueByHour.every((revenue) => revenue === 0))
  assert(salesByHour.every((sales) => sales === 0))
})

test('a refund of a sale on account first takes off the debt, and only the rest is given back', () => {
  const figures = figuresAfter(
    sale({ method: 'account', customerId: 'maria' }),
    payment({ amount: 100_00, outstanding: 16_00 }),
    refund({ debtReduced: 16_00, method: 'cash' }),
  )
  const { byMethod, collected } = figures('2026-01-05@shop')
  assert.deepEqual(byMethod, { account: 100_00, cash: -100_00 })
  assert.equal(collected, 100_00)
})
