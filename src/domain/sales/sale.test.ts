import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { given } from '../../../test/specification/decider.ts'
import { fold, isRejection } from '../../kernel/decider.ts'
import { type EventIn, event } from '../../kernel/event.ts'
import type { SaleEvents } from './events.ts'
import { type SaleCommands, sale, type UnpricedLine } from './sale.ts'

const handled = {
  saleId: 'sale-1',
  locationId: 'baixa',
  till: 1,
  cashierId: 'ana',
  cashSessionId: null,
  at: '2026-03-02T08:15:00.000Z',
  day: '2026-03-02',
  hour: 10,
}
const line = (changed: Partial<UnpricedLine> = {}): UnpricedLine => ({
  productId: 'rice',
  sku: 'ARZ-25',
  name: 'Arroz 25 kg',
  category: 'Mercearia',
  unit: 'saco',
  decimals: 0,
  quantity: 3,
  unitPrice: 11_600,
  discount: 0,
  taxRate: 1600,
  cost: 25_000,
  ...changed,
})
const cash = { method: 'cash', tendered: null, reference: null } as const
const onAccount = { method: 'account', tendered: null, reference: null } as const

const registering = (changed: Partial<SaleCommands['RegisterSale']> = {}): SaleCommands['RegisterSale'] => ({
  ...handled,
  customerId: null,
  lines: [line()],
  payment: cash,
  document: 'VD BXA1-2026/1',
  ...changed,
})
const voiding: SaleCommands['VoidSale'] = { ...handled, refundId: 'void-1', reason: 'engano', restock: true }
const refunding = (changed: Partial<SaleCommands['RefundSale']> = {}): SaleCommands['RefundSale'] => ({
  ...handled,
  refundId: 'refund-1',
  lines: { everything: true, restock: true },
  method: null,
  reason: 'defeito',
  document: 'NC BXA1-2026/1',
  ...changed,
})
const paying = (amount: number): SaleCommands['ReceivePayment'] => ({
  ...handled,
  paymentId: 'payment-1',
  amount,
  method: 'mpesa',
  document: 'RC BXA1-2026/1',
})

type Fact = EventIn<SaleEvents>

/** What a command decides in a situation that allows it. */
const decided = <K extends keyof SaleCommands>(events: readonly Fact[], type: K, command: SaleCommands[K]) => {
  const outcome = sale.decide[type](fold(sale, events), command)
  assert(!isRejection(outcome), JSON.stringify(outcome))
  return outcome
}
const registered = (changed: Partial<SaleCommands['RegisterSale']> = {}) =>
  decided([], 'RegisterSale', registering(changed))
const invoice = registered({ payment: onAccount, customerId: 'hotel' })
const refund = (events: readonly Fact[], changed: Partial<SaleCommands['RefundSale']>): SaleEvents['SaleRefunded'] => {
  const [fact] = decided(events, 'RefundSale', refunding(changed))
  assert(fact?.type === 'SaleRefunded')
  return fact.data
}

test('a sale comes to price times quantity less discount, with the tax that is in it', () => {
  const { lines: _, ...rest } = registering()
  given(sale)
    .when('RegisterSale', registering({ lines: [line({ discount: 1_800 }), line({ quantity: 1, cost: 9_000 })] }))
    .then([
      event('SaleRegistered', {
        ...rest,
        lines: [
          { ...line({ discount: 1_800 }), total: 33_000, tax: 4_552 },
          { ...line({ quantity: 1, cost: 9_000 }), total: 11_600, tax: 1_600 },
        ],
        discount: 1_800,
        total: 44_600,
        tax: 6_152,
        cost: 34_000,
        payment: { ...cash, change: 0 },
      }),
    ])
})

test('change is what was handed over beyond the total', () => {
  const [fact] = registered({ payment: { ...cash, tendered: 40_000 } })
  assert(fact?.type === 'SaleRegistered')
  assert.deepEqual(fact.data.payment, { method: 'cash', tendered: 40_000, change: 5_200, reference: null })
})

test('too little cash is refused, and says what is asked', () =>
  given(sale)
    .when('RegisterSale', registering({ payment: { ...cash, tendered: 34_799 } }))
    .thenRejected('tendered-too-little', { total: 34_800, tendered: 34_799 }))

test('a discount above the line is refused, and says which line', () =>
  given(sale)
    .when('RegisterSale', registering({ lines: [line(), line({ quantity: 1, discount: 11_601 })] }))
    .thenRejected('discount-too-large', { line: 1, gross: 11_600, discount: 11_601 }))

test('only a known customer buys on account', () =>
  given(sale)
    .when('RegisterSale', registering({ payment: onAccount }))
    .thenRejected('customer-required'))

test('a sale is registered once', () =>
  given(sale, registered()).when('RegisterSale', registering()).thenRejected('already-registered'))

test('what was never sold is neither voided nor refunded nor paid', () => {
  given(sale).when('VoidSale', voiding).thenRejected('unknown-sale')
  given(sale).when('RefundSale', refunding()).thenRejected('unknown-sale')
  given(sale).when('ReceivePayment', paying(1)).thenRejected('unknown-sale')
})

test('a sale is voided on its own day, whole', () => {
  const { restock: _, ...rest } = voiding
  given(sale, registered())
    .when('VoidSale', { ...voiding, cashierId: 'rui', hour: 11 })
    .then([
      event('SaleVoided', {
        ...rest,
        cashierId: 'rui',
        hour: 11,
        customerId: null,
        soldBy: 'ana',
        soldAtHour: 10,
        lines: [
          {
            line: 0,
            productId: 'rice',
            category: 'Mercearia',
            taxRate: 1600,
            quantity: 3,
            total: 34_800,
            tax: 4_800,
            cost: 25_000,
            restocked: true,
          },
        ],
        discount: 0,
        total: 34_800,
        tax: 4_800,
        cost: 25_000,
        method: 'cash',
      }),
    ])
})

test('the next day, after a refund, or after a payment, a sale cannot be voided any more', () => {
  given(sale, registered())
    .when('VoidSale', { ...voiding, day: '2026-03-03' })
    .thenRejected('cannot-void', { reason: 'other-day' })
  given(sale, [...registered(), ...decided(registered(), 'RefundSale', refunding())])
    .when('VoidSale', voiding)
    .thenRejected('cannot-void', { reason: 'refunded' })
  given(sale, [...invoice, ...decided(invoice, 'ReceivePayment', paying(100))])
    .when('VoidSale', voiding)
    .thenRejected('cannot-void', { reason: 'paid' })
})

test('a voided sale is over', () => {
  const voided = [...registered(), ...decided(registered(), 'VoidSale', voiding)]
  given(sale, voided).when('VoidSale', voiding).thenRejected('already-voided')
  given(sale, voided).when('RefundSale', refunding()).thenRejected('already-voided')
})

test('a part that comes back gives its share of price, tax and cost', () => {
  const { lines, total, tax, cost, complete, method } = refund(registered(), {
    lines: [{ line: 0, quantity: 1, restock: false }],
  })
  assert.deepEqual(
    { total, tax, cost, complete, method },
    {
      total: 11_600,
      tax: 1_600,
      cost: 8_333,
      complete: false,
      method: 'cash',
    },
  )
  assert.equal(lines[0]?.restocked, false)
})

test('more than was sold does not come back, over however many refunds', () => {
  const two = refunding({ lines: [{ line: 0, quantity: 2, restock: true }] })
  const once = [...registered(), ...decided(registered(), 'RefundSale', two)]
  given(sale, once).when('RefundSale', two).thenRejected('more-than-sold', { line: 0, asked: 2, left: 1 })
  given(sale, registered())
    .when('RefundSale', refunding({ lines: [...Array(4)].map(() => ({ line: 0, quantity: 1, restock: true })) }))
    .thenRejected('more-than-sold', { line: 0, asked: 1, left: 0 })
})

test('a line that the sale does not have is refused', () =>
  given(sale, registered())
    .when('RefundSale', refunding({ lines: [{ line: 1, quantity: 1, restock: true }] }))
    .thenRejected('no-such-line', { line: 1 }))

test('when everything has come back nothing is left to refund', () =>
  given(sale, [...registered(), ...decided(registered(), 'RefundSale', refunding())])
    .when('RefundSale', refunding())
    .thenRejected('nothing-left'))

test('a payment reduces what is owed, and never takes more', () => {
  const paid = decided(invoice, 'ReceivePayment', paying(30_000))
  assert.equal(paid[0]?.type === 'SalePaymentReceived' && paid[0].data.outstanding, 4_800)
  given(sale, [...invoice, ...paid])
    .when('ReceivePayment', paying(4_801))
    .thenRejected('more-than-owed', { owed: 4_800, asked: 4_801 })
  given(sale, registered()).when('ReceivePayment', paying(1)).thenRejected('not-on-account')
})

test('a refund of a sale on account first reduces the debt, and the rest is given back in money', () => {
  assert.equal(refund(invoice, {}).debtReduced, 34_800)
  const paid = [...invoice, ...decided(invoice, 'ReceivePayment', paying(30_000))]
  given(sale, paid).when('RefundSale', refunding()).thenRejected('refund-method-required', { givenBack: 30_000 })
  const { debtReduced, method } = refund(paid, { method: 'cash' })
  assert.deepEqual({ debtReduced, method }, { debtReduced: 4_800, method: 'cash' })
})

test('what was paid at once is not given back on account', () =>
  given(sale, registered())
    .when('RefundSale', refunding({ method: 'account' }))
    .thenRejected('not-on-account'))

test('refunds in any pieces and order give back exactly what was paid, its tax and its cost', () => {
  const lines = fc.array(
    fc.record({
      unitPrice: fc.integer({ min: 0, max: 1e7 }),
      quantity: fc.integer({ min: 1, max: 12 }),
      cost: fc.integer({ min: 0, max: 1e8 }),
      taxRate: fc.constantFrom(0, 500, 1600),
      discount: fc.constant(0),
    }),
    { minLength: 1, maxLength: 4 },
  )
  fc.assert(
    fc.property(lines, fc.infiniteStream(fc.nat()), (sold, order) => {
      const history: Fact[] = [...registered({ lines: sold.map(line) })]
      const [first] = history
      assert(first?.type === 'SaleRegistered')
      const pieces = sold.flatMap(({ quantity }, index) => [...Array(quantity)].map(() => index))
      const back = { total: 0, tax: 0, cost: 0 }
      while (pieces.length > 0) {
        const [index] = pieces.splice((order.next().value ?? 0) % pieces.length, 1)
        const data = refund(history, { lines: [{ line: index ?? 0, quantity: 1, restock: true }] })
        assert.equal(data.complete, pieces.length === 0)
        back.total += data.total
        back.tax += data.tax
        back.cost += data.cost
        history.push(event('SaleRefunded', data))
      }
      const { total, tax, cost } = first.data
      assert.deepEqual(back, { total, tax, cost })
    }),
    { numRuns: 50 },
  )
})
