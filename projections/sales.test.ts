import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payment, refund, refundedLine, sale, soldLine, voided } from '../test/specification/facts.ts'
import type { GivenEvent } from '../test/specification/projection.ts'
import { project } from '../test/specification/projection.ts'
import { sales } from './sales.ts'

const two = [soldLine(), soldLine({ productId: 'oil', quantity: 2, total: 200_00, tax: 27_59, cost: 120_00 })]
const after = (...events: GivenEvent[]) => {
  const document = project(sales, events).documents['sale-1']
  assert(document)
  return document
}

test('a sale is shown with its lines, of which nothing has come back', () =>
  project(sales, [sale()]).equals({
    'sale-1': {
      saleId: 'sale-1',
      document: 'VD MPT1-2026/1',
      number: 1,
      at: '2026-01-05T08:00:00.000Z',
      day: '2026-01-05',
      locationId: 'shop',
      till: 1,
      cashierId: 'ana',
      cashSessionId: null,
      customerId: null,
      status: 'registered',
      method: 'cash',
      payment: { method: 'cash', tendered: null, change: 0, reference: null },
      discount: 0,
      total: 116_00,
      tax: 16_00,
      cost: 80_00,
      refunded: 0,
      outstanding: 0,
      lines: [{ ...soldLine(), refunded: 0 }],
      refunds: [],
      payments: [],
      voided: null,
    },
  }))

test('a refund of some lines leaves the sale partly refunded and says what came back of each', () => {
  const back = [refundedLine({ line: 1, productId: 'oil', total: 100_00, tax: 13_79, cost: 60_00 })]
  const { status, refunded, lines, refunds } = after(sale({}, two), refund({}, back))
  assert.equal(status, 'partly-refunded')
  assert.equal(refunded, 100_00)
  assert.deepEqual(
    lines.map((line) => line.refunded),
    [0, 1],
  )
  assert.deepEqual(
    refunds.map(({ document, total }) => [document, total]),
    [['NC MPT1-2026/1', 100_00]],
  )
})

test('a sale of which everything came back is refunded', () =>
  assert.equal(after(sale(), refund({ complete: true })).status, 'refunded'))

test('a sale on account is owed until it is paid or refunded', () => {
  const onAccount = sale({ method: 'account', customerId: 'maria' })
  assert.equal(after(onAccount).outstanding, 116_00)
  const paid = after(onAccount, payment({ amount: 100_00, outstanding: 16_00 }))
  assert.equal(paid.outstanding, 16_00)
  assert.deepEqual(
    paid.payments.map(({ document, amount }) => [document, amount]),
    [['RC MPT1-2026/1', 100_00]],
  )
  assert.equal(after(onAccount, refund({ debtReduced: 116_00, method: 'account', complete: true })).outstanding, 0)
})

test('a voided sale is owed no more and says why', () => {
  const { status, outstanding, voided: told } = after(sale({ method: 'account' }), voided({ method: 'account' }))
  assert.equal(status, 'voided')
  assert.equal(outstanding, 0)
  assert.equal(told?.reason, 'wrong product')
})
