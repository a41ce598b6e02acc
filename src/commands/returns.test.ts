import assert from 'node:assert/strict'
import { after, beforeEach, describe, test } from 'node:test'
import { accepted, cashier, locationId, openShop, refused, type Shop } from '../../test/shop.ts'
import { verifyChain } from '../domain/fiscal/chain.ts'
import { closeCashSession, moveCash, openCashSession } from './cash.ts'
import { eraseCustomer, registerCustomer } from './customers.ts'
import { receivePayment } from './payments.ts'
import { refundSale, voidSale } from './returns.ts'
import { type RegisterSale, registerSale } from './sales.ts'

describe('taking back', () => {
  let shop: Shop
  const opened: Shop[] = []
  beforeEach(async () => {
    shop = await openShop({ rice: 10, oil: 10 })
    opened.push(shop)
  })
  after(() => Promise.all(opened.map((each) => each.close())))

  const sell = async (asked: Partial<RegisterSale> = {}) => {
    const lines = [{ productId: 'oil', quantity: 3 }]
    const sale = { ...cashier, locationId, lines, payment: { method: 'cash' }, ...asked } as const
    return accepted(await registerSale(shop.desk, sale, shop.by('ana')))
  }
  const defect = { reason: 'defeito' }

  test('a refund gives back the money and the goods, with a credit note that refers to the sale', async () => {
    const sale = await sell()
    const lines = [{ line: 0, quantity: 1 }]
    const { id, ...answer } = accepted(
      await refundSale(shop.desk, { saleId: sale.id, lines, ...defect }, shop.by('rui')),
    )
    assert.deepEqual(answer, { total: 1_533, tax: 211, document: 'NC BXA1-2026/1', givenBack: 1_533, complete: false })
    assert.deepEqual(await shop.stockOf('oil'), { onHand: 8, value: 8_000 })
    const [note] = (await shop.facts('FiscalDocumentIssued')).slice(-1)
    assert.deepEqual([note?.data.sourceId, note?.data.refersTo, note?.data.total], [id, 'VD BXA1-2026/1', 1_533])
  })

  test('goods that cannot be sold again do not go back to the stock', async () => {
    const sale = await sell({ lines: ['oil', 'rice'].map((productId) => ({ productId, quantity: 2 })) })
    const lines = [0, 1].map((line) => ({ line, quantity: 2, restock: line === 1 }))
    accepted(await refundSale(shop.desk, { saleId: sale.id, lines, ...defect }, shop.by('rui')))
    assert.equal((await shop.stockOf('oil')).onHand, 8)
    assert.deepEqual(await shop.stockOf('rice'), { onHand: 10, value: 80_000 })
  })

  test('piece by piece, exactly what was paid and taxed is given back, and the stock is worth what it was', async () => {
    const sale = await sell({ lines: [{ productId: 'oil', quantity: 7 }] })
    const given = { total: 0, tax: 0 }
    for (const quantity of [1, 3, 2, 1]) {
      const lines = [{ line: 0, quantity }]
      const part = accepted(await refundSale(shop.desk, { saleId: sale.id, lines, ...defect }, shop.by('rui')))
      given.total += part.total
      given.tax += part.tax
    }
    assert.deepEqual(given, { total: sale.total, tax: sale.tax })
    assert.deepEqual(await shop.stockOf('oil'), { onHand: 10, value: 10_000 })
  })

  test('of ten who refund the same sale at once, one does', async () => {
    const sale = await sell()
    const refunds = [...Array(10)].map(() => refundSale(shop.desk, { saleId: sale.id, ...defect }, shop.by('rui')))
    const outcomes = await Promise.all(refunds)
    assert.equal(outcomes.filter(({ rejected }) => !rejected).length, 1)
    assert.equal((await shop.stockOf('oil')).onHand, 10)
    assert.equal((await shop.facts('SaleRefunded')).length, 1)
  })

  test('a sale is voided on its day: its document is cancelled, and the series goes on unbroken', async () => {
    const sale = await sell()
    accepted(await voidSale(shop.desk, { saleId: sale.id, reason: 'engano' }, shop.by('rui')))
    assert.deepEqual(await shop.stockOf('oil'), { onHand: 10, value: 10_000 })
    const [cancelled] = await shop.facts('FiscalDocumentCancelled')
    assert.equal(cancelled?.data.document, sale.document)
    // As after a restart: the state is folded from the last event, the cancellation.
    shop.commands.forget()
    assert.equal((await sell()).document, 'VD BXA1-2026/2')
    assert(verifyChain(await shop.facts('FiscalDocumentIssued')).whole)
  })

  test('the next day it is too late to void, and nothing is recorded', async () => {
    const sale = await sell()
    const head = await shop.store.head()
    shop.travel('2026-03-02T22:00:00.000Z')
    const outcome = await voidSale(shop.desk, { saleId: sale.id, reason: 'engano' }, shop.by('rui'))
    assert.deepEqual(refused(outcome), ['cannot-void', { reason: 'other-day' }])
    assert.equal(await shop.store.head(), head)
  })

  test('cash comes out of the drawer that is open where it is given back, and the close tells what should be there', async () => {
    const { id } = accepted(
      await openCashSession(shop.desk, { locationId, till: 1, openingFloat: 20_000 }, shop.by('ana')),
    )
    const first = await sell()
    const second = await sell()
    accepted(
      await refundSale(shop.desk, { saleId: first.id, lines: [{ line: 0, quantity: 1 }], ...defect }, shop.by('ana')),
    )
    accepted(await voidSale(shop.desk, { saleId: second.id, reason: 'engano' }, shop.by('ana')))
    accepted(await moveCash(shop.desk, { cashSessionId: id, amount: -15_000, reason: 'depósito' }, shop.by('ana')))
    const closed = accepted(await closeCashSession(shop.desk, { cashSessionId: id, counted: 8_000 }, shop.by('ana')))
    assert.deepEqual(closed, { id, expected: 8_066, difference: -66 })
  })

  test('a till has one open drawer, and is free again after the close', async () => {
    const open = () => openCashSession(shop.desk, { locationId, till: 2, openingFloat: 0 }, shop.by('ana'))
    const outcomes = await Promise.all([open(), open(), open()])
    const [{ id } = { id: '' }] = outcomes.flatMap((outcome) => (outcome.rejected ? [] : [outcome.value]))
    assert.equal(outcomes.filter(({ rejected }) => rejected).length, 2)
    assert.deepEqual(refused(await open()), ['till-open', { cashSessionId: id }])
    accepted(await closeCashSession(shop.desk, { cashSessionId: id, counted: 0 }, shop.by('ana')))
    accepted(await open())
  })

  test('an invoice is paid in parts, each with its receipt; a refund takes off the debt first', async () => {
    const customer = accepted(await registerCustomer(shop.desk, { name: 'Hotel Polana' }, shop.by('ana')))
    const sale = await sell({ payment: { method: 'account' }, customerId: customer.id })
    const pay = (amount: number) =>
      receivePayment(shop.desk, { saleId: sale.id, amount, method: 'mpesa' }, shop.by('ana'))
    const paid = accepted(await pay(3_000))
    assert.deepEqual([paid.document, paid.outstanding], ['RC BXA1-2026/1', 1_599])
    assert.deepEqual(refused(await pay(1_600)), ['more-than-owed', { owed: 1_599, asked: 1_600 }])
    const refund = (method?: 'cash') => refundSale(shop.desk, { saleId: sale.id, method, ...defect }, shop.by('ana'))
    assert.deepEqual(refused(await refund()), ['refund-method-required', { givenBack: 3_000 }])
    assert.equal(accepted(await refund('cash')).givenBack, 3_000)
  })

  test('an erased customer can still bring the goods back; the tax number is known no more, the chain stays whole', async () => {
    const details = { name: 'Ana', nuit: '400339910' }
    const customer = accepted(await registerCustomer(shop.desk, details, shop.by('ana')))
    const sale = await sell({ customerId: customer.id })
    accepted(await eraseCustomer(shop.desk, customer.id, shop.by('ana')))
    accepted(await refundSale(shop.desk, { saleId: sale.id, ...defect }, shop.by('ana')))
    const issued = await shop.facts('FiscalDocumentIssued')
    assert.deepEqual(
      issued.map(({ data }) => data.customerNuit),
      [null, null],
    )
    assert(verifyChain(issued.filter(({ data }) => data.type === 'VD')).whole)
  })

  test('what was never sold is not taken back', async () =>
    assert.deepEqual(refused(await refundSale(shop.desk, { saleId: 'ghost', ...defect }, shop.by('ana'))), [
      'unknown-sale',
      { saleId: 'ghost' },
    ]))
})
